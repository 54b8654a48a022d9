import type { AnalysisResult } from '../../../src-shared/domain/result'
import type { ExperimentFinding, TargetFinding } from '../findings'
import { plural, percent, probability } from '../format'
import { shortName, type Markup } from '../markup'
import { COLOUR } from './palette'
import { circle, element, figure, line, nameText, rect, text } from './svg'

const MOST_GENES = 10
const ROW = 20
const TOP = 36
const BAR_X = 118
const BAR_WIDTH = 170
const WIDTH = 430
/** right ends of the columns of numbers, wide enough for their heads in a wide font */
const P_X = WIDTH - 70
const FDR_X = WIDTH - 2

/** The most probable targets of one experiment, with the false discovery rate of the list down to each gene. */
export function targetRanking(result: AnalysisResult, experiment: ExperimentFinding): Markup {
  const rows = experiment.ranking.slice(0, MOST_GENES)
  const name = shortName(result.environments[experiment.environment]!)
  const best = rows[0]
  return figure(
    {
      id: `ranking-${experiment.environment + 1}`,
      width: WIDTH,
      height: TOP + rows.length * ROW + 26,
      title: `Most probable direct targets of ${name}`,
      description: `${plural(rows.length, 'gene')} by probability; ${plural(experiment.confident.length, 'gene')} on the list at a false discovery rate of ${percent(result.settings.fdr)}. ${best ? `First: ${shortName(result.genes[best.gene]!)}, ${probability(best.probability)}. ` : ''}The table below holds the same in numbers.`,
    },
    header(),
    [0, 0.25, 0.5, 0.75, 1].map((tick) => gridLine(tick, TOP + rows.length * ROW)),
    rows.map((target, index) => row(result, target, TOP + index * ROW)),
    cutLine(experiment, rows.length, percent(result.settings.fdr)),
  )
}

function header(): Markup[] {
  const style = { fill: COLOUR.text2, 'font-weight': 600 }
  return [
    text(BAR_X - 10, 14, 'Gene', 'end', style),
    text(BAR_X, 14, 'Probability of a direct target', 'start', style),
    text(P_X, 14, 'P', 'end', style),
    text(FDR_X, 14, 'List FDR', 'end', style),
  ]
}

function gridLine(tick: number, bottom: number): Markup[] {
  const x = BAR_X + tick * BAR_WIDTH
  return [
    line(x, TOP - 8, x, bottom + 2, { stroke: COLOUR.border }),
    text(x, bottom + 16, String(tick), 'middle', { 'font-size': 10 }),
  ]
}

/** Filled circle: on the list. Hollow square: a lead only. The stem makes the length readable in print. */
function row(result: AnalysisResult, target: TargetFinding, y: number): Markup {
  const middle = y + ROW / 2
  const x = BAR_X + target.probability * BAR_WIDTH
  const colour = target.confident ? COLOUR.hit : COLOUR.notHit
  return element(
    'g',
    {},
    nameText(BAR_X - 10, middle + 4, result.genes[target.gene]!, 15, 'end', {
      'font-style': 'italic',
      fill: COLOUR.text,
    }),
    line(BAR_X, middle, x, middle, { stroke: colour, 'stroke-width': 3 }),
    target.confident
      ? circle(x, middle, 4.5, { fill: colour })
      : rect(x - 4, middle - 4, 8, 8, { fill: COLOUR.surface, stroke: colour, 'stroke-width': 1.8 }),
    text(P_X, middle + 4, target.known ? 'given' : probability(target.probability), 'end', {
      fill: COLOUR.text,
    }),
    text(FDR_X, middle + 4, probability(target.listFdr), 'end'),
  )
}

function cutLine(experiment: ExperimentFinding, rows: number, fdr: string): Markup | null {
  const confident = experiment.confident.length
  if (confident === 0 || confident >= rows) return null
  const y = TOP + confident * ROW
  return element(
    'g',
    {},
    line(4, y, WIDTH - 2, y, { stroke: COLOUR.accent, 'stroke-dasharray': '4 3' }),
    text(BAR_X + BAR_WIDTH + 5, y - 3, fdr, 'start', { 'font-size': 10, fill: COLOUR.accent }),
  )
}
