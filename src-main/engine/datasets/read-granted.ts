import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { ReadOutcome } from '../../io/import'
import type { FileGrants } from '../files/file-grants'
import type { JobContext } from '../jobs/job-list'
import type { FileReader } from './reading/read-apart'

/** The one place where files from outside are read, in a process of their own. */
export async function readGranted(
  reader: FileReader,
  grants: FileGrants,
  options: ReadOptions,
  { signal, progress }: JobContext,
): Promise<ReadOutcome> {
  const files = options.files.map(grants.resolve)
  const sampleSheet = options.sampleSheet === undefined ? undefined : grants.resolve(options.sampleSheet)
  const report = (fraction: number, memoryBytes: number): void =>
    progress({ stage: 'reading', percent: 100 * fraction, etaSeconds: null, memoryBytes })
  report(0, process.memoryUsage.rss())
  const { dataset, summary } = await reader.read({ files, sampleSheet }, options, {
    signal,
    onProgress: report,
  })
  return { dataset, summary: { ...summary, read: options } }
}
