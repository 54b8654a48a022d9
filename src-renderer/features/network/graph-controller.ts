import cytoscape, {
  type Core,
  type EdgeSingular,
  type ElementDefinition,
  type EventObject,
  type NodeSingular,
} from 'cytoscape'
import type { Edge } from '../../../src-shared/domain/constraints'
import { edgeId } from '../../services/edge-list'
import type { Point } from '../../services/point'
import type { Selection } from '../../stores/selection'
import { drawEdges } from './draw-edges'
import { dragTogether } from './drag-together'
import type { Detours, ShapeData } from './edge-detours'
import { boxSizes, edgeKey, namedEdges, nodeKey } from './graph-elements'
import { geneOf, isAdding, itemOf, membersOf, type GraphItem } from './graph-item'
import { badgesOf, cornersOf, overviewOf, type Badge, type Overview } from './graph-overlays'
import { graphStyle } from './graph-style'
import { keepInView } from './keep-in-view'
import type { NamedEdge, NodeBox } from './node-box'

export interface GraphEvents {
  /** @param adding with Shift or Ctrl: the item joins those that are picked */
  readonly onPick: (item: GraphItem | null, adding: boolean) => void
  /** genes inside a box that was drawn with Shift */
  readonly onBox: (genes: readonly string[]) => void
  /** a group was pressed: the genes in it that are drawn */
  readonly onGroup: (genes: readonly string[], adding: boolean) => void
  /** @param item null = the canvas itself */
  readonly onMenu: (item: GraphItem | null, at: Point) => void
  readonly onMoved: (moved: ReadonlyMap<string, Point>) => void
  /** while an edge is drawn, in pixels of the container; null when it ends */
  readonly onDraw: (line: { from: Point; to: Point } | null) => void
  readonly onDrawn: (edge: Edge) => void
  /** after every frame: overlays follow */
  readonly onRender: () => void
}

// Genes that were laid upon each other are for the user to see, not for the console.
cytoscape.warnings(false)

const FIT_PADDING = 36
const LARGEST_FIT = 1.4

/** Owns the cytoscape instance; the component above it decides what is shown. */
export class GraphController {
  readonly #cy: Core
  readonly #drawing: (on: boolean) => void
  readonly #detours: Detours
  readonly #keepInView: () => void
  /** the view as the last fit left it */
  #fitted = ''

