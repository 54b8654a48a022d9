import type { DatasetSummary } from '../../../src-shared/contract/dataset-summary'
import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Dataset } from '../../../src-shared/domain/dataset'
import { readDataset } from '../../io/import'
import type { FileGrants } from '../files/file-grants'
import type { JobContext } from '../jobs/job-list'

export interface ReadOutcome {
  /** null while a blocking finding waits for a choice */
  readonly dataset: Dataset | null
  readonly summary: Omit<DatasetSummary, 'datasetId'>
}

/**
 * The one place where files from outside are parsed. Nothing but handles, options and the outcome crosses it,
 * so that parsing can move into a process of its own without a change elsewhere.
 */
export async function readGranted(
  grants: FileGrants,
  options: ReadOptions,
  { signal, progress }: JobContext,
): Promise<ReadOutcome> {
  const files = options.files.map(grants.resolve)
  const sampleSheet = options.sampleSheet === undefined ? undefined : grants.resolve(options.sampleSheet)
  const report = (fraction: number): void =>
    progress({
      stage: 'reading',
      percent: 100 * fraction,
      etaSeconds: null,
      memoryBytes: process.memoryUsage.rss(),
    })
  report(0)
  const { dataset, summary } = await readDataset({ files, sampleSheet }, options, {
    signal,
    onProgress: report,
  })
  return { dataset, summary: { ...summary, read: options } }
}
