import { defineStore } from 'pinia'
import { computed, shallowRef, type ShallowRef } from 'vue'
import type { RunEstimate } from '../../src-shared/contract/engine-info'
import type { AppError } from '../../src-shared/contract/errors'
import type { FoundGene, GeneTable } from '../../src-shared/contract/gene-table'
import type { SampleQualityView } from '../../src-shared/contract/sample-quality'
import { host } from '../services/host'
import { text } from '../strings'
import { asAppError, useEngine } from './engine'
import { useNotices } from './notices'
import { useProject } from './project'

interface Held<T> {
  readonly key: string
  readonly answer: T | null
  readonly error: AppError | null
}

/** What is asked of the open dataset before a run: its genes, the quality of its samples, estimates. Each is asked for once. */
export const useBeforeRun = defineStore('before-run', () => {
  const engine = useEngine()
  const project = useProject()
  const notices = useNotices()
  const heldGenes = shallowRef<Held<GeneTable> | null>(null)
  const heldQuality = shallowRef<Held<SampleQualityView> | null>(null)

  const datasetId = computed(() => project.dataset?.datasetId ?? null)
  /** a dataset with blocking points has neither */
  const ready = computed(() => datasetId.value !== null && project.blocking.length === 0)

  async function ask<T>(
    held: ShallowRef<Held<T> | null>,
    key: string,
    call: () => Promise<T>,
  ): Promise<void> {
    if (held.value?.key === key && !held.value.error) return
    // what is shown stays until the new answer is there
    held.value = { key, answer: held.value?.answer ?? null, error: null }
    try {
      const answer = await call()
      if (held.value.key === key) held.value = { key, answer, error: null }
    } catch (error) {
      if (held.value.key === key) held.value = { key, answer: null, error: asAppError(error) }
    }
  }

  async function listGenes(): Promise<void> {
    const id = datasetId.value
    if (id === null || !ready.value) return
    await ask(heldGenes, id, () => engine.call('dataset.genes', { datasetId: id }))
  }

  async function compareSamples(): Promise<void> {
    const id = datasetId.value
    if (id === null || !ready.value) return
    const { knownTargets } = project.settings
    await ask(heldQuality, `${id} ${JSON.stringify(knownTargets)}`, () =>
      engine.call('dataset.quality', { datasetId: id, knownTargets }),
    )
  }

  async function find(names: readonly string[]): Promise<readonly FoundGene[]> {
    const id = datasetId.value
    return id === null ? [] : engine.call('dataset.findGenes', { datasetId: id, names: [...names] })
  }

  /** @returns null when it cannot be told */
  async function estimate(genes?: number): Promise<RunEstimate | null> {
    const id = datasetId.value
    if (id === null || !ready.value) return null
    try {
      return await engine.call('analysis.estimate', { datasetId: id, settings: project.settings, genes })
    } catch {
      return null
    }
  }

  async function saveDropped(): Promise<void> {
    const id = datasetId.value
    if (id === null) return
    try {
      const { fileName, bytes, mediaType } = await engine.call('dataset.droppedGenes', { datasetId: id })
      const name = await host.save(fileName, bytes, mediaType)
      if (name !== null) notices.show(text.report.saved(name), 'ok')
    } catch (error) {
      notices.show(asAppError(error).message, 'bad')
    }
  }

  return {
    ready,
    genes: computed(() => heldGenes.value?.answer ?? null),
    genesError: computed(() => heldGenes.value?.error ?? null),
    quality: computed(() => heldQuality.value?.answer ?? null),
    qualityError: computed(() => heldQuality.value?.error ?? null),
    listGenes,
    compareSamples,
    find,
    estimate,
    saveDropped,
  }
})
