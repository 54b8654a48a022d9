import { nextTick, onBeforeUnmount, ref, type Ref, type ShallowRef } from 'vue'
import type { ElementDefinition } from 'cytoscape'
import type { LayoutName, NetworkLook } from '../../../src-shared/domain/network-look'
import type { EdgeRow } from '../../services/edge-list'
import type { Point } from '../../services/point'
import { useNetworkView } from '../../stores/network-view'
import { useProject } from '../../stores/project'
import { useRuns } from '../../stores/runs'
import { concentricLayout } from './concentric-layout'
import { createForceLayout } from './force-layout'
import type { GraphController } from './graph-controller'
import { boxSizes, namedEdges, nodeWidth } from './graph-elements'
import { layoutEdges } from './layout-edges'
import { pictureOf, startPictureMaker } from './picture-maker'

/** Edges below this probability pull at no gene. */
const LEAST_PULL = 0.05
/** Work per frame while the force layout runs. */
const SLICE_MS = 12

/** Places for genes: at first, and when the user asks for another layout; never after an edit. */
export function useArrange(
  graph: ShallowRef<GraphController | null>,
  elements: () => readonly ElementDefinition[],
): {
  arranging: Ref<boolean>
  arrange: (layout: LayoutName, seed: number) => Promise<void>
  sizeBy: (size: NetworkLook['nodeSize']) => Promise<void>
  hasMissing: () => boolean
  /** Every gene has a place afterwards, and the ways of the edges are known. */
  prepare: () => Promise<void>
} {
  const runs = useRuns()
  const project = useProject()
  const network = useNetworkView()
  const arranging = ref(false)
  let asked = 0
  onBeforeUnmount(() => asked++)
  startPictureMaker()

  const widthOf = (gene: string): number => graph.value?.widthOf(gene) ?? nodeWidth(gene)

  /** @param places of genes that stay where they are */
  async function layered(
    genes: readonly string[],
    rows: readonly EdgeRow[],
    places: ReadonlyMap<string, Point>,
  ): Promise<ReadonlyMap<string, Point>> {
    const picture = await pictureOf({
      genes,
      places,
      edges: layoutEdges(rows, genes.length).map(({ id, source, target, probability }) => ({
        id,
        source,
        target,
        probability,
      })),
      aspect: graph.value?.aspect() ?? 1,
      drawn: { boxes: boxSizes(elements()), edges: namedEdges(elements()) },
    })
    graph.value?.know(picture)
    return picture.places
  }

  async function placesBy(layout: LayoutName, seed: number): Promise<ReadonlyMap<string, Point> | null> {
    const genes = network.visibleGenes
    const pulling = runs.edges.filter((edge) => edge.probability >= Math.max(network.threshold, LEAST_PULL))
    if (layout === 'concentric') return concentricLayout(genes, pulling, widthOf)
    const own = ++asked
    arranging.value = true
    try {
      if (layout === 'layered') {
        const places = await layered(genes, pulling, new Map())
        return own === asked ? places : null
      }
      const force = createForceLayout(genes, pulling, widthOf, seed)
      while (own === asked && !force.advance(SLICE_MS)) await new Promise(requestAnimationFrame)
      return own === asked ? force.positions() : null
    } finally {
      if (own === asked) arranging.value = false
    }
  }

  async function arrange(layout: LayoutName, seed: number): Promise<void> {
    asked++
    arranging.value = false
    const places = await placesBy(layout, seed)
    if (places) network.arrange(layout, seed, spread(new Map([...network.positions, ...places])))
  }
  /** Larger genes push away those that they would cover; both are one step. */
  async function sizeBy(size: NetworkLook['nodeSize']): Promise<void> {
    network.setNodeSize(size)
    await nextTick()
    network.setNodeSize(size, spread(network.positions))
  }
  const spread = (places: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> =>
    graph.value?.spread(places) ?? places

  const genesNow = (): readonly string[] => runs.view?.genes ?? []
  const hasMissing = (): boolean => genesNow().some((gene) => !network.positions.has(gene))

  async function prepare(): Promise<void> {
    arranging.value = true
    try {
      do {
        const genes = genesNow()
        const missing = hasMissing()
        const known =
          missing && project.look.layout === 'concentric'
            ? new Map([...concentricLayout(genes, runs.edges, widthOf), ...network.positions])
            : network.positions
        const places = await layered(genes, runs.edges, known)
        // Another result may have come meanwhile, whose genes these need not be.
        if (missing && genes === genesNow()) network.positions = places
      } while (graph.value && hasMissing())
    } finally {
      arranging.value = false
    }
  }
  return { arranging, arrange, sizeBy, hasMissing, prepare }
}
