import type { ExperimentDifferential } from '../../../src-shared/contract/differential-view'
import { CHANGE_CLASSES, CHANGED_AT, type ChangeClass } from '../../../src-shared/domain/differential'
import { changeSentence } from '../change-sentence'
import { decimal } from '../format'
import { shortName, type Markup } from '../markup'
import { legendOf } from './legend'
import { COLOUR } from './palette'
import { linearScale, type Scale } from './scale'
import { circle, element, figure, line, path, text, textWidth } from './svg'

const WIDTH = 420
const LEFT = 50
const RIGHT = WIDTH - 12
const TOP = 12
const BOTTOM = 226
/** pixels below the plot for ticks and title of the axis */
const AXIS = 42
const MOST_NAMES = 8
const OUTSIDE = COLOUR.text3
const UNCHANGED = COLOUR.faint
/** genes that say nothing are drawn as dots of one path, one per square of this many pixels */
const DOT = 2
/** p below it is drawn as it */
const SMALLEST_P = 1e-300

const UNITS = { log2: 'log2 fold change against control', value: 'Difference from control' } as const

/**
 * Fold change across, −log10 p up; every gene of the file, those of the network by what the targets explain of them.
 * @param withLegend false where the caption beside it explains the marks
 */
export function volcanoFigure(view: ExperimentDifferential, id: string, withLegend = true): Markup | null {
  const genes = Array.from(view.genes.keys()).filter((at) => Number.isFinite(view.pValue[at]!))
  if (genes.length === 0) return null
  const height = (at: number): number => -Math.log10(Math.max(SMALLEST_P, view.pValue[at]!))
  const widest = genes.reduce((most, at) => Math.max(most, Math.abs(view.logFoldChange[at]!)), 0)
  const x = linearScale([-widest, widest], [LEFT, RIGHT])
  const y = linearScale([0, genes.reduce((most, at) => Math.max(most, height(at)), 1)], [BOTTOM, TOP])
  const place = (at: number): Place => ({ at, x: x(view.logFoldChange[at]!), y: y(height(at)) })
  const of = (wanted: ChangeClass): Place[] =>
    genes.filter((at) => CHANGE_CLASSES[view.changeClass[at]!] === wanted).map(place)
  const cut = cutAt(view, genes, y, height)
  const [direct, downstream, unexplained] = [of('direct'), of('downstream'), of('unexplained')]
  return figure(
    {
      id,
      width: WIDTH,
      height: BOTTOM + AXIS + (withLegend ? LEGEND.height : 0),
      title: `Differential expression in ${shortName(view.environment)}`,
      description: changeSentence(view.summary),
    },
    axes(x, y, UNITS[view.unit]),
    cut !== null && line(LEFT, cut, RIGHT, cut, { stroke: COLOUR.text3, 'stroke-dasharray': '4 3' }),
    dots(of('unchanged'), UNCHANGED),
    dots(of('outside'), OUTSIDE),
    unexplained.map((each) => triangle(view, each)),
    downstream.map((each) => mark(view, each, 'downstream')),
    direct.map((each) => mark(view, each, 'direct')),
    names(view, [...byCertainty(view, direct), ...byCertainty(view, [...unexplained, ...downstream])], cut),
    withLegend && LEGEND.draw(BOTTOM + AXIS),
  )
}

interface Place {
  readonly at: number
  readonly x: number
  readonly y: number
}

function axes(x: Scale, y: Scale, label: string): Markup[] {
  const middle = (TOP + BOTTOM) / 2
  return [
    line(LEFT, TOP, LEFT, BOTTOM),
    line(LEFT, BOTTOM, RIGHT, BOTTOM),
    line(x(0), TOP, x(0), BOTTOM, { stroke: COLOUR.border }),
    ...x.ticks.flatMap((tick) => [
      line(x(tick), BOTTOM, x(tick), BOTTOM + 4),
      text(x(tick), BOTTOM + 16, decimal(tick, x.decimals), 'middle'),
    ]),
    ...y.ticks.flatMap((tick) => [
      line(LEFT - 4, y(tick), LEFT, y(tick)),
      text(LEFT - 7, y(tick) + 4, decimal(tick, y.decimals), 'end'),
    ]),
    text((LEFT + RIGHT) / 2, BOTTOM + 33, label, 'middle', { fill: COLOUR.text }),
    text(13, middle, '−log10 p', 'middle', {
      transform: `rotate(-90 13 ${middle})`,
      fill: COLOUR.text,
    }),
  ]
}

