import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { DatasetSummary, Finding } from '../../../src-shared/contract/dataset-summary'
import type { AppliedRepair, Dataset } from '../../../src-shared/domain/dataset'
import { buildDataset, rowsByEnvironment, transformed, withoutGenes } from './build-dataset'
import { centreOnControls } from './centre-on-controls'
import { chooseControl, type Environments } from './control'
import { controlBlocks } from './control-blocks'
import { differentialOf } from './differential'
import { assignExperiments, type Experiments } from './experiments'
import { type Breathe, type Expression, range } from './expression'
import { blocking, plural, shown } from './findings'
import {
  type GeneChoice,
  type GenePool,
  mostGenes,
  movingGenes,
  namedGenes,
  withLeftOut,
} from './gene-choice'
import { geneChoiceSummary } from './gene-choice-summary'
import { RENAMED_BY_HAND, repairGeneNames } from './gene-name-repairs'
import { settleGeneNames } from './gene-names'
import { geneStatistics } from './gene-statistics'
import { settleGeneSymbols } from './gene-symbols'
import { joinTables } from './join-tables'
import { presentTargets, type TargetsByExperiment } from './known-targets'
import { type LabelSwaps, labelFindings, swappedFinding, targetFindings } from './label-findings'
import { defaultLimits, type ImportLimits } from './limits'
import { settleMissing } from './missing-values'
import { qualityFindings } from './quality-flags'
import { readFiles, rising } from './read-files'
import type { SampleSheet } from './types'
import { isScaledToTotal, measureScale, PANEL, scaleOf, transformFor } from './scale'
import { factorsBySample } from './sample-factors'
import { sampleSums } from './size-factors'
import { throwIfCancelled } from './source-bytes'
import type { ExpressionTable, ImportSource, ReadHooks } from './types'

const FEWEST_GENES = 2
const FEWEST_SAMPLES = 3
/** columns that are offered as the one of the experiments */
const CANDIDATES = 50
/** names that show which kind of names the genes have */
const GENE_SAMPLES = 200

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
  const findings: Finding[] = tables.flatMap((table) => [...table.findings])
  const { expression: table, factors, originals } = combine(tables, options, findings)
  await pause()

  const experiments = assignExperiments(experimentSources(tables, table, sheet), options)
  findings.push(...experiments.findings)
  const name = options.name ?? baseName(source.files[0]!.name)
  const study: Study = { name, tables, table, factors, originals, options, findings, limits, pause }
  let outcome = await settle(study, experiments)
  const { dataset } = outcome
  if (dataset) {
    const { swaps, findings: about } = labelFindings(dataset, options.labelSwaps)
    if (options.labelSwaps === 'swap' && swaps.length > 0) {
      const before = labelsOf(outcome.summary)
      outcome = await settle(study, exchanged(experiments, table.samples, swaps), [
        swappedFinding(swaps, before),
      ])
    } else outcome = withFindings(outcome, about)
  }
  progress(1)
  return outcome
}

/** What is known once the files are read, and what was found in them. */
interface Study {
  readonly name: string
  readonly tables: readonly ExpressionTable[]
  readonly table: Expression
  /** names of transcription factors */
  readonly factors: ReadonlySet<string>
  /** name that is shown → name in the file, where they differ */
  readonly originals: ReadonlyMap<string, string>
  readonly options: ReadOptions
  readonly findings: readonly Finding[]
  readonly limits: ImportLimits
  readonly pause: Breathe
}

