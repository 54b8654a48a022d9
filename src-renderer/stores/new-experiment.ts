import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ReadOptionsInput } from '../../src-shared/contract/dataset-source'
import type { DatasetSummary } from '../../src-shared/contract/dataset-summary'
import type { Progress } from '../../src-shared/contract/engine-info'
import type { AppError } from '../../src-shared/contract/errors'
import type { GrantedFileHandle } from '../../src-shared/contract/host'
import type { NewExperimentAnswer } from '../../src-shared/contract/new-experiment'
import { text } from '../strings'
import { asAppError, useEngine } from './engine'
import { useProject } from './project'
import { useRoute } from './route'
import { useRuns } from './runs'
import { useTargetView } from './target-view'

export interface NewExperiment {
  readonly file: GrantedFileHandle
  /** the result under whose network it is answered */
  readonly runId: string
  readonly read: ReadOptionsInput
  /** the last answer; stays while the file is read again */
  readonly answer: NewExperimentAnswer | null
  /** the file is being read */
  readonly progress: Progress | 'started' | null
  readonly error: AppError | null
}

/** A new table under the network on screen: its answer, the choice of its control, and the way into the data set. */
export const useNewExperiment = defineStore('new-experiment', () => {
  const engine = useEngine()
  const project = useProject()
  const runs = useRuns()
  const route = useRoute()
  const view = useTargetView()

  const state = shallowRef<NewExperiment | null>(null)
  const joining = shallowRef(false)
  let controller: AbortController | null = null

  /** What belongs to the result on screen. */
  const current = computed(() => (state.value?.runId === runs.view?.run.runId ? state.value : null))
  /** Why the samples cannot join the data set now; null when they can. */
  const cannotJoin = computed((): string | null => {
    if (!project.dataset) return text.newExperiment.noTable
    if (runs.job) return text.newExperiment.running
    const answer = current.value?.answer
    if (!answer) return text.newExperiment.notRead
    return answer.repeated.length === answer.samples ? text.newExperiment.nothingNew : null
  })

  async function ask(next: NewExperiment): Promise<void> {
    controller?.abort()
    const own = new AbortController()
    controller = own
    const update = (change: Partial<NewExperiment>): void => {
      if (controller === own && state.value) state.value = { ...state.value, ...change }
    }
    state.value = { ...next, progress: 'started', error: null }
    try {
      const answer = await engine.call(
        'run.adapt',
        { runId: next.runId, read: next.read },
        { signal: own.signal, onProgress: (progress) => update({ progress }) },
      )
      update({ answer, progress: null })
    } catch (failure) {
      const error = asAppError(failure)
      update({ progress: null, error: error.code === 'CANCELLED' ? null : error })
    }
  }

  async function start(file: GrantedFileHandle): Promise<void> {
    const runId = runs.view?.run.runId
    if (runId === undefined) return
    route.goTab('targets')
    await ask({ file, runId, read: { files: [file.handle] }, answer: null, progress: null, error: null })
  }

  async function again(change: Partial<ReadOptionsInput> = {}): Promise<void> {
    const now = state.value
    if (now) await ask({ ...now, read: { ...now.read, ...change } })
  }

  function close(): void {
    controller?.abort()
    controller = null
    state.value = null
  }

  /**
   * Joins the samples with those of the project, on the same genes, and starts a run. A control of the new file under
   * another name becomes the control of the project; samples that the project has already do not join again.
   */
  async function join(): Promise<void> {
    const now = current.value
    const before = project.dataset
    const read = project.read
    if (!now?.answer || !before || !read || cannotJoin.value !== null) return
    joining.value = true
    try {
      const label = text.newExperiment.joined(now.file.name)
      const files = [...read.files, now.file.handle]
      const genes = read.genes.length > 0 ? read.genes : [...before.genes]
      if (!(await project.reread(label, { files, genes }))) {
        state.value = { ...now, error: project.readError }
        return
      }
      project.fileNames = { ...project.fileNames, [now.file.handle]: now.file.name }
      await settle(now.answer, before)
      view.experiment = now.answer.environments[0] ?? null
      if (project.canRun) await runs.run()
      else route.go({ name: 'import' })
    } finally {
      joining.value = false
    }
  }

  async function settle(answer: NewExperimentAnswer, before: DatasetSummary): Promise<void> {
    const joined = project.dataset
    if (!joined) return
    const patch: Partial<ReadOptionsInput> = {}
    const added = joined.samples.slice(-answer.samples)
    const repeated = answer.repeated.flatMap((at) => added[at]?.name ?? [])
    if (repeated.length > 0) patch.excludedSamples = [...(project.read?.excludedSamples ?? []), ...repeated]
    const own = answer.control
    if (own !== null && before.control !== null && !before.environments.some(({ name }) => name === own)) {
      const samples = added.filter(({ environment }) => environment === own)
      patch.assignment = {
        ...project.read?.assignment,
        ...Object.fromEntries(samples.map(({ name }) => [name, before.control!])),
      }
    }
    if (Object.keys(patch).length > 0) await project.reread(text.newExperiment.settled, patch)
  }

  return { current, joining, cannotJoin, start, again, close, join }
})
