import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { contract, type Contract } from '../../src-shared/contract/contract'
import type { ProviderChoice } from '../../src-shared/domain/learned-model'
import { serve, type Channel, type Handlers } from '../../src-shared/rpc'
import { constraintHandlers } from './constraints/constraint-handlers'
import type { Disk } from '../io/project/disk'
import { datasetHandlers } from './datasets/dataset-handlers'
import { createDatasetStore } from './datasets/dataset-store'
import { createFileReader } from './datasets/reading/read-apart'
import type { StartReader } from './datasets/reading/reader-child'
import { fileHandlers } from './files/file-handlers'
import { createFileGrants, type GrantedFile } from './files/file-grants'
import type { HandlersOf } from './handlers'
import { infoHandlers } from './info-handlers'
import { createJobList } from './jobs/job-list'
import { createModelHolder } from './model-holder'
import { modelDir as bundledModel } from './paths'
import { chromiumPrinter } from './printing/chromium-printer'
import type { PagePrinter } from './printing/page-printer'
import { projectHandlers } from './projects/project-handlers'
import { createProjectStore } from './projects/project-store'
import { analysisHandlers } from './runs/analysis-handlers'
import { experimentHandlers } from './runs/experiment-handlers'
import { createCheckpointStore } from './runs/checkpoint-store'
import { runHandlers } from './runs/run-handlers'
import { createRunStore } from './runs/run-store'
import { APP_VERSION } from './version'

export interface EngineOptions {
  /** Kept between sessions: checkpoints. */
  readonly dataDir: string
  /** Belongs to one session of the host and outlives a restart of the engine process: handles, data sets, runs. */
  readonly sessionDir: string
  readonly examplesDir: string
  /** the learned model; by default the one that comes with the program */
  readonly modelDir?: string
  /** where the learned model runs; by default the first that works */
  readonly provider?: ProviderChoice
  /** Stands between saving and the disk, for tests that fill it or cut the power. */
  readonly disk?: Disk
  /** How this host starts the process in which files are read; the default is for Node hosts. */
  readonly startReader?: StartReader
  /** What makes PDF and PNG in this host; the default is a Chromium of this computer. */
  readonly printer?: PagePrinter
}

export interface Engine {
  /** Turns a file the user chose into a handle for `dataset.read` and `run.open`. Only hosts can do this. */
  readonly grant: (file: GrantedFile) => Promise<string>
  /** Answers the calls of one client; its jobs end with the channel. */
  readonly connect: (channel: Channel) => void
  /** Cancels all jobs and waits until they have written their checkpoints. */
  readonly shutdown: () => Promise<void>
}

/** Everything that is not pixels. A host only starts it, hands over files and carries its messages. */
export function createEngine({
  dataDir,
  sessionDir,
  examplesDir,
  modelDir = bundledModel(),
  provider = 'auto',
  startReader,
  printer = chromiumPrinter,
  disk,
}: EngineOptions): Engine {
  mkdirSync(sessionDir, { recursive: true, mode: 0o700 })
  const jobs = createJobList()
  const grants = createFileGrants(join(sessionDir, 'files.json'))
  const reader = createFileReader(join(sessionDir, 'reading'), startReader)
  const datasets = createDatasetStore(reader, grants, join(sessionDir, 'datasets.json'))
  const runs = createRunStore(join(sessionDir, 'runs'))
  const checkpoints = createCheckpointStore(join(dataDir, 'checkpoints'))
  const scratch = join(sessionDir, 'reports')
  const projects = createProjectStore({
    root: join(dataDir, 'projects'),
    grants,
    runs,
    appVersion: APP_VERSION,
    disk,
  })
  const models = createModelHolder({ folder: modelDir, provider })
  const handlers: Omit<Handlers<Contract>, keyof HandlersOf<'project'>> = {
    ...infoHandlers({ jobs, models }),
    ...datasetHandlers({ jobs, grants, datasets, examplesDir }),
    ...constraintHandlers({ grants }),
    ...fileHandlers({ grants, scratch }),
    ...analysisHandlers({ jobs, datasets, runs, checkpoints, models }),
    ...experimentHandlers({ jobs, runs }),
    ...runHandlers({ jobs, grants, reader, runs, models, projects, scratch, printer }),
  }
  function connect(channel: Channel): void {
    const window = projects.windows.open()
    channel.onClose(window.end)
    const own = projectHandlers({ jobs, grants, projects, scratch, window })
    serve(contract, { ...handlers, ...own }, channel)
  }
  return {
    grant: grants.grant,
    connect,
    shutdown: async () => {
      await jobs.shutdown()
      await projects.shutdown()
      await models.close()
    },
  }
}
