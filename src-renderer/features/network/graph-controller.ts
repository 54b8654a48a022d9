import cytoscape, { type Core, type ElementDefinition, type EventObject } from 'cytoscape'
import dagre from 'cytoscape-dagre'
import type { Edge } from '../../../src-shared/domain/constraints'
import type { EdgeRow } from '../../services/edge-list'
import type { Point } from '../../services/point'
import type { Selection } from '../../stores/selection'
import { edgeKey, nodeKey } from './graph-elements'
import { freePlace } from './badge-place'
import { layoutGenes } from './graph-layout'
import { graphStyle } from './graph-style'

cytoscape.use(dagre)

export type GraphItem =
  { readonly kind: 'gene'; readonly gene: string } | { readonly kind: 'edge'; readonly edge: Edge }

export interface GraphEvents {
  readonly onPick: (item: GraphItem | null) => void
  readonly onMenu: (item: GraphItem, at: Point) => void
  readonly onMoved: (gene: string, at: Point) => void
  /** after every frame: overlays follow */
  readonly onRender: () => void
}

export interface Badge {
  readonly id: string
  readonly state: 'required' | 'forbidden'
  readonly at: Point
}

const FIT_PADDING = 36
/** least distance between the picture and the edge of its panel after the panel shrank, in pixels */
const EDGE_ROOM = 6
const LARGEST_FIT = 1.4

/** Owns the cytoscape instance; the component above it decides what is shown. */
export class GraphController {
  readonly #cy: Core
  readonly #scratch: Core

  constructor(container: HTMLElement, events: GraphEvents) {
    this.#cy = cytoscape({
      container,
      style: graphStyle(),
      minZoom: 0.08,
      maxZoom: 3,
      boxSelectionEnabled: false,
      selectionType: 'single',
      autounselectify: true,
    })
    this.#scratch = cytoscape({
      headless: true,
      styleEnabled: true,
      style: [{ selector: 'node', style: { width: 'data(w)', height: 28 } }],
    })
    this.#cy.on('tap', (event: EventObject) => {
      events.onPick(event.target === this.#cy ? null : itemOf(event))
    })
    this.#cy.on('cxttap', 'node, edge', (event: EventObject) => {
      const item = itemOf(event)
      events.onPick(item)
      events.onMenu(item, event.renderedPosition)
    })
    this.#cy.on('dragfree', 'node', (event: EventObject) => {
      const node: { data(key: string): unknown; position(): Point } = event.target
      events.onMoved(String(node.data('gene')), { ...node.position() })
    })
    this.#cy.on('render', events.onRender)
  }

  layout(genes: readonly string[], rows: readonly EdgeRow[]): Map<string, Point> {
    const aspect = this.#cy.width() / Math.max(1, this.#cy.height())
    return layoutGenes(this.#scratch, genes, rows, aspect)
  }

  /** Brings the picture to `elements`; what stays keeps its place. */
  show(elements: readonly ElementDefinition[], positions: ReadonlyMap<string, Point>): void {
    const cy = this.#cy
    const wanted = new Set(elements.map((element) => String(element.data.id)))
    cy.batch(() => {
      cy.elements()
        .filter((element) => !wanted.has(element.id()))
        .remove()
      for (const element of elements) {
        const present = cy.getElementById(String(element.data.id))
        if (present.empty()) {
          const position = positions.get(String(element.data.gene))
          cy.add(position ? { ...element, position: { ...position } } : { ...element })
        } else {
          present.data(element.data)
          present.classes(element.classes ?? '')
        }
      }
    })
  }

  place(positions: ReadonlyMap<string, Point>): void {
    this.#cy.batch(() => {
      this.#cy.nodes().forEach((node) => {
        const position = positions.get(String(node.data('gene')))
        if (position) node.position({ ...position })
      })
    })
  }

  mark(selection: Selection | null): void {
    const cy = this.#cy
    cy.batch(() => {
      cy.elements('.chosen, .near').removeClass('chosen near')
      if (!selection) return
      if (selection.kind === 'edge') {
        const edge = cy.getElementById(edgeKey(`${selection.source}\u0000${selection.target}`))
        edge.addClass('chosen')
        cy.getElementById(nodeKey(selection.source)).addClass('near')
        cy.getElementById(nodeKey(selection.target)).addClass('near')
      } else cy.getElementById(nodeKey(selection.gene)).addClass('chosen')
    })
  }

  /** Brings a selected item into view when it is not; never zooms. */
  reveal(selection: Selection): void {
    const key =
      selection.kind === 'edge'
        ? edgeKey(`${selection.source}\u0000${selection.target}`)
        : nodeKey(selection.gene)
    const element = this.#cy.getElementById(key)
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
  }

  zoom(factor: number): void {
    const center = { x: this.#cy.width() / 2, y: this.#cy.height() / 2 }
    this.#cy.zoom({ level: this.#cy.zoom() * factor, renderedPosition: center })
  }

  /** A picture that was wholly in view stays so, and moves as little as it can (a banner came or went). */
  resize(): void {
    const cy = this.#cy
    const before = cy.height()
    const box = cy.elements().renderedBoundingBox()
    cy.resize()
    const height = cy.height()
    const wasSeen = box.y1 >= 0 && box.y2 <= before
    if (before === 0 || !wasSeen || box.y2 <= height - EDGE_ROOM) return
    const up = box.y2 - (height - EDGE_ROOM)
    if (box.y1 - up >= EDGE_ROOM) cy.panBy({ x: 0, y: -up })
    else this.fit()
  }

  restyle(): void {
    this.#cy.style(graphStyle())
  }

  /** Where the constraint badges belong, in pixels of the container. */
  badges(): Badge[] {
    const found: Badge[] = []
    const marked = this.#cy.edges('.required, .forbidden')
    if (marked.empty()) return found
    const boxes = this.#cy.nodes().map((node) => node.renderedBoundingBox({ includeLabels: false }))
    marked.forEach((edge) => {
      const at = freePlace(
        edge.renderedSourceEndpoint(),
        edge.renderedMidpoint(),
        edge.renderedTargetEndpoint(),
        boxes,
      )
      if (!Number.isFinite(at.x) || !Number.isFinite(at.y)) return
      found.push({ id: edge.id(), state: edge.hasClass('required') ? 'required' : 'forbidden', at })
    })
    return found
  }

  /** Middle of an item in pixels of the container, for the menu opened by keyboard. */
  screenPosition(selection: Selection): Point | null {
    const key =
      selection.kind === 'edge'
        ? edgeKey(`${selection.source}\u0000${selection.target}`)
        : nodeKey(selection.gene)
    const element = this.#cy.getElementById(key)
    if (element.empty()) return null
    const box = element.renderedBoundingBox()
    return { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 }
  }

  destroy(): void {
    this.#cy.destroy()
    this.#scratch.destroy()
  }
}

function itemOf(event: EventObject): GraphItem {
  const target: { isNode(): boolean; data(key: string): unknown } = event.target
  return target.isNode()
    ? { kind: 'gene', gene: String(target.data('gene')) }
    : { kind: 'edge', edge: { source: String(target.data('from')), target: String(target.data('to')) } }
}