/** Where the largest p of a changed gene lies. */
function cutAt(
  view: ExperimentDifferential,
  genes: readonly number[],
  y: Scale,
  height: (at: number) => number,
): number | null {
  let least = Infinity
  for (const at of genes) if (view.adjusted[at]! <= CHANGED_AT) least = Math.min(least, height(at))
  return least === Infinity ? null : y(least)
}

/** A path of round dots takes a twentieth of the space of as many circles. */
function dots(places: readonly Place[], colour: string): Markup | null {
  const seen = new Set<string>()
  for (const { x, y } of places) seen.add(`M${Math.round(x / DOT) * DOT} ${Math.round(y / DOT) * DOT}h0`)
  if (seen.size === 0) return null
  return path([...seen].join(''), {
    stroke: colour,
    'stroke-width': 3,
    'stroke-linecap': 'round',
    fill: 'none',
  })
}

const title = (view: ExperimentDifferential, at: number): Markup =>
  element(
    'title',
    {},
    `${view.genes[at]}: fold change ${decimal(view.logFoldChange[at]!)}, adjusted p ${view.adjusted[at]!.toPrecision(2)}`,
  )

function mark(view: ExperimentDifferential, { at, x, y }: Place, kind: 'direct' | 'downstream'): Markup {
  return kind === 'direct'
    ? element('circle', { cx: x, cy: y, r: 4.5, fill: COLOUR.hit }, title(view, at))
    : element('rect', { x: x - 3, y: y - 3, width: 6, height: 6, fill: COLOUR.activates }, title(view, at))
}

function triangle(view: ExperimentDifferential, { at, x, y }: Place): Markup {
  return element(
    'path',
    {
      d: `M${x.toFixed(2)} ${(y - 4).toFixed(2)}l4 7h-8z`,
      fill: COLOUR.surface,
      stroke: COLOUR.inhibits,
      'stroke-width': 1.4,
    },
    title(view, at),
  )
}

const byCertainty = (view: ExperimentDifferential, places: readonly Place[]): Place[] =>
  places.toSorted((a, b) => view.pValue[a.at]! - view.pValue[b.at]! || a.at - b.at)

/** Away from the middle where there is room; a name stands above the dashed line, never on it or on an earlier one. */
function names(view: ExperimentDifferential, places: readonly Place[], cut: number | null): Markup[] {
  const placed: { x: number; y: number }[] = []
  return places.slice(0, MOST_NAMES).flatMap(({ at, x, y }) => {
    const name = shortName(view.genes[at]!, 14)
    const width = textWidth(name, 11)
    const right = x > (LEFT + RIGHT) / 2 ? x + 8 + width < RIGHT : x - 8 - width < LEFT
    const labelX = x + (right ? 8 : -8)
    let labelY = cut !== null && Math.abs(y - cut) < 7 ? cut - 4 : y + 4
    while (placed.some((other) => Math.abs(other.x - labelX) < 80 && Math.abs(other.y - labelY) < 12))
      labelY += 12
    if (labelY > BOTTOM - 2) return []
    placed.push({ x: labelX, y: labelY })
    return [
      text(labelX, labelY, name, right ? 'start' : 'end', { 'font-style': 'italic', fill: COLOUR.text }),
    ]
  })
}

const dot =
  (colour: string) =>
  (x: number, y: number): Markup =>
    circle(x + 3, y, 2, { fill: colour })

const LEGEND = legendOf(
  [
    { label: 'direct target', width: 9, symbol: (x, y) => circle(x + 4.5, y, 4.5, { fill: COLOUR.hit }) },
    {
      label: 'downstream of the targets',
      width: 6,
      symbol: (x, y) => element('rect', { x, y: y - 3, width: 6, height: 6, fill: COLOUR.activates }),
    },
    {
      label: 'unexplained',
      width: 8,
      symbol: (x, y) =>
        element('path', {
          d: `M${x + 4} ${y - 4}l4 7h-8z`,
          fill: COLOUR.surface,
          stroke: COLOUR.inhibits,
          'stroke-width': 1.4,
        }),
    },
    { label: 'changed, not in the network', width: 6, symbol: dot(OUTSIDE) },
    { label: 'unchanged', width: 6, symbol: dot(UNCHANGED) },
    {
      label: `adjusted p ${CHANGED_AT}`,
      width: 18,
      symbol: (x, y) => line(x, y, x + 18, y, { stroke: COLOUR.text3, 'stroke-dasharray': '4 3' }),
    },
  ],
  LEFT,
  RIGHT,
)