/** From experiments to the dataset: control, gaps, scale, transform, genes. */
async function settle(
  study: Study,
  experiments: Experiments,
  more: readonly Finding[] = [],
): Promise<ReadOutcome> {
  const { name, tables, table, options, pause } = study
  const environments = chooseControl(experiments, options.control, options.addsToStudy)
  const findings = [...study.findings, ...more, ...environments.findings]
  const grouped = rowsByEnvironment(environments.environmentOf)
  // without any experiment the numbers are still looked at, so that the preview can say what they are
  const samples = grouped.length > 0 ? grouped : range(table.samples.length)
  const complete = await settleMissing(table, samples, environments.environmentOf, options, pause)
  findings.push(...complete.findings)
  await pause()

  const facts = await measureScale(
    complete.values,
    complete.genes,
    samples,
    environments.environmentOf,
    pause,
  )
  let scale = scaleOf(facts)
  if (scale === 'non-negative' && complete.genes.length >= PANEL)
    if (isScaledToTotal(await sampleSums(complete.values, complete.genes, samples, pause)))
      scale = 'per-million'
  const { transform, findings: scaleFindings } = transformFor(
    scale,
    facts,
    complete.genes.length,
    options.transform,
  )
  findings.push(...scaleFindings)
  await pause()

  const factors = await factorsBySample(
    transform,
    table,
    complete.values,
    complete.genes,
    samples,
    findings,
    pause,
  )
  const blocks = controlBlocks(
    experiments,
    environments,
    options.controlGroups,
    facts.zeros / Math.max(1, facts.values),
  )
  findings.push(...blocks.findings)
  const comparable = transformed(complete.values, transform, factors)
  const values = blocks.blocks
    ? await centreOnControls(comparable, complete.genes, environments.environmentOf, blocks.blocks, pause)
    : comparable
  const measured = presentTargets(
    experiments.knownTargets,
    environments.names,
    namesOf(table, complete.genes),
    'in the data',
  )
  const statistics = await geneStatistics(
    values,
    complete.genes,
    {
      samples,
      environmentOf: environments.environmentOf,
      hasControl: environments.control !== null,
      blockOf: blocks.blocks?.blockOf ?? new Int32Array(table.samples.length),
      blocks: blocks.blocks?.blocks ?? 1,
    },
    pause,
  )
  await pause()
  const pool = { names: table.genes, candidates: complete.genes, statistics, samples: samples.length }
  const choice = chooseGenes(pool, study, measured.targets)
  const { genes } = choice
  const known = presentTargets(
    measured.targets,
    environments.names,
    namesOf(table, genes),
    'among the chosen genes',
  )
  findings.push(...choice.findings, ...measured.findings, ...known.findings)
  findings.push(...tooLittle(study, genes, grouped, findings))
  await pause()

  const files = tables.flatMap(({ input, companions = [] }) => [input, ...companions])
  const ready = findings.every((finding) => finding.level !== 'blocking')
  const parts = { name, table, values, genes, rows: grouped, environments, transform, files }
  const built = ready ? await buildDataset(parts, pause) : null
  let dataset: Dataset | null = built
  let measuredGenes = choice.measured
  if (built) {
    const pinned = new Set([
      ...[...known.targets.values()].flatMap((targets) => targets.genes),
      ...options.pinnedGenes,
    ])
    const quality = qualityFindings(built, options, pinned)
    findings.push(...quality.findings, ...targetFindings(built, known.targets, experiments.directions))
    measuredGenes = withLeftOut(pool, choice, quality.leftOut)
    dataset = {
      ...withoutGenes(built, quality.leftOut),
      measured: { ...measuredGenes, ids: idsOf(table, study.originals) },
      differential: statistics.groups && differentialOf(statistics.groups, transform, genes),
    }
    findings.push(...tooFewGenes(study, dataset.genes.length))
    if (dataset.genes.length < FEWEST_GENES) dataset = null
  }
  const [first] = tables
  const ordered = inOrder(settledFirst(findings))
  const summary: ReadOutcome['summary'] = {
    read: options,
    name,
    files,
    genes: dataset?.genes ?? namesOf(table, genes),
    genesInFiles: table.genes.length,
    geneSamples: table.genes.slice(0, GENE_SAMPLES).map(shown),
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
      environmentCandidates: [...new Set(tables.flatMap((each) => each.environmentCandidates))].slice(
        0,
        CANDIDATES,
      ),
      guessed: [...first!.layout.guessed, ...guessed(options, experiments, environments)],
    },
    findings: ordered,
    preview: first!.preview,
    knownTargets: Object.fromEntries(known.targets),
    geneChoice: geneChoiceSummary(measuredGenes),
  }
  return { dataset: dataset && { ...dataset, repairs: repairsOf(ordered) }, summary }
}

