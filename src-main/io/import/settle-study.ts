import type { Finding } from '../../../src-shared/contract/dataset-summary'
import type { Dataset } from '../../../src-shared/domain/dataset'
import { datasetOf, rowsByEnvironment, samplesByGenes, wholeMatrix, withoutGenes } from './build-dataset'
import { comparableValues } from './comparable-values'
import { chooseControl } from './control'
import { differentialOf } from './differential'
import type { Experiments } from './experiments'
import { type Expression, picked, range } from './expression'
import {
  type GeneChoice,
  type GenePool,
  mostGenes,
  movingGenes,
  namedGenes,
  takesAllGenes,
  withLeftOut,
} from './gene-choice'
import { geneStatistics } from './gene-statistics'
import { presentTargets, type TargetsByExperiment } from './known-targets'
import { targetFindings } from './label-findings'
import { settleMissing } from './missing-values'
import { outcomeSummary, repairsOf } from './outcome-summary'
import { qualityFindings } from './quality-flags'
import { recordedChoices } from './recorded-choices'
import { geneScores, sampleQuality, unmeasuredSamples } from './sample-quality'
import type { ReadOutcome, Study } from './study'
import { FEWEST_GENES, tooFewGenes, tooLittle } from './too-little'

/** From experiments to the dataset: control, gaps, scale, transform, genes. */
export async function settleStudy(
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

  const comparable = await comparableValues(study, complete, samples, experiments, environments)
  const { scale, transform, blocks } = comparable
  findings.push(...comparable.findings)
  const whole =
    takesAllGenes(complete.genes.length, options) && complete.genes.length === table.genes.length
      ? await wholeMatrix(comparable.values, complete.genes.length, grouped, table.samples.length, pause)
      : null
  const values = whole?.values ?? comparable.values
  const measured = presentTargets(
    experiments.knownTargets,
    environments.names,
    () => namesOf(table, complete.genes),
    'in the data',
  )
  const statistics = await geneStatistics(
    values,
    complete.genes,
    {
      samples,
      environmentOf: environments.environmentOf,
      hasControl: environments.control !== null,
      blockOf: blocks?.blockOf ?? new Int32Array(table.samples.length),
      blocks: blocks?.blocks ?? 1,
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
    () => namesOf(table, genes),
    'among the chosen genes',
  )
  findings.push(...choice.findings, ...measured.findings, ...known.findings)
  findings.push(...tooLittle(study, genes, grouped, findings))
  await pause()

  const files = tables.flatMap(({ input, companions = [] }) => [input, ...companions])
  const ready = findings.every((finding) => finding.level !== 'blocking')
  const parts = { name, table, genes, rows: grouped, environments, transform, files }
  const built = ready
    ? datasetOf(parts, whole?.matrix ?? (await samplesByGenes(values, genes, grouped, pause)))
    : null
  let dataset: Dataset | null = built
  let measuredGenes = choice.measured
  if (built) {
    const pinned = new Set([
      ...[...known.targets.values()].flatMap((targets) => targets.genes),
      ...options.pinnedGenes,
      ...options.targetGenes,
    ])
    const quality = qualityFindings(built, options, pinned)
    findings.push(...quality.findings, ...targetFindings(built, known.targets, experiments.directions))
    measuredGenes = withLeftOut(pool, choice, quality.leftOut)
    dataset = {
      ...withoutGenes(built, quality.leftOut),
      measured: { ...measuredGenes, ids: idsOf(table, study.originals) },
      differential: statistics.groups && differentialOf(statistics.groups, transform, genes),
      geneScores: geneScores(table.genes.length, complete.genes, statistics),
      quality: await sampleQuality(
        {
          comparable: values,
          depths: comparable.depths,
          genes: complete.genes,
          statistics,
          rows: grouped,
          environmentOf: environments.environmentOf,
          environments: environments.names.length,
          scale,
          hasZeros: comparable.hasZeros,
        },
        pause,
      ),
    }
    findings.push(...unmeasuredSamples(grouped.length), ...tooFewGenes(study, dataset.genes.length))
    if (dataset.genes.length < FEWEST_GENES) dataset = null
  }
  const summary = outcomeSummary(study, {
    experiments,
    environments,
    scale,
    transform,
    known: known.targets,
    measured: measuredGenes,
    genes: dataset?.genes ?? namesOf(table, genes),
    files,
    findings,
  })
  const choices = recordedChoices(options, study.hasSheet ? experiments.sheetRows : null, table.samples)
  return {
    dataset: dataset && {
      ...dataset,
      repairs: repairsOf(summary.findings),
      ...(choices ? { choices } : {}),
      ...(experiments.directions.size > 0 ? { directions: Object.fromEntries(experiments.directions) } : {}),
    },
    summary,
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
    named: options.targetGenes,
    pinned: options.pinnedGenes,
    wanted: options.geneCount,
    most: mostGenes(2 * limits.tableBytes),
    isTranscriptionFactor: (name) => factors.has(name),
  })
}

/** Names as they stand in the file; null when all are shown so. */
const idsOf = ({ genes }: Expression, originals: Study['originals']): string[] | null =>
  originals.size === 0 ? null : genes.map((gene) => originals.get(gene) ?? gene)

const namesOf = (table: Expression, genes: Int32Array): string[] => picked(table.genes, genes)
