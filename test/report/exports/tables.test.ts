import { beforeAll, describe, expect, it } from 'vitest'
import type { ExportOptionsInput } from '../../../src-shared/contract/export-formats'
import { guardFormula, unguardFormula } from '../../../src-shared/domain/formula-guard'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { edgesCsv, edgesTsv } from '../../../src-main/report/exports/edge-table'
import { targetsTsv } from '../../../src-main/report/exports/target-table'
import { foldChanges } from '../../../src-main/report/exports/fold-change'
import { smallDataset, smallResult } from '../../io/result/small-result'
import { makeResult } from '../make-result'
import { AWKWARD_NAMES, awkwardResult, exportInput } from './export-input'

type Row = Record<string, string>

function rowsOf(tsv: string | Uint8Array): Row[] {
  const [header, ...lines] = String(tsv).slice(0, -1).split('\n')
  const names = header!.split('\t')
  return lines.map((line) => {
    const cells = line.split('\t')
    expect(cells).toHaveLength(names.length)
    return Object.fromEntries(names.map((name, index) => [name, cells[index]!]))
  })
}

const edgesOf = (result: AnalysisResult, options: ExportOptionsInput = {}): Row[] =>
  rowsOf(edgesTsv(exportInput(result, options)))

let result: AnalysisResult
let edges: Row[]
let targets: Row[]

beforeAll(async () => {
  result = await smallResult({
    constraints: {
      required: [{ source: 'C', target: 'D' }],
      forbidden: [{ source: 'A', target: 'B' }],
      tiers: [['E'], ['F']],
    },
  })
  edges = edgesOf(result)
  targets = rowsOf(targetsTsv(exportInput(result)))
})

describe('edge table', () => {
  it('begins with the agreed columns', () => {
    expect(String(edgesTsv(exportInput(result))).split('\n')[0]).toMatch(
      /^source\ttarget\tsource_id\ttarget_id\tsign\teffect\tprobability\tci_low\tci_high\tconstraint\tn_experiments\trun_id\t/,
    )
  })

  it('lists every ordered pair of different genes once, most probable first', () => {
    expect(new Set(edges.map(({ source, target }) => `${source}>${target}`)).size).toBe(6 * 5)
    const odds = edges.map((edge) => Number(edge.log_odds))
    expect(odds).toEqual([...odds].sort((a, b) => b - a))
  })

  it('keeps the full precision of every number', () => {
    for (const { source, target, probability, effect } of edges) {
      const pair = result.genes.indexOf(source!) * 6 + result.genes.indexOf(target!)
      expect(Number(probability)).toBe(result.edges.probability[pair])
      if (effect !== 'NA') expect(Number(effect)).toBe(result.edges.effect[pair])
    }
  })

  it('marks what the user had decided, and the posterior obeys it', () => {
    const edge = (from: string, to: string): Row | undefined =>
      edges.find(({ source, target }) => source === from && target === to)
    expect(edge('C', 'D')).toMatchObject({ constraint: 'required', probability: '1' })
    expect(edge('A', 'B')).toMatchObject({ constraint: 'forbidden', probability: '0' })
    expect(edge('F', 'E')).toMatchObject({ constraint: 'tier', probability: '0' })
    expect(edge('E', 'F')).toMatchObject({ constraint: '' })
  })

  it('tells a sign only where the interval of the effect leaves out zero', () => {
    expect(new Set(edges.map(({ sign }) => sign)).size).toBeGreaterThan(1)
    for (const { sign, ci_low: low, ci_high: high } of edges) {
      if (sign === '+') expect(Number(low)).toBeGreaterThan(0)
      if (sign === '-') expect(Number(high)).toBeLessThan(0)
    }
  })

  it('leaves out improbable edges and given ones when it is asked to', () => {
    for (const edge of edgesOf(result, { minProbability: 0.4 }))
      expect(Number(edge.probability)).toBeGreaterThanOrEqual(0.4)
    expect(edgesOf(result, { edges: 'found' }).some((edge) => edge.constraint === 'required')).toBe(false)
    expect(edgesOf(result, { edges: 'found' })).toHaveLength(29)
  })

  it('counts the experiments in which the target of the edge was probably not hit', () => {
    for (const edge of edges) {
      const gene = result.genes.indexOf(edge.target!)
      const informing = result.environments.filter((_, k) => result.targets.probability[k * 6 + gene]! < 0.5)
      expect(Number(edge.n_experiments)).toBe(informing.length)
    }
  })
})

