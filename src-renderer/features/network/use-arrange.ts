import { defineStore, storeToRefs } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { LayoutName, NetworkLook } from '../../../src-shared/domain/network-look'
import type { EdgeRow } from '../../services/edge-list'
import type { Point } from '../../services/point'
import { useNetworkView } from '../../stores/network-view'
import { useProject } from '../../stores/project'
import { useRuns } from '../../stores/runs'
import { concentricLayout } from './concentric-layout'
import { createDetours } from './edge-detours'
import { createForceLayout } from './force-layout'
import { boxSizes, namedEdges, nodeWidth } from './graph-elements'
import { layoutEdges } from './layout-edges'
import { pictureOf } from './picture-maker'
import { separateGenes } from './separate-genes'
import { useElements } from './use-elements'

/** Edges below this probability pull at no gene. */
const LEAST_PULL = 0.05
/** Work per frame while the force layout runs. */
const SLICE_MS = 12
/** Width of the picture as a share of its height, where it can be chosen: one for all screens, so that a result looks the same on each. */
const ASPECT = 1.8

/** Places for genes, and ways of edges around them: at first, and when the user asks for another layout; never after an edit. */
export const useArrange = defineStore('network-places', () => {
  const runs = useRuns()
  const project = useProject()
  const network = useNetworkView()
  const { elements } = storeToRefs(useElements())
  const detours = createDetours()
  const arranging = ref(false)
  const preparing = shallowRef<Promise<void> | null>(null)
  /** the genes for which a picture was prepared last */
  let prepared: readonly string[] = []
  let asked = 0

  function widths(): (gene: string) => number {
    const drawn = new Map(boxSizes(elements.value).map(({ gene, halfWidth }) => [gene, 2 * halfWidth]))
    return (gene) => drawn.get(gene) ?? nodeWidth(gene)
  }

  /** @param places of genes that stay where they are */
  async function layered(
    genes: readonly string[],
    rows: readonly EdgeRow[],
    places: ReadonlyMap<string, Point>,
  ): Promise<ReadonlyMap<string, Point>> {
    const edges = layoutEdges(rows, genes.length)
    const picture = await pictureOf({
      genes,
      places,
      edges: edges.map(({ id, source, target, probability }) => ({ id, source, target, probability })),
      aspect: ASPECT,
      drawn: { boxes: boxSizes(elements.value), edges: namedEdges(elements.value) },
    })
    detours.know(picture.boxes, picture.detours)
    return picture.places
  }

  async function placesBy(layout: LayoutName, seed: number): Promise<ReadonlyMap<string, Point> | null> {
    const genes = network.visibleGenes
    const pulling = runs.edges.filter((edge) => edge.probability >= Math.max(network.threshold, LEAST_PULL))
    const own = ++asked
    if (layout === 'concentric') return concentricLayout(genes, pulling, widths())
    arranging.value = true
    try {
      if (layout === 'layered') {
        const places = await layered(genes, pulling, new Map())
        return own === asked ? places : null
      }
      const force = createForceLayout(genes, pulling, widths(), seed)
      while (own === asked && !force.advance(SLICE_MS)) await new Promise(requestAnimationFrame)
      return own === asked ? force.positions() : null
    } finally {
      if (own === asked) arranging.value = false
    }
  }

  async function arrange(layout: LayoutName, seed: number): Promise<void> {
    arranging.value = false
    const places = await placesBy(layout, seed)
    if (places) network.arrange(layout, seed, spread(new Map([...network.positions, ...places])))
  }
  /** The same places, with genes moved apart that would cover each other as they are drawn now. */
  function spread(places: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> {
    const boxes = boxSizes(elements.value).map(({ gene, halfWidth, halfHeight }) => ({
      ...(places.get(gene) ?? { x: 0, y: 0 }),
      id: gene,
      halfWidth,
      halfHeight,
    }))
    return new Map([...places, ...separateGenes(boxes)])
  }
  /** Larger genes push away those that they would cover; both are one step. */
  function sizeBy(size: NetworkLook['nodeSize']): void {
    network.setNodeSize(size)
    network.setNodeSize(size, spread(network.positions))
  }
  /** A layout that is still at work is not wanted any more. */
  function stop(): void {
    asked++
    arranging.value = false
  }

  const genesNow = (): readonly string[] => runs.view?.genes ?? []
  const hasMissing = (): boolean => genesNow().some((gene) => !network.positions.has(gene))
  const isPrepared = (): boolean => {
    const genes = genesNow()
    return (
      prepared.length === genes.length && prepared.every((gene, at) => gene === genes[at]) && !hasMissing()
    )
  }

  async function makeReady(): Promise<void> {
    do {
      const genes = genesNow()
      const missing = hasMissing()
      const known =
        missing && project.look.layout === 'concentric'
          ? new Map([...concentricLayout(genes, runs.edges, widths()), ...network.positions])
          : network.positions
      const places = await layered(genes, runs.edges, known)
      // Another result may have come meanwhile, whose genes these need not be.
      if (genes !== genesNow()) continue
      if (missing) network.positions = places
      prepared = genes
    } while (!isPrepared())
  }

  /** Every gene of the result has a place afterwards, and the ways of the drawn edges are known. */
  function prepare(): Promise<void> {
    preparing.value ??= makeReady().finally(() => (preparing.value = null))
    return preparing.value
  }

  return { arranging, preparing, detours, arrange, sizeBy, stop, hasMissing, isPrepared, prepare }
})
