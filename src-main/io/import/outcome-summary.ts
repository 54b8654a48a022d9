import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { DatasetSummary, Finding } from '../../../src-shared/contract/dataset-summary'
import type { AppliedRepair, InputFile, Transform } from '../../../src-shared/domain/dataset'
import type { MeasuredGenes } from '../../../src-shared/domain/measured-genes'
import type { Environments } from './control'
import { type Experiments, LEFT_OUT_BY_HAND } from './experiments'
import { shown } from './findings'
import { geneChoiceSummary } from './gene-choice-summary'
import { RENAMED_BY_HAND } from './gene-name-repairs'
import type { TargetsByExperiment } from './known-targets'
import type { Scale } from './scale'
import type { ReadOutcome, Study } from './study'

/** columns that are offered as the one of the experiments */
const CANDIDATES = 50
/** names that show which kind of names the genes have */
const GENE_SAMPLES = 200

/** What was decided about a study. */
export interface Decided {
  readonly experiments: Experiments
  readonly environments: Environments
  readonly scale: Scale
  readonly transform: Transform
  readonly known: TargetsByExperiment
  readonly measured: MeasuredGenes
  /** names of the genes that are analysed */
  readonly genes: readonly string[]
  readonly files: readonly InputFile[]
  readonly findings: readonly Finding[]
}

export function outcomeSummary(study: Study, decided: Decided): ReadOutcome['summary'] {
  const { name, tables, table, options } = study
  const { experiments, environments, scale, transform } = decided
  const [first] = tables
  return {
    read: options,
    name,
    files: decided.files,
    genes: decided.genes,
    genesInFiles: table.genes.length,
    geneSamples: table.genes.slice(0, GENE_SAMPLES).map(shown),
    samples: sampleSummaries(table.samples, experiments, environments),
    environments: environmentSummaries(environments, experiments),
    control: environments.control,
    detected: {
      ...first!.layout,
      format: first!.format,
      part: first!.part,
      parts: first!.parts,
      ...(first!.cells ? { cells: first!.cells } : {}),
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
    findings: inOrder(settledFirst(decided.findings)),
    preview: first!.preview,
    knownTargets: Object.fromEntries(decided.known),
    geneChoice: geneChoiceSummary(decided.measured),
  }
}

/** what the user did by hand, which no choice of a finding holds */
const RECORDED: ReadonlySet<string> = new Set([RENAMED_BY_HAND, LEFT_OUT_BY_HAND])

/** What was changed, for the record of the run: repairs in force that do not leave the data as they stand. */
export const repairsOf = (findings: readonly Finding[]): AppliedRepair[] =>
  findings.flatMap(({ rule, text, choice }) => {
    const value = choice?.values.find((each) => each.value === choice.current)
    return (value && !value.keeps) || RECORDED.has(rule) ? [{ rule, text }] : []
  })

function experimentName({ environmentOf, names }: Environments, sample: number): string {
  const environment = environmentOf[sample]!
  return environment < 0 ? '' : names[environment]!
}

function sampleSummaries(
  samples: readonly string[],
  { labels, batches }: Experiments,
  environments: Environments,
): DatasetSummary['samples'] {
  return samples.map((name, index) => {
    const environment = experimentName(environments, index)
    const group = labels[index]!
    // half a million samples: the usual one is made without the objects that spreads need
    if (!batches && group === environment) return { name, environment }
    return {
      name,
      environment,
      ...(batches ? { batch: batches[index]! } : {}),
      ...(environment === group ? {} : { group }),
    }
  })
}

function environmentSummaries(
  { names, environmentOf, control }: Environments,
  { controlGroups, directions }: Experiments,
): DatasetSummary['environments'] {
  const sizes = new Int32Array(names.length)
  for (const environment of environmentOf) if (environment >= 0) sizes[environment]!++
  return names
    .map((name, index) => {
      const controlGroup = index === 0 ? undefined : controlGroups.get(name)
      const direction = index === 0 ? undefined : directions.get(name)
      return {
        name,
        samples: sizes[index]!,
        isControl: index === 0,
        ...(controlGroup === undefined ? {} : { controlGroup }),
        ...(direction === undefined ? {} : { direction }),
      }
    })
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

export const inOrder = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
