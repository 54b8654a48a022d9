import type { HandlersOf } from '../handlers'
import type { FileGrants } from '../files/file-grants'
import type { JobList } from '../jobs/job-list'
import type { DatasetStore } from './dataset-store'
import { exampleOptions, listExamples } from './examples'

interface Parts {
  readonly jobs: JobList
  readonly grants: FileGrants
  readonly datasets: DatasetStore
  readonly examplesDir: string
}

export function datasetHandlers({
  jobs,
  grants,
  datasets,
  examplesDir,
}: Parts): HandlersOf<'dataset'> & HandlersOf<'example'> {
  return {
    'example.list': () => listExamples(examplesDir),
    'example.open': ({ exampleId }, call) =>
      jobs.run('example.open', call, async (job) =>
        datasets.read(await exampleOptions(examplesDir, exampleId, grants), job),
      ),
    'dataset.read': (options, call) => jobs.run('dataset.read', call, (job) => datasets.read(options, job)),
    'dataset.summary': async ({ datasetId }) => (await datasets.get(datasetId)).summary,
    'dataset.close': async ({ datasetId }) => {
      await datasets.close(datasetId)
      return null
    },
  }
}