  constructor(container: HTMLElement, detours: Detours, events: GraphEvents) {
    this.#detours = detours
    this.#cy = cytoscape({
      container,
      style: graphStyle(),
      minZoom: 0.08,
      maxZoom: 3,
      boxSelectionEnabled: true,
      selectionType: 'single',
      autounselectify: true,
      // A moving picture is a picture of the last still one: panning and zooming stay quick with 1,500 edges.
      textureOnViewport: true,
    })
    this.#cy.on('tap', (event: EventObject) => {
      const members = membersOf(event, this.#cy)
      if (members.length > 0) events.onGroup(members, isAdding(event))
      else events.onPick(itemOf(event, this.#cy), isAdding(event))
    })
    this.#cy.on('cxttap', (event: EventObject) => {
      const item = itemOf(event, this.#cy)
      const [first, ...others] = membersOf(event, this.#cy)
      if (first !== undefined) events.onGroup([first, ...others], false)
      else if (item) events.onPick(item, false)
      events.onMenu(first === undefined ? item : { kind: 'gene', gene: first }, event.renderedPosition)
    })
    dragTogether(this.#cy, (places) => {
      this.#bend()
      events.onMoved(places)
    })
    let boxed: string[] = []
    this.#cy.on('boxstart', () => (boxed = []))
    this.#cy.on('box', 'node[gene]', (event: EventObject) => {
      if (boxed.length === 0) queueMicrotask(() => events.onBox(boxed))
      boxed.push(geneOf(event.target as NodeSingular))
    })
    this.#drawing = drawEdges(this.#cy, events.onDraw, events.onDrawn)
    this.#cy.on('render', events.onRender)
    this.#keepInView = keepInView(
      this.#cy,
      () => this.fit(),
      () => this.#fitted === this.#view(),
    )
  }

  /** Brings the picture to `elements`; what stays keeps its place. */
  show(elements: readonly ElementDefinition[], positions: ReadonlyMap<string, Point>): void {
    const cy = this.#cy
    const wanted = new Set(elements.map((element) => String(element.data.id)))
    const shapeOf = this.#shapes(elements, positions)
    cy.batch(() => {
      const added: ElementDefinition[] = []
      for (const element of elements) {
        const present = cy.getElementById(String(element.data.id))
        const shape = shapeOf.get(String(element.data.id))
        if (present.empty()) {
          const position = positions.get(String(element.data.gene))
          const data = { ...element.data, ...shape }
          added.push({ ...element, data, ...(position && { position: { ...position } }) })
        } else {
          const { parent, ...data } = element.data
          if (Object.entries(data).some(([name, value]) => present.data(name) !== value)) present.data(data)
          if (shape) reshape(present, shape)
          const kept = ['chosen', 'near', 'picked'].filter((name) => present.hasClass(name))
          present.classes([element.classes ?? '', ...kept].join(' '))
          if (element.group === 'nodes' && (present.data('parent') ?? null) !== (parent ?? null)) {
            if (parent !== undefined && cy.getElementById(String(parent)).empty())
              cy.add({ ...elements.find(({ data: { id } }) => id === parent)! })
            present.move({ parent: parent === undefined ? null : String(parent) })
          }
        }
      }
      cy.add(added.filter((element) => cy.getElementById(String(element.data.id)).empty()))
      cy.elements()
        .filter((element) => !wanted.has(element.id()))
        .remove()
    })
  }

  /** What the stylesheet is to read of every edge of `elements`, by its name. */
  #shapes(
    elements: readonly ElementDefinition[],
    positions: ReadonlyMap<string, Point>,
  ): Map<string, ShapeData> {
    const boxes = boxSizes(elements).map((box): NodeBox => {
      const present = this.#cy.getElementById(box.id)
      const at = present.empty() ? positions.get(box.gene) : (present as unknown as NodeSingular).position()
      return { ...box, x: at?.x ?? 0, y: at?.y ?? 0 }
    })
    const edges = namedEdges(elements)
    const shapes = this.#detours.shapes(edges, boxes)
    return new Map(edges.map(({ id }, index) => [id, shapes[index]!]))
  }

  /** After genes have moved. */
  #bend(): void {
    const boxes = this.#cy.nodes('[gene]').map((node): NodeBox => {
      const { x, y } = node.position()
      return { id: node.id(), x, y, halfWidth: node.width() / 2, halfHeight: node.height() / 2 }
    })
    const edges = this.#cy.edges()
    const named = edges.map((edge): NamedEdge => ({
      id: edge.id(),
      source: edge.source().id(),
      target: edge.target().id(),
    }))
    const shapes = this.#detours.shapes(named, boxes)
    this.#cy.batch(() => edges.forEach((edge, index) => reshape(edge, shapes[index]!)))
  }

  place(positions: ReadonlyMap<string, Point>): void {
    const placeOf = (node: NodeSingular): Point => positions.get(geneOf(node)) ?? node.position()
    const moving = this.#cy.nodes('[gene]').filter((node) => {
      const [is, to] = [node.position(), placeOf(node)]
      return is.x !== to.x || is.y !== to.y
    })
    if (moving.empty()) return
    this.#cy.batch(() => moving.forEach((node) => void node.position({ ...placeOf(node) })))
    this.#bend()
  }

  mark(selection: Selection | null, picked: ReadonlySet<string>): void {
    const cy = this.#cy
    cy.batch(() => {
      cy.elements('.chosen, .near, .picked').removeClass('chosen near picked')
      for (const gene of picked) cy.getElementById(nodeKey(gene)).addClass('picked')
      if (!selection) return
      cy.getElementById(keyOf(selection)).addClass('chosen')
      if (selection.kind !== 'edge') return
      cy.getElementById(nodeKey(selection.source)).addClass('near')
      cy.getElementById(nodeKey(selection.target)).addClass('near')
    })
  }

  setDrawing(on: boolean): void {
    this.#drawing(on)
  }

  /** Brings a selected item into view when it is not; never zooms. */
  reveal(selection: Selection): void {
    const element = this.#cy.getElementById(keyOf(selection))
    if (element.empty()) return
    const box = element.boundingBox()
    const seen = this.#cy.extent()
    const inside = box.x1 >= seen.x1 && box.x2 <= seen.x2 && box.y1 >= seen.y1 && box.y2 <= seen.y2
    if (!inside) this.#cy.center(element)
  }

  fit(): void {
    this.#cy.resize()
    this.#cy.fit(undefined, FIT_PADDING)
    if (this.#cy.zoom() > LARGEST_FIT) {
      this.#cy.zoom(LARGEST_FIT)
      this.#cy.center()
    }
    this.#fitted = this.#view()
  }

  /** Zoom and place of the picture; equal as long as the user leaves it. */
  #view(): string {
    const { x, y } = this.#cy.pan()
    return `${this.#cy.zoom()} ${x} ${y}`
  }

  zoom(factor: number): void {
    const center = { x: this.#cy.width() / 2, y: this.#cy.height() / 2 }
    this.#cy.zoom({ level: this.#cy.zoom() * factor, renderedPosition: center })
  }

  /** Puts a point of the layout into the middle. */
  lookAt(point: Point): void {
    const zoom = this.#cy.zoom()
    this.#cy.pan({
      x: this.#cy.width() / 2 - point.x * zoom,
      y: this.#cy.height() / 2 - point.y * zoom,
    })
  }

  overview(): Overview | null {
    return overviewOf(this.#cy)
  }

  badges(): Badge[] {
    return badgesOf(this.#cy)
  }

  corners(genes: Iterable<string>): Map<string, Point> {
    return cornersOf(this.#cy, genes)
  }

  resize(): void {
    this.#keepInView()
  }

  restyle(): void {
    this.#cy.style(graphStyle())
  }

  /** Middle of an item in pixels of the container, for the menu opened by keyboard. */
  screenPosition(selection: Selection): Point | null {
    const element = this.#cy.getElementById(keyOf(selection))
    if (element.empty()) return null
    const box = element.renderedBoundingBox()
    return { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 }
  }

  destroy(): void {
    this.#cy.destroy()
  }
}

/** Only an edge whose way has changed is styled again. */
function reshape(edge: EdgeSingular, shape: ShapeData): void {
  if (String(edge.data('shape') ?? '') === shape.shape) return
  edge.removeData('bend weights distances')
  edge.data(shape)
}

const keyOf = (selection: Selection): string =>
  selection.kind === 'edge' ? edgeKey(edgeId(selection)) : nodeKey(selection.gene)
