import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from '@dagrejs/dagre'
import { edgeRoutes, type Direction, type Point } from './edge-routes'

export interface LayoutNode {
  readonly id: string
  readonly width: number
  readonly height: number
}

export interface LayoutEdge {
  readonly source: string
  readonly target: string
}

export interface NetworkLayout {
  readonly width: number
  readonly height: number
  /** centres, by node id */
  readonly positions: ReadonlyMap<string, Point>
  /** points of every edge from border to border, in the order of the edges given */
  readonly routes: readonly (readonly Point[])[]
}

/** Pixels: what a page shows without shrinking, and the gaps of a layered drawing. */
const PAGE_WIDTH = 860
const NODE_GAP = 18
const LAYER_GAP = { TB: 46, LR: 64 } as const
const COMPONENT_GAP = 36

interface PlacedComponent {
  readonly width: number
  readonly height: number
  readonly nodes: ReadonlyMap<string, Point>
  readonly edges: readonly { readonly index: number; readonly route: readonly Point[] }[]
}

/**
 * Layers from causes to effects, each connected part on its own, packed in rows of the page's width. Parts that would
 * be wider than the page run from left to right instead of from top to bottom. Depends on its arguments only.
 */
export function layoutNetwork(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  pageWidth = PAGE_WIDTH,
): NetworkLayout {
  const placed = components(nodes, edges).map((part) => {
    const down = layoutComponent(part.nodes, part.edges, 'TB')
    if (down.width <= pageWidth) return down
    const across = layoutComponent(part.nodes, part.edges, 'LR')
    return across.width < down.width ? across : down
  })
  const positions = new Map<string, Point>()
  const routes: Point[][] = edges.map(() => [])
  let [width, height] = [0, 0]
  for (const { part, x, y } of packed(placed, pageWidth)) {
    for (const [id, [px, py]] of part.nodes) positions.set(id, [px + x, py + y])
    for (const edge of part.edges) routes[edge.index] = edge.route.map(([px, py]) => [px + x, py + y])
    width = Math.max(width, x + part.width)
    height = Math.max(height, y + part.height)
  }
  return { width, height, positions, routes }
}

/** Rows of the page's width, the tallest part first; smaller parts stack in columns beside it. */
function packed(
  parts: readonly PlacedComponent[],
  pageWidth: number,
): { part: PlacedComponent; x: number; y: number }[] {
  const rows: { y: number; height: number; columns: { x: number; width: number; used: number }[] }[] = []
  return [...parts]
    .sort((a, b) => b.height - a.height)
    .map((part) => {
      for (const row of rows) {
        for (const column of row.columns)
          if (part.width <= column.width && column.used + COMPONENT_GAP + part.height <= row.height) {
            const y = row.y + column.used + COMPONENT_GAP
            column.used += COMPONENT_GAP + part.height
            return { part, x: column.x, y }
          }
        const last = row.columns[row.columns.length - 1]!
        const x = last.x + last.width + COMPONENT_GAP
        if (x + part.width <= pageWidth) {
          row.columns.push({ x, width: part.width, used: part.height })
          return { part, x, y: row.y }
        }
      }
      const above = rows[rows.length - 1]
      const y = above ? above.y + above.height + COMPONENT_GAP : 0
      rows.push({ y, height: part.height, columns: [{ x: 0, width: part.width, used: part.height }] })
      return { part, x: 0, y }
    })
}

interface Component {
  readonly nodes: LayoutNode[]
  readonly edges: { readonly index: number; readonly edge: LayoutEdge }[]
}

