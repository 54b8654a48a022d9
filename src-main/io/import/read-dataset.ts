import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Finding } from '../../../src-shared/contract/dataset-summary'
import { combineTables, experimentSources } from './combine-tables'
import { assignExperiments, type Experiments } from './experiments'
import { type LabelSwaps, labelFindings, swappedFinding } from './label-findings'
import { defaultLimits, type ImportLimits } from './limits'
import { inOrder } from './outcome-summary'
import { readFiles, rising } from './read-files'
import { settleStudy } from './settle-study'
import { throwIfCancelled } from './source-bytes'
import type { ReadOutcome, Study } from './study'
import type { ImportSource, ReadHooks } from './types'

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
  const { expression: table, factors, originals } = combineTables(tables, options, findings)
  await pause()

  const experiments = assignExperiments(experimentSources(tables, table, sheet), options)
  findings.push(...experiments.findings)
  const name = options.name ?? baseName(source.files[0]!.name)
  const hasSheet = source.sampleSheet !== undefined || options.sheetRows !== undefined
  const study: Study = { name, tables, table, factors, originals, options, findings, hasSheet, limits, pause }
  let outcome = await settleStudy(study, experiments)
  const { dataset } = outcome
  if (dataset) {
    const { swaps, findings: about } = labelFindings(dataset, options.labelSwaps)
    if (options.labelSwaps === 'swap' && swaps.length > 0) {
      const before = labelsOf(outcome.summary)
      outcome = await settleStudy(study, exchanged(experiments, table.samples, swaps), [
        swappedFinding(swaps, before),
      ])
    } else outcome = withFindings(outcome, about)
  }
  progress(1)
  return outcome
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

const baseName = (fileName: string): string =>
  fileName.replace(/\.gz$/i, '').replace(/\.[^.]{1,5}$/, '') || fileName
