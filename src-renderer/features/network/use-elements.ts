import { defineStore } from 'pinia'
import { computed } from 'vue'
import { FOUND_FROM } from '../../services/run-diff'
import { useConstraints } from '../../stores/constraints'
import { useNetworkView } from '../../stores/network-view'
import { useProject } from '../../stores/project'
import { useRuns } from '../../stores/runs'
import { text } from '../../strings'
import { graphElements } from './graph-elements'

/** Small marks at the corner of a gene. */
export interface GeneMarks {
  readonly noted: boolean
  readonly words: string
}

/** An effect of this size, in control sd per control sd, is drawn at full width. */
const FULL_EFFECT = 1.5

/** What the canvas draws, from the other stores. */
export const useElements = defineStore('network-elements', () => {
  const runs = useRuns()
  const project = useProject()
  const constraints = useConstraints()
  const network = useNetworkView()

  const hits = computed(() => {
    const count = new Map<string, number>()
    for (const row of runs.targets) if (row.isTarget) count.set(row.gene, (count.get(row.gene) ?? 0) + 1)
    return count
  })
  /** Not of the edges shown: a gene keeps its size while the threshold moves. */
  const effects = computed(() => {
    const count = new Map<string, number>()
    for (const { source, probability } of runs.edges)
      if (probability >= FOUND_FROM) count.set(source, (count.get(source) ?? 0) + 1)
    return count
  })
  // Each by itself: a gene that was moved changes the look too, and is no reason to draw all elements again.
  const nodeSize = computed(() => project.look.nodeSize)
  const groups = computed(() => project.look.groups)
  const sizeOf = computed(() => {
    if (nodeSize.value === 'equal') return undefined
    const counts = { effects, targets: hits }[nodeSize.value].value
    return (gene: string) => counts.get(gene) ?? 0
  })
  const noted = computed(() => {
    const genes = new Set<string>()
    const edges = new Set<string>()
    for (const { about } of project.notes) {
      if (about.kind === 'gene') genes.add(about.gene)
      if (about.kind === 'edge') edges.add(`${about.source}\u0000${about.target}`)
    }
    return { genes, edges }
  })
  const elements = computed(() => {
    const { scope } = network
    return graphElements({
      genes: network.visibleGenes,
      shown: network.shown,
      constraints: constraints.current,
      targets: new Set(hits.value.keys()),
      keepLonely: !network.hideLonely && scope.kind === 'all',
      centre: scope.kind === 'near' ? scope.genes : [],
      groups: groups.value,
      noted: noted.value.edges,
      sizeOf: sizeOf.value,
      widthOf:
        network.edgeWidth === 'probability'
          ? (row) => row.probability
          : (row) => Math.min(1, Math.abs(row.effect || 0) / FULL_EFFECT),
    })
  })
  /** genes in the picture, in the order of the data */
  const inGraph = computed(() =>
    elements.value.flatMap(({ data }) => (data.gene === undefined ? [] : [String(data.gene)])),
  )
  const marksOf = computed(() => {
    const marks = new Map<string, GeneMarks>()
    for (const gene of inGraph.value) {
      const tier = constraints.tierOf.get(gene)
      const words = [
        constraints.roots.has(gene) ? text.network.rootBadge : '',
        constraints.leaves.has(gene) ? text.network.leafBadge : '',
        tier === undefined ? '' : text.network.tierBadge(tier + 1),
      ].filter(Boolean)
      const isNoted = noted.value.genes.has(gene)
      if (words.length > 0 || isNoted) marks.set(gene, { noted: isNoted, words: words.join(' · ') })
    }
    return marks
  })
  return { elements, inGraph, marksOf }
})
