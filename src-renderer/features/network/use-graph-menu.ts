import { computed, ref, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { PopMenuItem } from '../../components/PopMenu.vue'
import type { Point } from '../../services/point'
import { useNetworkView } from '../../stores/network-view'
import type { Selection } from '../../stores/selection'
import { text } from '../../strings'
import type { GraphController } from './graph-controller'
import type { GraphItem } from './graph-item'
import { canvasMenu, graphMenu } from './graph-menu'
import type { GraphEdits } from './use-graph-edits'
import { itemOf } from './use-graph-keys'

interface GraphMenuContext {
  readonly graph: ShallowRef<GraphController | null>
  readonly edits: GraphEdits
  inspect(): void
  pickAll(): void
  arrange(): void
  /** the canvas has the keys again */
  focus(): void
}

export interface GraphMenu {
  /** what the open menu is about (null = the canvas itself), and where it lies in the canvas */
  readonly menu: Ref<{ item: GraphItem | null; at: Point } | null>
  readonly items: ComputedRef<PopMenuItem[]>
  readonly label: ComputedRef<string>
  choose(id: string): void
  close(): void
  /** Opens it without the pointer. */
  openFor(now: Selection | null): void
}

/** Where the menu lies that was opened without the pointer and is about no item. */
const CORNER: Point = { x: 24, y: 24 }

/** The context menu of the canvas: of an edge, of one or more genes, or of the network. */
export function useGraphMenu(context: GraphMenuContext): GraphMenu {
  const network = useNetworkView()
  const words = text.network
  const { graph, edits } = context
  const menu = ref<{ item: GraphItem | null; at: Point } | null>(null)

  const items = computed(() => {
    const item = menu.value?.item
    if (item) return graphMenu(item, edits.facts(item))
    return canvasMenu({ hidden: network.hidden.size, drawing: network.drawing })
  })
  const label = computed(() => {
    const item = menu.value?.item
    if (!item) return words.label
    if (item.kind === 'edge') return words.menuEdge(item.edge.source, item.edge.target)
    const { genes } = edits.facts(item)
    return genes.length > 1 ? words.menuGenes(genes.length) : words.menuGene(item.gene)
  })

  function close(): void {
    if (!menu.value) return
    menu.value = null
    context.focus()
  }
  function choose(id: string): void {
    const item = menu.value?.item
    close()
    if (!item) runOnCanvas(id)
    else if (id === 'inspect') context.inspect()
    else edits.run(id, item)
  }
  function runOnCanvas(id: string): void {
    if (id === 'all') context.pickAll()
    else if (id === 'show') network.showAll()
    else if (id === 'fit') graph.value?.fit()
    else if (id === 'arrange') context.arrange()
    else if (id === 'draw') network.drawing = !network.drawing
  }
  function openFor(now: Selection | null): void {
    const at = now && graph.value?.screenPosition(now)
    menu.value = now && at ? { item: itemOf(now), at } : { item: null, at: CORNER }
  }
  return { menu, items, label, choose, close, openFor }
}
