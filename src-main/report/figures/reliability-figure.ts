import type { ReliabilityCurve } from '../../../src-shared/domain/reliability'
import { percent, plural } from '../format'
import type { Markup } from '../markup'
import { COLOUR, GROUP_COLOURS } from './palette'
import { circle, element, figure, line, path, polyline, rect, text } from './svg'

/** One point of a reliability curve. */
export interface ReliabilityPoint {
  readonly count: number
  readonly meanPrediction: number
  readonly observedShare: number
}

export interface ReliabilityLine {
  readonly label: string
  readonly points: readonly ReliabilityPoint[]
}

export interface ReliabilityPanel {
  readonly title: string
  readonly lines: readonly ReliabilityLine[]
}

const LARGEST_SIDE = 220
const RIGHT = 20
const LEFT = 52
const TOP = 34
const GAP = 66
const LEGEND_ROW = 18
const TICKS = [0, 0.25, 0.5, 0.75, 1]

/** One panel each for targets and edges. */
export function reliabilityPanels(curves: readonly ReliabilityCurve[]): ReliabilityPanel[] {
  return (['targets', 'edges'] as const).map((kind) => ({
    title: kind === 'targets' ? 'Targets' : 'Edges',
    lines: curves
      .filter((curve) => curve.kind === kind)
      .map(({ samplesPerEnvironment: n, bins }) => ({
        label: `${n} ${n === 1 ? 'sample' : 'samples'}`,
        points: bins,
      })),
  }))
}

/**
 * Predicted probability against the share that came true, one panel each for targets and edges, one line per number of
 * samples; small marks stand for few predictions. On the diagonal the probabilities are right; below it they promise too
 * much.
 * @param room pixels of width that the figure may take
 */
export function reliabilityFigure(
  id: string,
  title: string,
  panels: readonly ReliabilityPanel[],
  room = Infinity,
): Markup {
  const side = Math.min(
    LARGEST_SIDE,
    Math.floor((room - LEFT - RIGHT - (panels.length - 1) * GAP) / panels.length),
  )
  const rows = Math.max(1, ...panels.map(({ lines }) => lines.length))
  const width = LEFT + panels.length * side + (panels.length - 1) * GAP + RIGHT
  const height = TOP + side + 46 + rows * LEGEND_ROW
  return figure(
    { id, width, height, title, description: describe(panels) },
    panels.map((panel, index) => drawPanel(panel, LEFT + index * (side + GAP), side)),
  )
}

function describe(panels: readonly ReliabilityPanel[]): string {
  return panels
    .map(({ title, lines }) => {
      const worst = lines.flatMap(({ points }) => points).reduce((most, point) => larger(most, point), 0)
      return `${title}: ${plural(lines.length, 'curve')}; a bin differs from the diagonal by at most ${percent(worst)}.`
    })
    .join(' ')
}

const larger = (most: number, { meanPrediction, observedShare }: ReliabilityPoint): number =>
  Math.max(most, Math.abs(meanPrediction - observedShare))

function drawPanel({ title, lines }: ReliabilityPanel, left: number, side: number): Markup {
  const x = (value: number): number => left + value * side
  const y = (value: number): number => TOP + (1 - value) * side
  return element(
    'g',
    {},
    text(left, 16, title, 'start', { 'font-weight': 600, fill: COLOUR.text }),
    TICKS.map((tick) => [
      line(x(tick), TOP, x(tick), TOP + side, { stroke: COLOUR.border }),
      line(left, y(tick), left + side, y(tick), { stroke: COLOUR.border }),
      text(x(tick), TOP + side + 16, String(tick), 'middle', { 'font-size': 10 }),
      text(left - 8, y(tick) + 4, String(tick), 'end', { 'font-size': 10 }),
    ]),
    line(x(0), y(0), x(1), y(1), { stroke: COLOUR.axis, 'stroke-dasharray': '4 3' }),
    text(x(0.5), TOP + side + 32, 'Predicted probability', 'middle'),
    text(left - 38, y(0.5), 'Share that is true', 'middle', {
      transform: `rotate(-90 ${left - 38} ${y(0.5)})`,
    }),
    lines.map((drawn, index) => curve(drawn, index, x, y)),
    lines.map((drawn, index) => legend(drawn, index, left, side)),
  )
}

function curve(
  { points }: ReliabilityLine,
  index: number,
  x: (value: number) => number,
  y: (value: number) => number,
): Markup {
  const colour = GROUP_COLOURS[index % GROUP_COLOURS.length]!
  const places = points.map(
    ({ meanPrediction, observedShare }) => [x(meanPrediction), y(observedShare)] as const,
  )
  return element(
    'g',
    {},
    path(polyline(places), { fill: 'none', stroke: colour, 'stroke-width': 1.6 }),
    places.map(([cx, cy], at) => mark(cx, cy, index, colour, markSize(points[at]!.count))),
  )
}

/** A bin of a few predictions says little, and looks it. */
const markSize = (count: number): number => 1.5 + Math.min(3, Math.log10(Math.max(1, count)))

/** Circles, squares and diamonds in turn, filled and hollow: told apart in grey print too. */
function mark(cx: number, cy: number, index: number, colour: string, size: number): Markup {
  const fill = index % 2 === 1 ? COLOUR.surface : colour
  const style = { fill, stroke: colour, 'stroke-width': 1.6 }
  if (index % 3 === 0) return circle(cx, cy, size, style)
  const turn = index % 3 === 2 ? { transform: `rotate(45 ${cx.toFixed(2)} ${cy.toFixed(2)})` } : {}
  return rect(cx - size, cy - size, 2 * size, 2 * size, { ...style, ...turn })
}

function legend({ label, points }: ReliabilityLine, index: number, left: number, side: number): Markup {
  const y = TOP + side + 50 + index * LEGEND_ROW
  const colour = GROUP_COLOURS[index % GROUP_COLOURS.length]!
  const predictions = points.reduce((sum, { count }) => sum + count, 0)
  return element(
    'g',
    {},
    line(left, y, left + 24, y, { stroke: colour, 'stroke-width': 1.6 }),
    mark(left + 12, y, index, colour, 3.5),
    text(left + 32, y + 4, `${label}, ${plural(predictions, 'prediction')}`),
  )
}
