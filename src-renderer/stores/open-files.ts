import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { AppError } from '../../src-shared/contract/errors'
import type { ExampleInfo } from '../../src-shared/contract/engine-info'
import type { GrantedFileHandle } from '../../src-shared/contract/host'
import { host } from '../services/host'
import { asAppError, useEngine } from './engine'
import { useNewExperiment } from './new-experiment'
import { useProject } from './project'
import { useProjectFile } from './project-file'
import { useRoute } from './route'
import { useRuns } from './runs'

const isResult = (name: string): boolean => /\.json(\.gz)?$/i.test(name)
const isProject = (name: string): boolean => /\.metacadi(\.bak)?$|\.html?$/i.test(name)

/** Every way in which files come into the window: dialog, drop, example. */
export const useOpenFiles = defineStore('open-files', () => {
  const engine = useEngine()
  const project = useProject()
  const route = useRoute()
  const runs = useRuns()
  const projectFile = useProjectFile()
  const newExperiment = useNewExperiment()

  const error = shallowRef<AppError | null>(null)
  const busy = ref<string | null>(null)
  const examples = shallowRef<readonly ExampleInfo[] | null>(null)
  const examplesError = shallowRef<AppError | null>(null)
  /** a table that was dropped on a result and can be meant in two ways */
  const question = shallowRef<GrantedFileHandle | null>(null)

  async function attempt(name: string, work: () => Promise<void>): Promise<void> {
    busy.value = name
    error.value = null
    try {
      await work()
    } catch (failure) {
      const known = asAppError(failure)
      if (known.code !== 'CANCELLED') error.value = known
    } finally {
      busy.value = null
    }
  }

  async function open(files: readonly GrantedFileHandle[]): Promise<void> {
    const whole = files.find((file) => isProject(file.name))
    if (whole) {
      await projectFile.open(whole)
      return
    }
    const stored = files.find((file) => isResult(file.name))
    if (stored) {
      await projectFile.beginWith(async () => {
        await runs.openStored(stored)
        return true
      }, true)
      return
    }
    if (files.length === 0) return
    route.go({ name: 'import' })
    await projectFile.beginWith(() => project.openFiles(files))
  }

  const choose = (): Promise<void> =>
    attempt('', async () => {
      await open(await host.chooseFiles('tables'))
    })

  const drop = (files: readonly File[]): Promise<void> =>
    attempt(files[0]?.name ?? '', async () => {
      const granted: GrantedFileHandle[] = []
      for (const file of files) granted.push(await host.grantDropped(file))
      const [only] = granted
      const onResult = route.current.name === 'results' && runs.view !== null
      const isTable = only && !isResult(only.name) && !isProject(only.name)
      if (onResult && isTable && granted.length === 1) question.value = only
      else await open(granted)
    })

  async function answer(as: 'experiment' | 'data' | null): Promise<void> {
    const file = question.value
    question.value = null
    if (!file || !as) return
    await attempt(file.name, async () => {
      if (as === 'experiment') await newExperiment.start(file)
      else await open([file])
    })
  }

  const chooseExperiment = (): Promise<void> =>
    attempt('', async () => {
      const [file] = await host.chooseFiles('tables')
      if (!file) return
      busy.value = file.name
      await newExperiment.start(file)
    })

  const openAsData = (file: GrantedFileHandle): Promise<void> => attempt(file.name, () => open([file]))

  async function loadExamples(): Promise<void> {
    try {
      examples.value = await engine.call('example.list', {})
      examplesError.value = null
    } catch (failure) {
      const known = asAppError(failure)
      // While the engine is away the window says so; the start page asks again when it is back.
      examplesError.value = known.code === 'DISCONNECTED' ? null : known
    }
  }

  const openExample = (example: ExampleInfo, runAtOnce: boolean): Promise<void> =>
    attempt(example.title, async () => {
      if (!runAtOnce) route.go({ name: 'import' })
      const read = (): Promise<boolean> => project.openExample(example.id, example.title)
      if (!(await projectFile.beginWith(read))) {
        error.value = project.readError
        return
      }
      if (!runAtOnce) return
      route.go({ name: 'run' })
      await runs.run()
    })

  function dismissProblem(): void {
    project.dismissError()
    error.value = null
  }
  /** What went wrong on a page is about that page: it does not go along to the next one. */
  watch(
    () => route.current.name,
    () => {
      if (busy.value === null) dismissProblem()
    },
  )

  return {
    error,
    busy,
    examples,
    examplesError,
    question,
    choose,
    chooseExperiment,
    drop,
    answer,
    openAsData,
    resume: (projectId: string, name: string) => attempt(name, () => projectFile.resume(projectId)),
    loadExamples,
    openExample,
    dismissError: () => (error.value = null),
    /** why the last file, or the last change of how the files are read, was refused */
    problem: computed(() => project.readError ?? error.value),
    dismissProblem,
  }
})