/** Connected parts, the largest first; equal ones in the order of their first node. */
function components(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Component[] {
  const parent = new Map(nodes.map((node) => [node.id, node.id]))
  const root = (id: string): string => {
    let top = id
    while (parent.get(top) !== top) top = parent.get(top)!
    parent.set(id, top)
    return top
  }
  for (const edge of edges) parent.set(root(edge.source), root(edge.target))
  const byRoot = new Map<string, Component>()
  for (const node of nodes) {
    const key = root(node.id)
    if (!byRoot.has(key)) byRoot.set(key, { nodes: [], edges: [] })
    byRoot.get(key)!.nodes.push(node)
  }
  edges.forEach((edge, index) => byRoot.get(root(edge.source))!.edges.push({ index, edge }))
  return [...byRoot.values()].sort((a, b) => b.nodes.length - a.nodes.length)
}

/**
 * Two passes: the first finds the layers; in the second, an edge that passes layers has a point of its own in each of
 * them, so that it is led around the boxes there. An edge against the layers is led as if it ran with them.
 */
function layoutComponent(
  nodes: readonly LayoutNode[],
  edges: Component['edges'],
  direction: Direction,
): PlacedComponent {
  const links = edges.map(({ edge }) => edge)
  const layerOf = layers(positionsOf(nodes, links, direction), direction)
  const led = links.map(({ source, target }, index) => {
    const reversed = layerOf.get(source)! > layerOf.get(target)!
    const [upper, lower] = reversed ? [target, source] : [source, target]
    const between = layerOf.get(lower)! - layerOf.get(upper)! - 1
    const bends = Array.from({ length: between }, (_, step) => `${BEND} ${index} ${step}`)
    return { upper, lower, bends, reversed }
  })
  const centres = positionsOf(
    [...nodes, ...led.flatMap(({ bends }) => bends.map((id) => ({ id, width: 1, height: 1 })))],
    led.flatMap(({ upper, lower, bends }) => {
      const stops = [upper, ...bends, lower]
      return stops.slice(1).map((target, step) => ({ source: stops[step]!, target }))
    }),
    direction,
  )
  const boxes = new Map(nodes.map((node) => [node.id, node]))
  const routes = edgeRoutes(
    led.map(({ upper, lower, bends }) => ({
      source: upper,
      target: lower,
      from: centres.get(upper)!,
      fromBox: boxes.get(upper)!,
      to: centres.get(lower)!,
      toBox: boxes.get(lower)!,
      bends: bends.map((id) => centres.get(id)!),
    })),
    direction,
  )
  return moveToOrigin(
    nodes,
    centres,
    edges.map(({ index }, position) => ({
      index,
      route: led[position]!.reversed ? routes[position]!.toReversed() : routes[position]!,
    })),
  )
}

/** Ids of nodes are numbers of genes, so no node can have such an id. */
const BEND = 'bend'

/** Centres as dagre puts them. */
function positionsOf(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  direction: Direction,
): Map<string, Point> {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: true, compound: true })
  graph.setGraph({ rankdir: direction, nodesep: NODE_GAP, ranksep: LAYER_GAP[direction] })
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height })
  edges.forEach(({ source, target }, index) =>
    graph.setEdge(source, target, { minlen: 1, weight: 1 }, `edge ${index}`),
  )
  layout(graph)
  return new Map(nodes.map(({ id }) => [id, centreOf(graph, id)]))
}

function centreOf(graph: Graph<GraphLabel, NodeLabel, EdgeLabel>, id: string): Point {
  const { x, y } = graph.node(id) as { readonly x: number; readonly y: number }
  return [x, y]
}

/** Number of the layer of each node; the centres of a layer lie on one line. */
function layers(centres: ReadonlyMap<string, Point>, direction: Direction): Map<string, number> {
  const along = (point: Point): number => Math.round(point[direction === 'TB' ? 1 : 0])
  const lines = [...new Set([...centres.values()].map(along))].sort((a, b) => a - b)
  return new Map([...centres].map(([id, centre]) => [id, lines.indexOf(along(centre))]))
}

function moveToOrigin(
  nodes: readonly LayoutNode[],
  centres: ReadonlyMap<string, Point>,
  edges: PlacedComponent['edges'],
): PlacedComponent {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  const include = (x: number, y: number, halfWidth: number, halfHeight: number): void => {
    left = Math.min(left, x - halfWidth)
    right = Math.max(right, x + halfWidth)
    top = Math.min(top, y - halfHeight)
    bottom = Math.max(bottom, y + halfHeight)
  }
  for (const node of nodes) include(...centres.get(node.id)!, node.width / 2, node.height / 2)
  for (const edge of edges) for (const [x, y] of edge.route) include(x, y, 0, 0)
  const move = ([x, y]: Point): Point => [x - left, y - top]
  return {
    width: right - left,
    height: bottom - top,
    nodes: new Map(nodes.map(({ id }) => [id, move(centres.get(id)!)])),
    edges: edges.map((edge) => ({ index: edge.index, route: edge.route.map(move) })),
  }
}
