import type { ComputedRef, Ref, ShallowRef } from 'vue'
import { follow, type Place, type Step } from '../../services/follow-edge'
import type { Point } from '../../services/point'
import { useNetworkView } from '../../stores/network-view'
import { useRuns } from '../../stores/runs'
import { useSelection, type Selection } from '../../stores/selection'
import type { GraphController } from './graph-controller'
import type { GraphItem } from './graph-item'
import type { GraphEdits } from './use-graph-edits'

const STEPS: Readonly<Record<string, Step>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}
const KEYS: Readonly<Record<string, string>> = {
  r: 'toggle-required',
  x: 'toggle-forbidden',
  delete: 'free',
  n: 'note',
  h: 'hide',
}
/** how far Shift and an arrow move a gene, in the unit of the layout */
const NUDGE: Readonly<Record<Step, Point>> = {
  up: { x: 0, y: -20 },
  down: { x: 0, y: 20 },
  left: { x: -20, y: 0 },
  right: { x: 20, y: 0 },
}

interface GraphKeysContext {
  readonly graph: ShallowRef<GraphController | null>
  /** the end of the selected edge from which the arrows go on */
  readonly anchor: Ref<string | null>
  readonly inGraph: ComputedRef<readonly string[]>
  readonly edits: GraphEdits
  /** a menu has the keys */
  isBusy(): boolean
  announce(): void
  toggle(gene: string): void
  pickAll(): void
  moved(places: ReadonlyMap<string, Point>): void
  inspect(): void
  /** @param now null = of the canvas itself */
  openMenu(now: Selection | null): void
}

export const itemOf = (now: Selection): GraphItem =>
  now.kind === 'edge'
    ? { kind: 'edge', edge: { source: now.source, target: now.target } }
    : { kind: 'gene', gene: now.gene }

/** The keys of the canvas: arrows follow edges, letters edit, the rest is of the view. */
export function useGraphKeys(context: GraphKeysContext): { onKey(event: KeyboardEvent): void } {
  const network = useNetworkView()
  const selection = useSelection()
  const runs = useRuns()
  const { graph, anchor, inGraph, edits } = context

  function placeOf(now: Selection | null): Place | null {
    if (!now) return null
    if (now.kind === 'edge') return { kind: 'edge', edge: now, anchor: anchor.value ?? now.source }
    return { kind: 'gene', gene: now.gene }
  }
  function step(direction: Step): void {
    const next = follow(placeOf(selection.current), direction, network.shown, inGraph.value)
    if (!next) return
    if (next.kind === 'edge') {
      selection.selectEdge(next.edge)
      anchor.value = next.anchor
    } else selection.selectGene(next.gene)
    context.announce()
  }
  /** Genes that are picked together are acted upon, whether one of them is selected or not. */
  function firstPicked(): Selection | null {
    const [gene] = network.picked
    return gene === undefined ? null : { kind: 'gene', gene }
  }
  /** Genes that are picked together move together. */
  function nudge(gene: string, direction: Step): void {
    const by = NUDGE[direction]
    const places = new Map<string, Point>()
    for (const name of network.picked.has(gene) ? network.picked : [gene]) {
      const from = network.positions.get(name)
      if (from) places.set(name, { x: from.x + by.x, y: from.y + by.y })
    }
    context.moved(places)
  }

  function onKey(event: KeyboardEvent): void {
    if (context.isBusy() || event.altKey) return
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== 'a') return
      context.pickAll()
      event.preventDefault()
      event.stopPropagation()
      return
    }
    const now = selection.current ?? firstPicked()
    const direction = STEPS[event.key]
    const command = KEYS[event.key.toLowerCase()]
    if (direction && event.shiftKey && now?.kind === 'gene') nudge(now.gene, direction)
    else if (direction) step(direction)
    else if (event.key === 'Enter' && now) context.inspect()
    else if (event.key === ' ' && now && now.kind !== 'edge') context.toggle(now.gene)
    else if (event.key === 'Escape' && network.drawing) network.drawing = false
    else if (event.key === 'Escape' && network.picked.size > 0) network.picked = new Set()
    else if (event.key === 'Escape' && selection.current && runs.job === null) selection.clear()
    else if (event.key === '0') graph.value?.fit()
    else if (event.key === '+' || event.key === '=') graph.value?.zoom(1.25)
    else if (event.key === '-') graph.value?.zoom(0.8)
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) context.openMenu(now)
    else if (!command || !now || !edits.run(command, itemOf(now))) return
    event.preventDefault()
    event.stopPropagation()
  }
  return { onKey }
}