function withFindings({ dataset, summary }: ReadOutcome, more: readonly Finding[]): ReadOutcome {
  if (more.length === 0) return { dataset, summary }
  return { dataset, summary: { ...summary, findings: inOrder([...summary.findings, ...more]) } }
}

const labelsOf = (summary: ReadOutcome['summary']): Map<string, string> =>
  new Map(summary.samples.map(({ name, environment }) => [name, environment]))

/** The samples of each pair take each other's experiment and role. */
function exchanged(experiments: Experiments, samples: readonly string[], swaps: LabelSwaps): Experiments {
  const labels = [...experiments.labels]
  const sheetControls = new Set(experiments.sheetControls)
  for (const [one, other] of swaps) {
    const [a, b] = [samples.indexOf(one), samples.indexOf(other)]
    ;[labels[a], labels[b]] = [labels[b]!, labels[a]!]
    const [aWas, bWas] = [sheetControls.has(a), sheetControls.has(b)]
    if (aWas !== bWas) {
      sheetControls.delete(aWas ? a : b)
      sheetControls.add(aWas ? b : a)
    }
  }
  return { ...experiments, labels, sheetControls }
}

/** What was changed, for the record of the run: repairs in force that do not leave the data as they stand. */
const repairsOf = (findings: readonly Finding[]): AppliedRepair[] =>
  findings.flatMap(({ rule, text, choice }) => {
    const value = choice?.values.find((each) => each.value === choice.current)
    return (value && !value.keeps) || rule === RENAMED_BY_HAND ? [{ rule, text }] : []
  })

function combine(
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

function chooseGenes(
  pool: GenePool,
  { options, factors, limits }: Study,
  known: TargetsByExperiment,
): GeneChoice {
  if (options.genes.length > 0) return namedGenes(pool, options.genes)
  return movingGenes(pool, {
    known: new Set([...known.values()].flatMap((targets) => targets.genes)),
    pinned: options.pinnedGenes,
    wanted: options.geneCount,
    most: mostGenes(2 * limits.tableBytes),
    isTranscriptionFactor: (name) => factors.has(name),
  })
}

/** Names as they stand in the file; null when all are shown so. */
const idsOf = ({ genes }: Expression, originals: Study['originals']): string[] | null =>
  originals.size === 0 ? null : genes.map((gene) => originals.get(gene) ?? gene)

const namesOf = (table: Expression, genes: Int32Array): string[] =>
  Array.from(genes, (gene) => table.genes[gene]!)

function tooLittle(study: Study, genes: Int32Array, rows: Int32Array, before: readonly Finding[]): Finding[] {
  const findings = tooFewGenes(study, genes.length)
  const noExperiments = before.some((finding) => finding.rule === 'no-experiments')
  const fewest = study.options.addsToStudy ? 1 : FEWEST_SAMPLES
  if (rows.length < fewest && !noExperiments) {
    const text =
      `${fileNames(study)} ${study.tables.length === 1 ? 'has' : 'have'} ${plural(rows.length, 'sample')} that can be used; at least ${fewest} ${fewest === 1 ? 'is' : 'are'} needed. ` +
      'Add samples, or include ones that were left out.'
    findings.push(blocking('DATA_INSUFFICIENT', 'too-little', text))
  }
  return findings
}

function tooFewGenes(study: Study, genes: number): Finding[] {
  if (genes >= FEWEST_GENES) return []
  const text =
    `${fileNames(study)} ${study.tables.length === 1 ? 'has' : 'have'} ${plural(genes, 'gene')} of ${plural(study.table.genes.length, 'gene')} that can be used; a network needs at least ${FEWEST_GENES}. ` +
    'Add genes, or keep ones that were left out.'
  return [blocking('DATA_INSUFFICIENT', 'too-little', text)]
}

const fileNames = ({ tables }: Study): string => tables.map((each) => shown(each.input.name)).join(', ')

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
