import { onBeforeUnmount, ref, type Ref, type ShallowRef } from 'vue'
import type { LayoutName } from '../../../src-shared/domain/network-look'
import type { Point } from '../../services/point'
import { useNetworkView } from '../../stores/network-view'
import { useProject } from '../../stores/project'
import { useRuns } from '../../stores/runs'
import { concentricLayout } from './concentric-layout'
import { createForceLayout } from './force-layout'
import type { GraphController } from './graph-controller'
import { nodeWidth } from './graph-elements'

/** Edges below this probability pull at no gene. */
const LEAST_PULL = 0.05
/** Work per frame while the force layout runs. */
const SLICE_MS = 12

/** Places for genes: at first, and when the user asks for another layout; never after an edit. */
export function useArrange(graph: ShallowRef<GraphController | null>): {
  arranging: Ref<boolean>
  arrange: (layout: LayoutName, seed: number) => Promise<void>
  /** @returns whether there were genes without a place */
  placeMissing: () => boolean
} {
  const runs = useRuns()
  const project = useProject()
  const network = useNetworkView()
  const arranging = ref(false)
  let asked = 0
  onBeforeUnmount(() => asked++)

  const widthOf = (gene: string): number => graph.value?.widthOf(gene) ?? nodeWidth(gene)

  async function placesBy(layout: LayoutName, seed: number): Promise<Map<string, Point> | null> {
    const genes = network.visibleGenes
    const pulling = runs.edges.filter((edge) => edge.probability >= Math.max(network.threshold, LEAST_PULL))
    if (layout === 'layered') return graph.value?.layered(genes, pulling) ?? null
    if (layout === 'concentric') return concentricLayout(genes, pulling, widthOf)
    const own = ++asked
    const force = createForceLayout(genes, pulling, widthOf, seed)
    arranging.value = true
    while (own === asked && !force.advance(SLICE_MS)) await new Promise(requestAnimationFrame)
    if (own !== asked) return null
    arranging.value = false
    return force.positions()
  }

  async function arrange(layout: LayoutName, seed: number): Promise<void> {
    asked++
    arranging.value = false
    const places = await placesBy(layout, seed)
    if (places) network.arrange(layout, seed, new Map([...network.positions, ...places]))
  }
  function placeMissing(): boolean {
    const genes = runs.view?.genes ?? []
    const missing = genes.filter((gene) => !network.positions.has(gene))
    if (missing.length === 0 || !graph.value) return false
    const { layout } = project.look
    const places =
      layout === 'concentric'
        ? concentricLayout(genes, runs.edges, widthOf)
        : graph.value.layered(genes, runs.edges)
    network.positions = places
    return true
  }
  return { arranging, arrange, placeMissing }
}
