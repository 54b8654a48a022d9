import type { AnalysisResult } from '../../../src-shared/domain/result'
import type { ExperimentFinding, TargetFinding } from '../findings'
import { decimal, plural, probability, signed } from '../format'
import { shortName, type Markup } from '../markup'
import { legendOf } from './legend'
import { COLOUR } from './palette'
import { linearScale, type Scale } from './scale'
import { circle, element, figure, line, rect, text } from './svg'

const WIDTH = 420
const LEFT = 50
const RIGHT = WIDTH - 12
const TOP = 12
const BOTTOM = 256
/** pixels below the plot for ticks and title of the axis */
const AXIS = 42
const MOST_NAMES = 6

/**
 * Every gene of one experiment: the shift that its causes predict across, the measured one up. On the diagonal the causes
 * explain the change; far from it something hit the gene itself.
 */
export function predictedObservedFigure(
  result: AnalysisResult,
  experiment: ExperimentFinding,
  unit: string,
): Markup | null {
  const genes = experiment.ranking.filter(
    ({ observedShift, predictedShift }) => Number.isFinite(observedShift) && Number.isFinite(predictedShift),
  )
  if (genes.length === 0) return null
  const x = linearScale([0, ...genes.map((gene) => gene.predictedShift)], [LEFT, RIGHT])
  const y = linearScale([0, ...genes.map((gene) => gene.observedShift)], [BOTTOM, TOP])
  const name = shortName(result.environments[experiment.environment]!)
  const first = genes[0]!
  return figure(
    {
      id: `predicted-observed-${experiment.environment + 1}`,
      width: WIDTH,
      height: BOTTOM + AXIS + LEGEND.height,
      title: `Predicted and observed shifts in ${name}`,
      description: `${plural(genes.length, 'gene')}; ${plural(experiment.confident.length, 'gene')} on the list of direct targets. Most probable: ${shortName(result.genes[first.gene]!)}, predicted ${signed(first.predictedShift)}, observed ${signed(first.observedShift)} ${unit}, probability ${probability(first.probability)}.`,
    },
    axes(x, y, unit),
    diagonal(x, y),
    // direct targets come last, on top of the others
    genes.toReversed().map((gene) => mark(result, gene, x, y)),
    names(result, genes, x, y),
    LEGEND.draw(BOTTOM + AXIS),
  )
}

function axes(x: Scale, y: Scale, unit: string): Markup[] {
  const middle = (TOP + BOTTOM) / 2
  return [
    line(LEFT, TOP, LEFT, BOTTOM),
    line(LEFT, BOTTOM, RIGHT, BOTTOM),
    line(x(0), TOP, x(0), BOTTOM, { stroke: COLOUR.border }),
    line(LEFT, y(0), RIGHT, y(0), { stroke: COLOUR.border }),
    ...x.ticks.flatMap((tick) => [
      line(x(tick), BOTTOM, x(tick), BOTTOM + 4),
      text(x(tick), BOTTOM + 16, decimal(tick, x.decimals), 'middle'),
    ]),
    ...y.ticks.flatMap((tick) => [
      line(LEFT - 4, y(tick), LEFT, y(tick)),
      text(LEFT - 7, y(tick) + 4, decimal(tick, y.decimals), 'end'),
    ]),
    text((LEFT + RIGHT) / 2, BOTTOM + 33, `Predicted from its causes (${unit})`, 'middle', {
      fill: COLOUR.text,
    }),
    text(13, middle, `Observed (${unit})`, 'middle', {
      transform: `rotate(-90 13 ${middle})`,
      fill: COLOUR.text,
    }),
  ]
}

/** The part of observed = predicted that lies inside both axes. */
function diagonal(x: Scale, y: Scale): Markup | null {
  const ends = (scale: Scale): [number, number] => [scale.ticks[0]!, scale.ticks[scale.ticks.length - 1]!]
  const low = Math.max(ends(x)[0], ends(y)[0])
  const high = Math.min(ends(x)[1], ends(y)[1])
  if (low >= high) return null
  return line(x(low), y(low), x(high), y(high), { stroke: COLOUR.text3, 'stroke-dasharray': '4 3' })
}

/** Filled circle: on the list. Hollow square: given. Small grey dot: all others. */
function mark(result: AnalysisResult, gene: TargetFinding, x: Scale, y: Scale): Markup {
  const [cx, cy] = [x(gene.predictedShift), y(gene.observedShift)]
  const title = element(
    'title',
    {},
    `${result.genes[gene.gene]}: predicted ${signed(gene.predictedShift, 2)}, observed ${signed(gene.observedShift, 2)}, probability ${probability(gene.probability)}`,
  )
  if (gene.known)
    return element(
      'rect',
      {
        x: cx - 4,
        y: cy - 4,
        width: 8,
        height: 8,
        fill: COLOUR.surface,
        stroke: COLOUR.hit,
        'stroke-width': 1.8,
      },
      title,
    )
  return gene.confident
    ? element('circle', { cx, cy, r: 4.5, fill: COLOUR.hit }, title)
    : element('circle', { cx, cy, r: 2.6, fill: COLOUR.notHit, opacity: 0.7 }, title)
}

/** Names of the direct targets, or of the best lead when there is none; a name never covers an earlier one. */
function names(result: AnalysisResult, genes: readonly TargetFinding[], x: Scale, y: Scale): Markup[] {
  const chosen = genes.filter((gene) => gene.confident || gene.known).slice(0, MOST_NAMES)
  const placed: { x: number; y: number }[] = []
  return (chosen.length > 0 ? chosen : genes.slice(0, 1)).map((gene) => {
    const right = x(gene.predictedShift) < (LEFT + RIGHT) / 2
    const labelX = x(gene.predictedShift) + (right ? 8 : -8)
    let labelY = y(gene.observedShift) + 4
    while (placed.some((other) => Math.abs(other.x - labelX) < 90 && Math.abs(other.y - labelY) < 12))
      labelY += 12
    placed.push({ x: labelX, y: labelY })
    return text(labelX, labelY, shortName(result.genes[gene.gene]!, 14), right ? 'start' : 'end', {
      'font-style': 'italic',
      fill: COLOUR.text,
    })
  })
}

const LEGEND = legendOf(
  [
    { label: 'direct target', width: 9, symbol: (x, y) => circle(x + 4.5, y, 4.5, { fill: COLOUR.hit }) },
    {
      label: 'given',
      width: 8,
      symbol: (x, y) =>
        rect(x, y - 4, 8, 8, { fill: COLOUR.surface, stroke: COLOUR.hit, 'stroke-width': 1.8 }),
    },
    {
      label: 'other gene',
      width: 6,
      symbol: (x, y) => circle(x + 3, y, 2.6, { fill: COLOUR.notHit, opacity: 0.7 }),
    },
    {
      label: 'observed = predicted',
      width: 22,
      symbol: (x, y) => line(x, y, x + 22, y, { stroke: COLOUR.text3, 'stroke-dasharray': '4 3' }),
    },
  ],
  LEFT,
  RIGHT,
)
