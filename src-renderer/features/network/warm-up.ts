import { edgeId, type EdgeRow, type EdgeSign } from '../../services/edge-list'
import { createDetours } from './edge-detours'
import { GraphController } from './graph-controller'
import { boxSizes, graphElements, namedEdges } from './graph-elements'
import { pictureOf } from './picture-maker'

const GENES = 24
const SIGNS: readonly EdgeSign[] = ['activates', 'inhibits', 'unknown']
const nothing = (): void => undefined
let begun = false

/**
 * Makes and draws a small network out of sight, once. The first picture of a window takes twice as long as any after it,
 * because the browser compiles on the way what makes it; while a file is chosen and read, there is time for that
 * (docs/decisions/016-layouts-of-the-network.md has the figures).
 */
export async function warmUp(): Promise<void> {
  if (begun) return
  begun = true
  const genes = Array.from({ length: GENES }, (_, index) => `Gene ${index}`)
  const shown = genes.flatMap((source, index) =>
    [1, 2, 7, 13].flatMap((step, at) => {
      const target = genes[index + step]
      return target === undefined ? [] : [edge(source, target, SIGNS[(index + at) % SIGNS.length]!)]
    }),
  )
  const elements = graphElements({
    genes,
    shown,
    constraints: { required: [], forbidden: [], tiers: [], roots: [], leaves: [] },
    targets: new Set(genes.slice(0, 6)),
    keepLonely: true,
    centre: [],
    groups: [],
    noted: new Set(),
    widthOf: (row) => row.probability,
  })
  const {
    places,
    boxes,
    detours: known,
  } = await pictureOf({
    genes,
    places: new Map(),
    edges: shown,
    aspect: 2,
    drawn: { boxes: boxSizes(elements), edges: namedEdges(elements) },
  })
  const detours = createDetours()
  detours.know(boxes, known)
  const container = outOfSight()
  const drawing = new GraphController(container, detours, {
    onPick: nothing,
    onBox: nothing,
    onGroup: nothing,
    onMenu: nothing,
    onMoved: nothing,
    onDraw: nothing,
    onDrawn: nothing,
    onRender: nothing,
  })
  drawing.show(elements, places)
  drawing.fit()
  setTimeout(() => {
    drawing.destroy()
    container.remove()
  }, SHOWN_MS)
}

/** long enough for a first and a second frame */
const SHOWN_MS = 300

function outOfSight(): HTMLElement {
  const container = document.createElement('div')
  container.ariaHidden = 'true'
  Object.assign(container.style, {
    position: 'fixed',
    width: '640px',
    height: '400px',
    visibility: 'hidden',
    pointerEvents: 'none',
  })
  document.body.append(container)
  return container
}

const edge = (source: string, target: string, sign: EdgeSign): EdgeRow => ({
  id: edgeId({ source, target }),
  source,
  target,
  probability: 0.7,
  logOdds: 1,
  effect: 1,
  effectLow: 0.5,
  effectHigh: 1.5,
  sign,
  chainDifference: 0,
  mark: '',
  disputed: false,
})
