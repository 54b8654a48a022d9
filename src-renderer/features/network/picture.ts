import type { Point } from '../../services/point'
import { detoursOf, type Detour } from './edge-detours'
import { nodeKey } from './graph-elements'
import { layeredLayout } from './layered-layout'
import type { LayoutEdge } from './layout-edges'
import type { BoxSize, NamedEdge, NodeBox } from './node-box'

/** What a picture of a network is made from. */
export interface PictureRequest {
  /** every gene that is to have a place, in the order of the data */
  readonly genes: readonly string[]
  /** of genes that stay where they are; all others are placed in layers */
  readonly places: ReadonlyMap<string, Point>
  /** those that the layers are made from */
  readonly edges: readonly LayoutEdge[]
  /** width of the canvas as a share of its height */
  readonly aspect: number
  readonly drawn: { readonly boxes: readonly BoxSize[]; readonly edges: readonly NamedEdge[] }
}

export interface Picture {
  readonly places: ReadonlyMap<string, Point>
  /** of the drawn genes, from which the detours were worked out */
  readonly boxes: readonly NodeBox[]
  readonly detours: ReadonlyMap<string, Detour>
}

/** To the worker, which answers under the same number. */
export interface PictureQuestion {
  readonly number: number
  readonly request: PictureRequest
}
export interface PictureAnswer {
  readonly number: number
  readonly picture: Picture
}

/** Places of all genes, and the ways of the drawn edges around them. */
export function makePicture({ genes, places: known, edges, aspect, drawn }: PictureRequest): Picture {
  const places = genes.every((gene) => known.has(gene))
    ? known
    : new Map([...layeredLayout(genes, edges, aspect), ...known])
  const placeOf = new Map([...places].map(([gene, at]) => [nodeKey(gene), at]))
  const boxes = drawn.boxes.map((box): NodeBox => ({ ...box, ...(placeOf.get(box.id) ?? { x: 0, y: 0 }) }))
  return { places, boxes, detours: detoursOf(drawn.edges, boxes) }
}
