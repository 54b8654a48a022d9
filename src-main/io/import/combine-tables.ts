import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Finding } from '../../../src-shared/contract/dataset-summary'
import type { ExperimentSources } from './experiments'
import type { Expression } from './expression'
import { repairGeneNames } from './gene-name-repairs'
import { settleGeneNames } from './gene-names'
import { settleGeneSymbols } from './gene-symbols'
import { joinTables } from './join-tables'
import type { Study } from './study'
import type { ExpressionTable, SampleSheet } from './types'

/** All files as one table with settled gene names. @param findings gets what was found about names */
export function combineTables(
  tables: readonly ExpressionTable[],
  options: ReadOptions,
  findings: Finding[],
): Pick<Study, 'factors' | 'originals'> & { expression: Expression } {
  const factors = new Set<string>()
  const originals = new Map<string, string>()
  const settled = tables.map((table) => {
    const repaired = repairGeneNames(table.genes, table.geneRows, options)
    const symbols = settleGeneSymbols(repaired.genes, table.geneRows, options)
    symbols.factors.forEach((name) => factors.add(name))
    symbols.originals.forEach((before, after) => originals.set(after, before))
    const named = settleGeneNames({ ...table, genes: symbols.genes }, options)
    findings.push(...repaired.findings, ...symbols.findings, ...named.findings)
    return { ...named.expression, fileName: table.input.name, samplesUnnamed: table.samplesUnnamed }
  })
  const joined = joinTables(settled)
  findings.push(...joined.findings)
  return { expression: joined.expression, factors, originals }
}

/** What the files and the sheet say about experiments. */
export function experimentSources(
  tables: readonly ExpressionTable[],
  table: Expression,
  sheet: SampleSheet | null,
): ExperimentSources {
  const labelled = tables.find((each) => each.labels !== null)
  return {
    samples: table.samples,
    samplesUnnamed: tables.every((each) => each.samplesUnnamed),
    labels: labelled ? labelsOfAll(tables) : null,
    column: labelled?.environmentColumn ?? null,
    candidates: [...new Set(tables.flatMap((each) => each.environmentCandidates))],
    sheet,
    fileNames: tables.map((each) => each.input.name).join(', '),
  }
}

function labelsOfAll(tables: readonly ExpressionTable[]): readonly string[] {
  const [first] = tables
  if (tables.length === 1 && first!.labels) return first!.labels
  return tables.flatMap((each) => each.labels ?? each.samples.map(() => ''))
}
