import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { DatasetSummary, Finding } from '../../../src-shared/contract/dataset-summary'
import type { Dataset } from '../../../src-shared/domain/dataset'
import { buildDataset, rowsByEnvironment, transformed } from './build-dataset'
import { chooseControl, type Environments } from './control'
import { damageFindings } from './excel-damage'
import { assignExperiments, type Experiments } from './experiments'
import { type Breathe, type Expression, range, type Values } from './expression'
import { blocking, listed, plural, review } from './findings'
import { type GeneChoice, movingGenes, namedGenes } from './gene-choice'
import { settleGeneNames } from './gene-names'
import { joinTables } from './join-tables'
import { presentTargets, type TargetsByExperiment } from './known-targets'
import { defaultLimits, type ImportLimits } from './limits'
import { settleMissing } from './missing-values'
import { qualityFindings } from './quality-flags'
import { readFiles, rising } from './read-files'
import type { SampleSheet } from './types'
import { measureScale, scaleOf, transformFor } from './scale'
import { sizeFactors } from './size-factors'
import { throwIfCancelled } from './source-bytes'
import type { ExpressionTable, ImportSource, ReadHooks } from './types'

const FEWEST_GENES = 2
const FEWEST_SAMPLES = 3

export interface ReadOutcome {
  /** null exactly when a finding is blocking */
  readonly dataset: Dataset | null
  readonly summary: Omit<DatasetSummary, 'datasetId'>
}

/**
 * Reads tables into one dataset and says what was decided on the way.
 * @throws AppError when not even a preview is possible: missing, empty, binary, damaged, too large or cancelled
 */
export async function readDataset(
  source: ImportSource,
  options: ReadOptions,
  hooks: ReadHooks,
  limits: ImportLimits = defaultLimits(),
): Promise<ReadOutcome> {
  const progress = rising(hooks.onProgress)
  /** lets the host answer and cancel between two passes over the numbers */
  const pause = async (): Promise<void> => {
    await new Promise<void>((resolve) => setImmediate(resolve))
    throwIfCancelled(hooks.signal)
  }
  throwIfCancelled(hooks.signal)
  const { sheet, tables } = await readFiles(source, options, hooks, limits, progress)
  const findings: Finding[] = tables.flatMap((table) => [
    ...table.findings,
    ...damageFindings(table.genes, table.geneRows),
  ])
  const table = combine(tables, options, findings)
  await pause()

  const experiments = assignExperiments(experimentSources(tables, table, sheet), options)
  const environments = chooseControl(experiments, options.control)
  findings.push(...experiments.findings, ...environments.findings)
  const grouped = rowsByEnvironment(environments.environmentOf)
  // without any experiment the numbers are still looked at, so that the preview can say what they are
  const samples = grouped.length > 0 ? grouped : range(table.samples.length)
  const complete = await settleMissing(
    table,
    samples,
    environments.environmentOf,
    options.missingValues,
    pause,
  )
  findings.push(...complete.findings)
  await pause()

  const facts = await measureScale(
    complete.values,
    complete.genes,
    samples,
    environments.environmentOf,
    pause,
  )
  const scale = scaleOf(facts)
  const { transform, findings: scaleFindings } = transformFor(
    scale,
    facts,
    complete.genes.length,
    options.transform,
  )
  findings.push(...scaleFindings)
  await pause()

  const factors =
    transform === 'log1p-size-factors'
      ? await factorsBySample(table, complete.values, complete.genes, samples, findings, pause)
      : null
  const values = transformed(complete.values, transform, factors)
  const measured = presentTargets(
    experiments.knownTargets,
    environments.names,
    namesOf(table, complete.genes),
    'in the data',
  )
  const choice = await chooseGenes(
    options,
    table,
    values,
    complete.genes,
    samples,
    environments,
    measured.targets,
    pause,
  )
  const { genes } = choice
  const known = presentTargets(
    measured.targets,
    environments.names,
    namesOf(table, genes),
    'among the chosen genes',
  )
  findings.push(...choice.findings, ...measured.findings, ...known.findings)
  findings.push(...tooLittle(table, genes, grouped, findings))
  await pause()

  const name = options.name ?? baseName(source.files[0]!.name)
  const files = tables.flatMap(({ input, companions = [] }) => [input, ...companions])
  const ready = findings.every((finding) => finding.level !== 'blocking')
  const dataset = ready
    ? await buildDataset({ name, table, values, genes, rows: grouped, environments, transform, files }, pause)
    : null
  if (dataset) findings.push(...qualityFindings(dataset))
  progress(1)
  const [first] = tables
  const summary: ReadOutcome['summary'] = {
    read: options,
    name,
    files,
    genes: dataset?.genes ?? namesOf(table, genes),
    samples: table.samples.map((sample, index) => ({
      name: sample,
      environment: experimentName(environments, index),
    })),
    environments: environmentSummaries(environments),
    control: environments.control,
    detected: {
      ...first!.layout,
      format: first!.format,
      part: first!.part,
      parts: first!.parts,
      scale,
      transform,
      environmentFrom: experiments.from,
      environmentColumn: experiments.column,
      guessed: [...first!.layout.guessed, ...guessed(options, experiments, environments)],
    },
    findings: inOrder(settledFirst(findings)),
    preview: first!.preview,
    knownTargets: Object.fromEntries(known.targets),
  }
  return { dataset, summary }
}

