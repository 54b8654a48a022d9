import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { DRAWN_AT_MOST, shownEdges } from '../services/edge-list'
import type { Point } from '../services/point'
import { useRuns } from './runs'

/** What is shown of the network. Positions belong to genes and outlive runs: an edit or a re-run moves nothing. */
export const useNetworkView = defineStore('network-view', () => {
  const runs = useRuns()
  const threshold = ref(0.3)
  /** only this gene with its causes and effects */
  const focusGene = ref<string | null>(null)
  const positions = shallowRef<ReadonlyMap<string, Point>>(new Map())

  const above = computed(() => runs.edges.filter((edge) => edge.probability >= threshold.value).length)
  const shown = computed(() => {
    const gene = focusGene.value
    const edges = gene ? runs.edges.filter((e) => e.source === gene || e.target === gene) : runs.edges
    return shownEdges(edges, threshold.value)
  })
  const capped = computed(() => focusGene.value === null && above.value > DRAWN_AT_MOST)

  return { threshold, focusGene, positions, shown, above, capped }
})
