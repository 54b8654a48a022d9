import type { Core } from 'cytoscape'
import type { Point } from '../../services/point'

/** least distance between the picture and the edge of its panel after the panel shrank, in pixels */
const EDGE_ROOM = 6
/** a change of the panel by more than this is no banner that came or went, in pixels */
const BANNER = 90

interface View {
  readonly zoom: number
  readonly pan: Point
}
const viewOf = (cy: Core): View => ({ zoom: cy.zoom(), pan: { ...cy.pan() } })
const isView = (cy: Core, { zoom, pan }: View): boolean =>
  cy.zoom() === zoom && cy.pan().x === pan.x && cy.pan().y === pan.y

/**
 * A picture that was wholly in view stays so when its panel changes height, and moves as little as it can (a banner came or
 * went). When it had to be made smaller, it is as it was once the room is back, unless the user has moved it meanwhile.
 * In a window of another size it is fitted anew, unless the user had moved it, and else keeps its middle.
 * @param fit brings the whole picture into the panel
 * @param isFitted whether the user has left it as `fit` made it
 * @returns to be called when the panel has another size
 */
export function keepInView(cy: Core, fit: () => void, isFitted: () => boolean): () => void {
  let squeezed: { readonly height: number; readonly before: View; readonly given: View } | null = null

  function squeeze(height: number, before: View): void {
    fit()
    squeezed = { height, before, given: viewOf(cy) }
  }
  return () => {
    const [width, height] = [cy.width(), cy.height()]
    const fitted = isFitted()
    const box = cy.elements().renderedBoundingBox()
    const view = viewOf(cy)
    const wasSeen = box.y1 >= 0 && box.y2 <= height
    cy.resize()
    const now = cy.height()
    const wider = cy.width() - width
    const isWindow = Math.max(Math.abs(wider), Math.abs(now - height)) > BANNER
    if (width > 0 && height > 0 && isWindow && fitted) {
      squeezed = null
      fit()
      return
    }
    if (squeezed && !isView(cy, squeezed.given)) squeezed = null
    if (squeezed) {
      if (now < squeezed.height) squeeze(squeezed.height, squeezed.before)
      else {
        cy.viewport(squeezed.before)
        squeezed = null
      }
      return
    }
    if (height === 0 || !wasSeen) return
    cy.panBy({ x: wider / 2, y: 0 })
    if (box.y2 <= now - EDGE_ROOM) return
    const up = box.y2 - (now - EDGE_ROOM)
    if (box.y1 - up >= EDGE_ROOM) cy.panBy({ x: 0, y: -up })
    else squeeze(height, view)
  }
}
