import type { TargetEvidence } from '../../../src-shared/domain/evidence'
import { decimal, probability, signed } from '../format'
import { shortName, type Markup } from '../markup'
import { legendOf } from './legend'
import { COLOUR } from './palette'
import { linearScale, type Scale } from './scale'
import { circle, element, figure, line, nameText, rect, text } from './svg'

type Sample = TargetEvidence['samples'][number]
type Interval = Sample['hit']

const WIDTH = 400
const LEFT = 46
const RIGHT = WIDTH - 8
const TOP = 12
const BOTTOM = 188
/** pixels below the plot for the names of the samples */
const NAMES = 24
/** Up to here every sample has its own column with both predictions; above, the columns are pooled. */
const MOST_SAMPLE_COLUMNS = 12
const MOST_DOTS = 150

/**
 * What was measured, against what the gene's causes predict if it is a direct target and if it is not.
 * @param unit the unit of the values, e.g. `control sd`
 */
export function targetEvidenceFigure(evidence: TargetEvidence, unit: string, id: string): Markup | null {
  const { samples } = evidence
  if (samples.length === 0) return null
  const y = linearScale(
    samples
      .flatMap((sample) => [
        sample.observed,
        sample.hit.low,
        sample.hit.high,
        sample.notHit.low,
        sample.notHit.high,
      ])
      .concat(0),
    [BOTTOM, TOP],
  )
  const perSample = samples.length <= MOST_SAMPLE_COLUMNS
  const [name, environment] = [shortName(evidence.gene), shortName(evidence.environment)]
  return figure(
    {
      id,
      width: WIDTH,
      height: BOTTOM + NAMES + LEGEND.height,
      title: `${name} in ${environment}: measured and predicted`,
      description: `Observed shift ${signed(evidence.observedShift)} ${unit}; predicted from its causes, if not a target, ${signed(evidence.predictedShift)}. Log Bayes factor for a direct hit ${decimal(evidence.logBayesFactor, 1)}, probability ${probability(evidence.probability)}.`,
    },
    axis(y, `${shortName(evidence.gene, 18)} (${unit})`),
    perSample
      ? samples.map((sample, index) => sampleColumn(sample, index, samples.length, y))
      : pooledColumns(samples, y),
    LEGEND.draw(BOTTOM + NAMES),
  )
}

function axis(y: Scale, label: string): Markup[] {
  return [
    line(LEFT, TOP, LEFT, BOTTOM),
    line(LEFT, BOTTOM, RIGHT, BOTTOM),
    ...y.ticks.flatMap((tick) => [
      line(LEFT - 4, y(tick), LEFT, y(tick)),
      text(LEFT - 7, y(tick) + 4, decimal(tick, y.decimals), 'end'),
    ]),
    line(LEFT, y(0), RIGHT, y(0), { stroke: COLOUR.text3, 'stroke-dasharray': '3 3' }),
    text(12, (TOP + BOTTOM) / 2, label, 'middle', { transform: `rotate(-90 12 ${(TOP + BOTTOM) / 2})` }),
  ]
}

function sampleColumn(sample: Sample, index: number, columns: number, y: Scale): Markup {
  const width = (RIGHT - LEFT) / columns
  const x = LEFT + (index + 0.5) * width
  const apart = Math.min(14, width / 3.4)
  return element(
    'g',
    {},
    element('title', {}, `${sample.sample}: observed ${signed(sample.observed, 2)}`),
    hitInterval(x, sample.hit, y),
    notHitInterval(x + apart, sample.notHit, y),
    circle(x - apart, y(sample.observed), 3.6, { fill: COLOUR.text }),
    nameText(x, BOTTOM + 15, sample.sample, Math.max(3, Math.floor(width / 6)), 'middle', {
      'font-size': 10,
    }),
  )
}

function hitInterval(x: number, interval: Interval, y: Scale): Markup[] {
  return [
    line(x, y(interval.low), x, y(interval.high), { stroke: COLOUR.hit, 'stroke-width': 2 }),
    circle(x, y(interval.mean), 4, { fill: COLOUR.hit }),
  ]
}

function notHitInterval(x: number, interval: Interval, y: Scale): Markup[] {
  return [
    line(x, y(interval.low), x, y(interval.high), { stroke: COLOUR.notHit, 'stroke-width': 2 }),
    rect(x - 4, y(interval.mean) - 4, 8, 8, {
      fill: COLOUR.surface,
      stroke: COLOUR.notHit,
      'stroke-width': 2,
    }),
  ]
}

/** Many samples: the measured values as a strip, each hypothesis by the mean of its predictions. */
function pooledColumns(samples: readonly Sample[], y: Scale): Markup[] {
  const at = (share: number): number => LEFT + (RIGHT - LEFT) * share
  const step = Math.max(1, Math.ceil(samples.length / MOST_DOTS))
  const dots = samples.filter((_, index) => index % step === 0)
  const mean = (pick: (sample: Sample) => Interval): Interval => {
    const average = (key: keyof Interval): number =>
      samples.reduce((sum, sample) => sum + pick(sample)[key], 0) / samples.length
    return { mean: average('mean'), low: average('low'), high: average('high') }
  }
  return [
    ...dots.map((sample, index) =>
      // the golden ratio spreads the dots evenly without chance
      circle(at(0.2) + (((index * 0.618034) % 1) - 0.5) * 70, y(sample.observed), 2.4, {
        fill: COLOUR.text,
        opacity: 0.6,
      }),
    ),
    ...hitInterval(
      at(0.55),
      mean((sample) => sample.hit),
      y,
    ),
    ...notHitInterval(
      at(0.83),
      mean((sample) => sample.notHit),
      y,
    ),
    text(at(0.2), BOTTOM + 15, `${samples.length} samples`, 'middle'),
    text(at(0.55), BOTTOM + 15, 'if hit', 'middle'),
    text(at(0.83), BOTTOM + 15, 'if not hit', 'middle'),
  ]
}

const LEGEND = legendOf(
  [
    { label: 'observed', width: 8, symbol: (x, y) => circle(x + 4, y, 3.6, { fill: COLOUR.text }) },
    {
      label: 'predicted if hit',
      width: 8,
      symbol: (x, y) => [
        line(x + 4, y - 7, x + 4, y + 7, { stroke: COLOUR.hit, 'stroke-width': 2 }),
        circle(x + 4, y, 4, { fill: COLOUR.hit }),
      ],
    },
    {
      label: 'predicted if not hit',
      width: 8,
      symbol: (x, y) => [
        line(x + 4, y - 7, x + 4, y + 7, { stroke: COLOUR.notHit, 'stroke-width': 2 }),
        rect(x, y - 4, 8, 8, { fill: COLOUR.surface, stroke: COLOUR.notHit, 'stroke-width': 2 }),
      ],
    },
  ],
  14,
  RIGHT,
)
