import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ReadOptions, ReadOptionsInput } from '../../src-shared/contract/dataset-source'
import type { DatasetSummary } from '../../src-shared/contract/dataset-summary'
import type { GrantedFileHandle } from '../../src-shared/contract/host'
import { EMPTY_STATE, type ProjectState } from '../../src-shared/contract/project-state'
import { constraintConflicts } from '../../src-shared/domain/constraint-conflicts'
import { DEFAULT_SETTINGS, type KnownTargets, type RunSettings } from '../../src-shared/domain/run-settings'
import type { Draft } from '../services/edits'
import { redoStep, undoStep, type History } from '../services/history'
import { text } from '../strings'
import { useEngine } from './engine'
import { projectEdits } from './project-edits'
import { projectHistory } from './project-history'
import { dataReading } from './read-data'

/** The open data and everything the user decided about them, with undo. */
export const useProject = defineStore('project', () => {
  const engine = useEngine()
  const dataset = shallowRef<DatasetSummary | null>(null)
  const fileNames = ref<Readonly<Record<string, string>>>({})
  const { reading, error: readError, readWith, cancel: cancelReading } = dataReading()

  /** the identifier under which the engine keeps this project; null = not yet */
  const keptAs = ref<string | null>(null)
  /** one of the bundled examples was opened in this window */
  const isExample = ref(false)
  /** writes what is not kept yet; set by the store of the project file */
  const keepNow = shallowRef<() => Promise<void>>(() => Promise.resolve())

  const steps = projectHistory()
  const { history, state, record } = steps
  const draft = computed<Draft>(() => state.value)
  const settings = computed(() => state.value.settings)
  const read = computed(() => state.value.read)
  const look = computed(() => state.value.look)
  const notes = computed(() => state.value.notes)
  const genes = computed(() => dataset.value?.genes ?? [])
  const conflicts = computed(() =>
    dataset.value ? constraintConflicts(settings.value.constraints, dataset.value.genes) : [],
  )
  const blocking = computed(
    () => dataset.value?.findings.filter((finding) => finding.level === 'blocking') ?? [],
  )
  const perturbed = computed(
    () => dataset.value?.environments.filter((e) => !e.isControl && e.name !== '') ?? [],
  )
  const canRun = computed(
    () =>
      dataset.value !== null &&
      !reading.value &&
      blocking.value.length === 0 &&
      conflicts.value.length === 0 &&
      perturbed.value.length > 0,
  )

  function adopt(summary: DatasetSummary, fresh: boolean): void {
    dataset.value = summary
    readError.value = null
    if (!fresh) return
    steps.startWith({
      ...EMPTY_STATE,
      settings: { ...DEFAULT_SETTINGS, knownTargets: knownFrom(summary.knownTargets) },
      read: summary.read,
    })
  }

  /** Reads newly chosen files; the earlier data stay when that fails. */
  async function openFiles(files: readonly GrantedFileHandle[]): Promise<boolean> {
    const first = files[0]
    if (!first) return false
    const options: ReadOptionsInput = { files: files.map((file) => file.handle) }
    const summary = await readWith(first.name, (signal, onProgress) =>
      engine.call('dataset.read', options, { signal, onProgress }),
    )
    if (!summary) return false
    isExample.value = false
    fileNames.value = Object.fromEntries(files.map((file) => [file.handle, file.name]))
    adopt(summary, true)
    return true
  }

  async function openExample(exampleId: string, title: string): Promise<boolean> {
    const summary = await readWith(title, (signal, onProgress) =>
      engine.call('example.open', { exampleId }, { signal, onProgress }),
    )
    if (!summary) return false
    adopt(summary, true)
    isExample.value = true
    return true
  }

  /** After a reload: the data of a run that the engine still holds. */
  async function restore(datasetId: string, used: RunSettings): Promise<void> {
    if (dataset.value?.datasetId === datasetId) return
    try {
      const summary = await engine.call('dataset.summary', { datasetId })
      dataset.value = summary
      steps.startWith({ ...state.value, settings: used, read: summary.read })
    } catch {
      openSettingsOnly(used)
    }
  }

  /** Data that the engine has read already, as a project that begins with these settings. */
  async function openRead(datasetId: string, used: RunSettings): Promise<boolean> {
    const summary = await engine.call('dataset.summary', { datasetId }).catch(() => null)
    if (!summary) return false
    isExample.value = false
    adopt(summary, true)
    steps.startWith({ ...state.value, settings: used })
    return true
  }

  /** The history of a project that was opened; its data are read by `readPresent`. */
  function load(opened: History<ProjectState>): void {
    cancelReading()
    steps.load(opened)
    dataset.value = null
    readError.value = null
    fileNames.value = {}
  }

  /**
   * The data as the present state reads them.
   * @param known what an earlier window had open, taken when it was read in the same way
   */
  async function readPresent(name: string, known: string | null = null): Promise<void> {
    const wanted = read.value
    if (!wanted) return
    const summary =
      (await knownDataset(known, wanted)) ??
      (await readWith(name, (signal, onProgress) =>
        engine.call('dataset.read', wanted, { signal, onProgress }),
      ))
    if (summary && read.value === wanted) dataset.value = summary
  }

  async function knownDataset(known: string | null, wanted: ReadOptions): Promise<DatasetSummary | null> {
    if (known === null) return null
    try {
      const summary = await engine.call('dataset.summary', { datasetId: known })
      return JSON.stringify(summary.read) === JSON.stringify(wanted) ? summary : null
    } catch {
      return null // closed meanwhile: it is read again
    }
  }

  /** A stored result without its table: its settings can be looked at, not run. */
  function openSettingsOnly(used: RunSettings): void {
    dataset.value = null
    steps.startWith({ ...state.value, settings: used, read: null })
  }

  /** Changes how the files are read. The step is only recorded when the files could be read that way. */
  async function reread(label: string, patch: Partial<ReadOptionsInput>): Promise<boolean> {
    const before = read.value
    if (!before) return false
    const summary = await readAgain({ ...before, ...patch })
    if (!summary) return false
    // a sheet that is added later brings its targets; what was said by hand stays
    const settings = patch.sampleSheet
      ? {
          ...state.value.settings,
          knownTargets: { ...knownFrom(summary.knownTargets), ...state.value.settings.knownTargets },
        }
      : state.value.settings
    record(label, { read: summary.read, settings })
    adopt(summary, false)
    return true
  }

  const readAgain = (options: ReadOptionsInput): Promise<DatasetSummary | null> =>
    readWith(dataset.value?.name ?? '', (signal, onProgress) =>
      engine.call('dataset.read', options, { signal, onProgress }),
    )

  /** where undo and redo are going while the files are still read that way */
  let heading: History<ProjectState> | null = null

  /** A second press while the first still reads goes one step further. */
  async function move(to: (history: History<ProjectState>) => History<ProjectState>): Promise<void> {
    const from = heading ?? history.value
    const next = to(from)
    if (next === from) return
    const wanted = next.present.read
    if (wanted && wanted !== read.value) {
      heading = next
      const summary = await readAgain(wanted)
      if (heading !== next) return
      heading = null
      if (!summary) return
      adopt(summary, false)
    } else if (heading) {
      heading = null
      cancelReading()
    }
    steps.moveTo(next)
  }

  /**
   * Known targets of experiments, as one step; null takes them away. They can be any genes of the file.
   */
  function nameTargets(label: string, changes: Readonly<Record<string, KnownTargets | null>>): void {
    const knownTargets: RunSettings['knownTargets'] = Object.fromEntries(
      Object.entries({ ...settings.value.knownTargets, ...changes }).flatMap(([name, known]) =>
        known ? [[name, known]] : [],
      ),
    )
    const analysed = new Set(genes.value)
    const missing = Object.values(changes)
      .flatMap((known) => known?.genes ?? [])
      .filter((gene) => !analysed.has(gene))
    if (missing.length > 0 && read.value) void keepTargets(label, missing, knownTargets)
    else record(label, { settings: { ...settings.value, knownTargets } })
  }
  const setKnown = (environment: string, known: KnownTargets | null): void =>
    nameTargets(text.undo.known(environment), { [environment]: known })
  /** Targets that lost the choice of genes are taken into the network; both are one step. */
  async function keepTargets(
    label: string,
    missing: readonly string[],
    knownTargets: RunSettings['knownTargets'],
  ): Promise<void> {
    const before = read.value
    if (!before) return
    const targetGenes = [...new Set([...before.targetGenes, ...missing])]
    const summary = await readAgain({ ...before, targetGenes })
    if (!summary) return
    record(label, { read: summary.read, settings: { ...settings.value, knownTargets } })
    adopt(summary, false)
  }
  /** Back to the draft a run was made from, as one undoable step; how things look stays. */
  async function discardTo({ settings: used, read: wanted }: Draft, label: string): Promise<void> {
    if (wanted && JSON.stringify(wanted) !== JSON.stringify(read.value)) {
      const summary = await readAgain(wanted)
      if (!summary) return
      adopt(summary, false)
      record(label, { settings: used, read: summary.read })
    } else record(label, { settings: used })
  }

  return {
    dataset,
    fileNames,
    reading,
    readError,
    history,
    state,
    edits: steps.edits,
    isSaved: steps.isSaved,
    undoLabel: steps.undoLabel,
    redoLabel: steps.redoLabel,
    record,
    placeGenes: steps.placeGenes,
    takeState: steps.takeState,
    keptAs,
    isExample,
    keepNow,
    draft,
    settings,
    read,
    look,
    notes,
    genes,
    conflicts,
    blocking,
    perturbed,
    canRun,
    openFiles,
    openExample,
    load,
    readPresent,
    restore,
    openRead,
    openSettingsOnly,
    reread,
    undo: () => move(undoStep),
    redo: () => move(redoStep),
    setKnown,
    nameTargets,
    ...projectEdits({ state: () => state.value, record }),
    discardTo,
    cancelReading,
    dismissError: () => (readError.value = null),
  }
})

function knownFrom(known: DatasetSummary['knownTargets']): Record<string, KnownTargets> {
  return Object.fromEntries(
    Object.entries(known).map(([name, { genes, complete }]) => [name, { genes: [...genes], complete }]),
  )
}