function combine(tables: readonly ExpressionTable[], options: ReadOptions, findings: Finding[]): Expression {
  const settled = tables.map((table) => {
    const named = settleGeneNames(table, options.duplicateGenes)
    findings.push(...named.findings)
    return { ...named.expression, fileName: table.input.name, samplesUnnamed: table.samplesUnnamed }
  })
  const joined = joinTables(settled)
  findings.push(...joined.findings)
  return joined.expression
}

function experimentSources(
  tables: readonly ExpressionTable[],
  table: Expression,
  sheet: SampleSheet | null,
): Parameters<typeof assignExperiments>[0] {
  const labelled = tables.find((each) => each.labels !== null)
  return {
    samples: table.samples,
    samplesUnnamed: tables.every((each) => each.samplesUnnamed),
    labels: labelled ? tables.flatMap((each) => each.labels ?? each.samples.map(() => '')) : null,
    column: labelled?.environmentColumn ?? null,
    candidates: [...new Set(tables.flatMap((each) => each.environmentCandidates))],
    sheet,
    fileNames: tables.map((each) => each.input.name).join(', '),
  }
}

/** Size factors by sample of the whole table; samples that are left out keep 1. */
async function factorsBySample(
  table: Expression,
  gapless: Values,
  genes: Int32Array,
  samples: Int32Array,
  findings: Finding[],
  breathe: Breathe,
): Promise<Float64Array> {
  const { factors, method, empty } = await sizeFactors(gapless, genes, samples, breathe)
  if (method === 'library-size')
    findings.push(
      review(
        'library-size',
        'No gene has a count in every sample, so size factors come from the sum of all counts of a sample.',
      ),
    )
  if (empty.length > 0) {
    const names = empty.map((index) => table.samples[samples[index]!]!)
    const text = `${plural(names.length, 'sample')} (${listed(names)}) ${names.length === 1 ? 'has' : 'have'} no counts at all. Leave ${names.length === 1 ? 'it' : 'them'} out.`
    findings.push(review('empty-samples', text, { examples: names }))
  }
  const bySample = new Float64Array(table.samples.length).fill(1)
  samples.forEach((sample, index) => {
    bySample[sample] = factors[index]!
  })
  return bySample
}

async function chooseGenes(
  options: ReadOptions,
  table: Expression,
  values: Values,
  candidates: Int32Array,
  samples: Int32Array,
  environments: Environments,
  known: TargetsByExperiment,
  breathe: Breathe,
): Promise<GeneChoice> {
  if (options.genes.length > 0) return namedGenes(table.genes, candidates, options.genes)
  const pinned = new Set([...known.values()].flatMap((targets) => targets.genes))
  // samples that belong nowhere yet count as one group, so that the preview has its genes
  const environmentOf = environments.environmentOf.map((environment) => Math.max(0, environment))
  return movingGenes(values, table.genes, candidates, samples, environmentOf, pinned, breathe)
}

const namesOf = (table: Expression, genes: Int32Array): string[] =>
  Array.from(genes, (gene) => table.genes[gene]!)

function tooLittle(
  table: Expression,
  genes: Int32Array,
  rows: Int32Array,
  before: readonly Finding[],
): Finding[] {
  const text: string[] = []
  if (genes.length < FEWEST_GENES)
    text.push(
      `${plural(genes.length, 'gene')} of ${plural(table.genes.length, 'gene')} can be used; a network needs at least ${FEWEST_GENES}.`,
    )
  const noExperiments = before.some((finding) => finding.rule === 'no-experiments')
  if (rows.length < FEWEST_SAMPLES && !noExperiments)
    text.push(`${plural(rows.length, 'sample')} can be used; at least ${FEWEST_SAMPLES} are needed.`)
  return text.map((each) => blocking('DATA_INSUFFICIENT', 'too-little', each))
}

function experimentName({ environmentOf, names }: Environments, sample: number): string {
  const environment = environmentOf[sample]!
  return environment < 0 ? '' : names[environment]!
}

function environmentSummaries({
  names,
  environmentOf,
  control,
}: Environments): DatasetSummary['environments'] {
  const sizes = new Int32Array(names.length)
  for (const environment of environmentOf) if (environment >= 0) sizes[environment]!++
  return names
    .map((name, index) => ({ name, samples: sizes[index]!, isControl: index === 0 }))
    .filter((each) => !each.isControl || control !== null)
}

function guessed(options: ReadOptions, experiments: Experiments, environments: Environments): string[] {
  const fields: string[] = ['encoding', 'scale']
  if (options.transform === 'auto') fields.push('transform')
  if (experiments.from === 'sample-names' && options.groupBySampleName === 'auto')
    fields.push('environmentFrom')
  if (experiments.from === 'column' && options.environmentColumn === 'auto')
    fields.push('environmentFrom', 'environmentColumn')
  if (environments.guessed) fields.push('control')
  return fields
}

/** While it is open which way the table lies, everything said about genes and samples would be about a guess. */
const settledFirst = (findings: readonly Finding[]): readonly Finding[] =>
  findings.some((finding) => finding.rule === 'orientation')
    ? findings.filter((finding) => ABOUT_THE_FILE.has(finding.rule))
    : findings

const ABOUT_THE_FILE: ReadonlySet<string> = new Set([
  'orientation',
  'ambiguous-comma',
  'encoding',
  'ragged-row',
])

const LEVELS: readonly Finding['level'][] = ['blocking', 'review', 'info']

const inOrder = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))

const baseName = (fileName: string): string =>
  fileName.replace(/\.gz$/i, '').replace(/\.[^.]{1,5}$/, '') || fileName