describe('target table', () => {
  it('begins with the agreed columns', () => {
    expect(String(targetsTsv(exportInput(result))).split('\n')[0]).toMatch(
      /^experiment\tgene\tgene_id\trank\tprobability\tlist_fdr\tdirection\tobserved_lfc\tpredicted_lfc\tde_padj\tstatus\t/,
    )
  })

  it('lists every experiment with every gene, by rank', () => {
    expect(targets).toHaveLength(4 * 6)
    for (const environment of result.environments) {
      const ranks = targets
        .filter(({ experiment }) => experiment === environment)
        .map(({ rank }) => Number(rank))
      expect(ranks).toEqual([1, 2, 3, 4, 5, 6])
    }
  })

  it('calls confident what is on the list, and given what was given', () => {
    const settings = { knownTargets: { 'Drug 2': { genes: ['GENE3'], complete: true } } }
    const generated = makeResult({ settings, withoutTarget: [0] })
    const rows = rowsOf(targetsTsv(exportInput(generated)))
    const of = (experiment: string): Row[] => rows.filter((row) => row.experiment === experiment)
    expect(of('Drug 1').some(({ status }) => status === 'confident')).toBe(false)
    expect(of('Drug 2').find(({ gene }) => gene === 'GENE3')?.status).toBe('given')
    for (const { status, list_fdr: fdr } of rows)
      if (status === 'confident') expect(Number(fdr)).toBeLessThanOrEqual(0.1)
  })
})

describe('fold changes', () => {
  it('are differences of means of the data, log2 after a log transform', () => {
    const { input, genes } = result
    const rowsBefore = (environment: number): number =>
      input.samplesPerEnvironment.slice(0, environment).reduce((sum, samples) => sum + samples, 0)
    const mean = (environment: number, gene: number): number => {
      const rows = Array.from({ length: input.samplesPerEnvironment[environment]! }, (_, i) => i)
      const values = rows.map((i) => input.values[(rowsBefore(environment) + i) * genes.length + gene]!)
      return values.reduce((sum, value) => sum + value, 0) / values.length
    }
    const { observed } = foldChanges(result)
    const factor = input.transform === 'none' ? 1 : Math.LN2
    for (let k = 0; k < 4; k++)
      for (let gene = 0; gene < 6; gene++)
        expect(observed[k * 6 + gene]! * factor).toBeCloseTo(mean(k + 1, gene) - mean(0, gene), 10)
  })

  it('are predicted so that a prediction which equals the observed shift gives the observed fold change', () => {
    const same = {
      ...result,
      targets: { ...result.targets, predictedShift: result.targets.observedShift },
    }
    const { observed, predicted } = foldChanges(same)
    const linear = result.learned!.preprocessing.genes.map(({ kind }) => kind === 'linear')
    expect(linear).toContain(true)
    for (let cell = 0; cell < 24; cell++)
      if (linear[cell % 6]) expect(predicted[cell]).toBeCloseTo(observed[cell]!, 8)
      else expect(predicted[cell]).toBeNaN()
  })

  it('are missing without a control', () => {
    expect(foldChanges(makeResult({ controlSamples: 0 })).observed.every(Number.isNaN)).toBe(true)
  })
})

describe('names that a spreadsheet would run as a formula', () => {
  it('get a leading apostrophe, and tabs cannot break the table', async () => {
    const genes = ['=cmd()', '+A', '-B', '@C', '\tD', 'E\tF']
    const odd = await smallResult({}, smallDataset(genes))
    const names = new Set(edgesOf(odd).map(({ source }) => source))
    expect(names).toEqual(new Set(["'=cmd()", "'+A", "'-B", "'@C", ' D', 'E F']))
  })

  it('come back without it, whatever they were', () => {
    for (const name of AWKWARD_NAMES) {
      expect(guardFormula(name)).not.toMatch(/^[=+\-@\t\r]/)
      expect(unguardFormula(guardFormula(name))).toBe(name)
    }
    for (const name of ["'", "''", "'a", "5'-end", '']) expect(guardFormula(name)).toBe(name)
  })

  it('stay as they are in a table for scripts', () => {
    const raw = edgesOf(makeResult({ genes: ['=A', '-B', 'C'] }), { raw: true })
    expect(new Set(raw.map(({ source }) => source))).toEqual(new Set(['=A', '-B', 'C']))
  })
})

describe('CSV', () => {
  it('reads back with quotes, commas and every hostile name', async () => {
    const input = exportInput(awkwardResult())
    const { default: Papa } = await import('papaparse')
    const { data, errors } = Papa.parse<string[]>(String(edgesCsv(input)), { delimiter: ',' })
    const tsv = String(edgesTsv(input)).split('\n')
    expect(errors).toEqual([])
    expect(data.map((cells) => cells.join('\t'))).toEqual(tsv)
  })
})
