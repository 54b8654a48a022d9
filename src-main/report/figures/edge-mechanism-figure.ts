import type { EdgeEvidence } from '../../../src-shared/domain/evidence'
import { decimal, plural, probability, signed } from '../format'
import { shortName, type Markup } from '../markup'
import { legendOf } from './legend'
import { COLOUR } from './palette'
import { linearScale, type Scale } from './scale'
import { circle, element, figure, line, path, polyline, rect, text } from './svg'

const WIDTH = 410
const LEFT = 50
const RIGHT = WIDTH - 10
const TOP = 12
const BOTTOM = 224
/** pixels below the plot for ticks and title of the axis */
const AXIS = 42
/** More dots than this hide each other and make the page heavy. */
const MOST_POINTS = 300

export interface EdgeFigure {
  readonly markup: Markup
  readonly drawn: number
  readonly samples: number
}

/** Every sample of cause and effect, with the fitted mechanism and its 95 % band. */
export function edgeMechanismFigure(evidence: EdgeEvidence, unit: string, id: string): EdgeFigure | null {
  const { curve, points } = evidence
  if (points.samples.length === 0) return null
  const step = Math.ceil(points.samples.length / MOST_POINTS)
  const indices = Array.from({ length: Math.ceil(points.samples.length / step) }, (_, index) => index * step)
  const x = linearScale([...indices.map((i) => points.x[i]!), ...curve.x], [LEFT, RIGHT])
  const y = linearScale([...indices.map((i) => points.y[i]!), ...curve.low, ...curve.high], [BOTTOM, TOP])
  const [source, target] = [shortName(evidence.source, 18), shortName(evidence.target, 18)]
  const markup = figure(
    {
      id,
      width: WIDTH,
      height: BOTTOM + AXIS + LEGEND.height,
      title: `${source} acts on ${target}`,
      description: `${plural(points.samples.length, 'sample')}. Effect ${signed(evidence.effect, 2)} (95 % interval ${decimal(evidence.effectLow)} to ${decimal(evidence.effectHigh)}) ${unit} per ${unit}; probability ${probability(evidence.probability)}, of the reverse edge ${probability(evidence.reverseProbability)}.`,
    },
    band(evidence, x, y),
    axes(x, y, `${source} (${unit})`, `${target} (${unit})`),
    indices.map((i) =>
      dot(
        x(points.x[i]!),
        y(points.y[i]!),
        points.environment[i] === 0,
        points.unused[i] === 1,
        points.samples[i]!,
      ),
    ),
    curve.x.length > 0 &&
      path(polyline(pairs(curve.x, curve.mean, x, y)), {
        fill: 'none',
        stroke: COLOUR.accent,
        'stroke-width': 2,
      }),
    LEGEND.draw(BOTTOM + AXIS),
  )
  return { markup, drawn: indices.length, samples: points.samples.length }
}

function pairs(xs: Float64Array, ys: Float64Array, x: Scale, y: Scale): [number, number][] {
  return Array.from(xs, (value, index) => [x(value), y(ys[index]!)])
}

function band(evidence: EdgeEvidence, x: Scale, y: Scale): Markup | null {
  const { curve } = evidence
  if (curve.x.length === 0) return null
  const outline = [...pairs(curve.x, curve.low, x, y), ...pairs(curve.x, curve.high, x, y).reverse()]
  return path(`${polyline(outline)}Z`, { fill: COLOUR.accentSoft })
}

function axes(x: Scale, y: Scale, xLabel: string, yLabel: string): Markup[] {
  const middle = (TOP + BOTTOM) / 2
  return [
    line(LEFT, TOP, LEFT, BOTTOM),
    line(LEFT, BOTTOM, RIGHT, BOTTOM),
    ...x.ticks.flatMap((tick) => [
      line(x(tick), BOTTOM, x(tick), BOTTOM + 4),
      text(x(tick), BOTTOM + 16, decimal(tick, x.decimals), 'middle'),
    ]),
    ...y.ticks.flatMap((tick) => [
      line(LEFT - 4, y(tick), LEFT, y(tick)),
      text(LEFT - 7, y(tick) + 4, decimal(tick, y.decimals), 'end'),
    ]),
    text((LEFT + RIGHT) / 2, BOTTOM + 34, xLabel, 'middle', { fill: COLOUR.text }),
    text(13, middle, yLabel, 'middle', { transform: `rotate(-90 13 ${middle})`, fill: COLOUR.text }),
  ]
}

/** Grey square control, accent circle perturbed, cross where the effect gene itself was hit. */
function dot(x: number, y: number, control: boolean, unused: boolean, sample: string): Markup {
  const title = element('title', {}, sample)
  if (unused)
    return element(
      'path',
      {
        d: `M${(x - 3).toFixed(2)} ${(y - 3).toFixed(2)}l6 6m0-6l-6 6`,
        stroke: COLOUR.inhibits,
        'stroke-width': 1.4,
        fill: 'none',
      },
      title,
    )
  if (control)
    return element(
      'rect',
      { x: x - 2.6, y: y - 2.6, width: 5.2, height: 5.2, fill: COLOUR.notHit, opacity: 0.75 },
      title,
    )
  return element('circle', { cx: x, cy: y, r: 3, fill: COLOUR.accent, opacity: 0.75 }, title)
}

const LEGEND = legendOf(
  [
    { label: 'control', width: 6, symbol: (x, y) => dot(x + 3, y, true, false, 'control') },
    { label: 'perturbed', width: 6, symbol: (x, y) => circle(x + 3, y, 3, { fill: COLOUR.accent }) },
    {
      label: 'fit with 95 % interval',
      width: 22,
      symbol: (x, y) => [
        rect(x, y - 5, 22, 10, { fill: COLOUR.accentSoft }),
        line(x, y, x + 22, y, { stroke: COLOUR.accent, 'stroke-width': 2 }),
      ],
    },
    {
      label: 'not used: effect gene hit',
      width: 6,
      symbol: (x, y) => dot(x + 3, y, false, true, 'not used'),
    },
  ],
  LEFT,
  RIGHT,
)
