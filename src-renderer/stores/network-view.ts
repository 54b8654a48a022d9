import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { DRAWN_AT_MOST, shownEdges } from '../services/edge-list'
import type { Point } from '../services/point'
import { text } from '../strings'
import { useProject } from './project'
import { useRuns } from './runs'

/**
 * What is shown of the network. Positions belong to genes and outlive runs: an edit or a re-run moves nothing. Threshold
 * and positions are part of the project, and so of its undo.
 */
export const useNetworkView = defineStore('network-view', () => {
  const runs = useRuns()
  const project = useProject()
  const threshold = computed({
    get: () => project.look.threshold,
    set: (value) => project.changeLook(text.undo.threshold, { threshold: value }, 'threshold'),
  })
  /** only this gene with its causes and effects */
  const focusGene = ref<string | null>(null)
  const positions = computed<ReadonlyMap<string, Point>>({
    get: () => new Map(project.look.places.map(({ gene, x, y }) => [gene, { x, y }])),
    set: (next) => {
      const places = [...next].map(([gene, { x, y }]) => ({ gene, x, y }))
      const moved = places.filter(({ gene, x, y }) => {
        const at = positions.value.get(gene)
        return at !== undefined && (at.x !== x || at.y !== y)
      })
      if (places.some(({ gene }) => !positions.value.has(gene))) project.placeGenes(places)
      else if (moved.length === 1)
        project.changeLook(text.undo.place(moved[0]!.gene), { places }, `place ${moved[0]!.gene}`)
      else if (moved.length > 1) project.changeLook(text.undo.arrange, { places })
    },
  })

  const above = computed(() => runs.edges.filter((edge) => edge.probability >= threshold.value).length)
  const shown = computed(() => {
    const gene = focusGene.value
    const edges = gene ? runs.edges.filter((e) => e.source === gene || e.target === gene) : runs.edges
    return shownEdges(edges, threshold.value)
  })
  const capped = computed(() => focusGene.value === null && above.value > DRAWN_AT_MOST)

  return { threshold, focusGene, positions, shown, above, capped }
})
