import type { SampleQualityView } from '../../../src-shared/contract/sample-quality'
import type { Transform } from '../../../src-shared/domain/dataset'
import { plural } from '../format'
import type { Content, Markup } from '../markup'
import { FLAG_OF, measureText, measureTitle, type Measure } from '../quality-words'
import { legendOf } from './legend'
import { compact, measureAxis } from './measure-axis'
import { COLOUR } from './palette'
import type { Scale } from './scale'
import { circle, element, figure, line, nameText, path, text } from './svg'

const NAMES = 128
const BETWEEN = 22
const END = 14
const HEAD = 24
const ROW = 15
const AXIS = 22
/** more dots of one experiment lie on each other */
const MOST_DOTS = 60
/** of lines; a page of a journal has room for no more */
export const MOST_STRIPS = 70
const WARN = '#a34a00'

interface Strip {
  readonly environment: number
  readonly samples: readonly number[]
}

/** Which samples are marked in which measure. */
const isFlagged = (view: SampleQualityView, sample: number, measure: Measure): boolean =>
  view.flags.some((flag) => flag.sample === sample && flag.kind === FLAG_OF[measure])

export function measureValues({ quality }: SampleQualityView, measure: Measure): ArrayLike<number> | null {
  if (!quality) return null
  if (measure === 'total') return quality.totals
  return measure === 'detected' ? quality.detected : quality.spread
}

/** Measures of which something is known. */
export const knownMeasures = (view: SampleQualityView): Measure[] =>
  (['total', 'detected', 'spread'] as const).filter((measure) =>
    Array.from(measureValues(view, measure) ?? []).some((value) => value > 0),
  )

/** Experiments that get a line: all, or the control, those with a marked sample and as many others as there is room for. */
function stripsOf(view: SampleQualityView): Strip[] {
  const all = view.environments
    .map((_, environment) => ({
      environment,
      samples: Array.from(view.samples.keys()).filter((row) => view.environmentOf[row] === environment),
    }))
    .filter(({ samples }) => samples.length > 0)
  if (all.length <= MOST_STRIPS) return all
  const marked = new Set(view.flags.map(({ sample }) => view.environmentOf[sample]!))
  return all
    .toSorted(
      (a, b) =>
        Number(b.environment === 0) - Number(a.environment === 0) ||
        Number(marked.has(b.environment)) - Number(marked.has(a.environment)) ||
        a.environment - b.environment,
    )
    .slice(0, MOST_STRIPS)
    .sort((a, b) => a.environment - b.environment)
}

/**
 * Library size, genes above zero and distance from the replicates: a line for each experiment, a dot for each sample.
 * @returns null when nothing was measured
 */
export function sampleStrips(view: SampleQualityView, transform: Transform, width = 740): Markup | null {
  const measures = knownMeasures(view)
  if (measures.length === 0) return null
  const strips = stripsOf(view)
  const bottom = HEAD + strips.length * ROW
  const column = (width - NAMES - END - (measures.length - 1) * BETWEEN) / measures.length
  const legend = legendOf(LEGEND, NAMES, width - END)
  const looked = new Set(view.flags.map(({ sample }) => sample)).size
  return figure(
    {
      id: 'quality',
      width,
      height: bottom + AXIS + 8 + legend.height,
      title: 'Samples beside each other, by experiment',
      description: `${plural(view.samples.length, 'sample')} of ${plural(strips.length, 'line')}, one for each experiment: ${measures.map((measure) => measureTitle(measure, transform).toLowerCase()).join(', ')}. ${looked === 0 ? 'No sample stands out.' : `${plural(looked, 'sample')} to look at.`}`,
    },
    strips.map(({ environment }, row) => {
      const y = HEAD + row * ROW
      return [
        line(0, y, width, y, { stroke: COLOUR.border, 'stroke-width': 0.6 }),
        nameText(0, y + 11.5, view.environments[environment] || 'control', 20, 'start', {
          fill: COLOUR.text,
        }),
      ]
    }),
    measures.map((measure, at) => {
      const left = NAMES + at * (column + BETWEEN)
      return drawMeasure(view, strips, measure, transform, [left, left + column], bottom)
    }),
    legend.draw(bottom + AXIS + 6),
  )
}

function drawMeasure(
  view: SampleQualityView,
  strips: readonly Strip[],
  measure: Measure,
  transform: Transform,
  [left, right]: readonly [number, number],
  bottom: number,
): Content[] {
  const values = Array.from(measureValues(view, measure)!)
  const scale = measureAxis(values, [left + 5, right - 5])
  const known = values.filter((value) => value > 0).sort((a, b) => a - b)
  const usual = scale(known[known.length >> 1]!)
  return [
    text(left, 14, measureTitle(measure, transform), 'start', { fill: COLOUR.text, 'font-weight': 600 }),
    line(usual, HEAD, usual, bottom, { stroke: COLOUR.text3, 'stroke-dasharray': '3 3' }),
    ...strips.flatMap(({ samples }, row) =>
      dotsOf(view, samples, measure).map((sample) =>
        mark(view, sample, measure, values[sample]!, scale, HEAD + (row + 0.5) * ROW),
      ),
    ),
    ...axis(scale, left, right, bottom),
  ]
}

/** Every marked sample, and of very many others some, spread evenly. */
function dotsOf(view: SampleQualityView, samples: readonly number[], measure: Measure): number[] {
  if (samples.length <= MOST_DOTS) return [...samples]
  return samples.filter(
    (sample, at) =>
      isFlagged(view, sample, measure) ||
      Math.floor((at * MOST_DOTS) / samples.length) > Math.floor(((at - 1) * MOST_DOTS) / samples.length),
  )
}

function mark(
  view: SampleQualityView,
  sample: number,
  measure: Measure,
  value: number,
  scale: Scale,
  y: number,
): Markup | null {
  if (!Number.isFinite(value)) return null
  const title = element('title', {}, `${view.samples[sample]}: ${measureText(measure, value)}`)
  const x = scale(value)
  return isFlagged(view, sample, measure)
    ? element('path', { d: triangle(x, y), fill: WARN, stroke: COLOUR.surface }, title)
    : element('circle', { cx: x, cy: y, r: 2.6, fill: COLOUR.notHit, 'fill-opacity': 0.75 }, title)
}

const triangle = (x: number, y: number): string => `M${x.toFixed(2)} ${(y - 5.5).toFixed(2)}l5.5 9.5h-11z`

const axis = (scale: Scale, left: number, right: number, bottom: number): Markup[] => [
  line(left, bottom, right, bottom),
  ...scale.ticks.flatMap((tick) => [
    line(scale(tick), bottom, scale(tick), bottom + 4),
    text(scale(tick), bottom + 16, compact(tick, scale.decimals), 'middle', { 'font-size': 10 }),
  ]),
]

const LEGEND = [
  {
    label: 'sample',
    width: 7,
    symbol: (x: number, y: number) => circle(x + 3.5, y, 2.6, { fill: COLOUR.notHit }),
  },
  {
    label: 'sample to look at',
    width: 11,
    symbol: (x: number, y: number) => path(triangle(x + 5.5, y), { fill: WARN }),
  },
  {
    label: 'median of all samples',
    width: 8,
    symbol: (x: number, y: number) =>
      line(x + 4, y - 7, x + 4, y + 7, { stroke: COLOUR.text3, 'stroke-dasharray': '3 3' }),
  },
]
