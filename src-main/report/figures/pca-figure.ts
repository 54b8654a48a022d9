import type { AnalysisResult } from '../../../src-shared/domain/result'
import { principalComponents, type PrincipalComponents } from '../../core/linalg/principal-components'
import { decimal, percent, plural } from '../format'
import { shortName, type Markup } from '../markup'
import { COLOUR, GROUP_COLOURS } from './palette'
import { linearScale, type Scale } from './scale'
import { circle, element, figure, line, rect, text } from './svg'

const WIDTH = 420
const LEFT = 54
const RIGHT = WIDTH - 12
const TOP = 12
const BOTTOM = 280
const ROW = 16
/** more experiments cannot be told apart by colour and shape */
const MOST_APART = 7

export interface SampleScores extends PrincipalComponents {
  /** [n] 0 = control, 1 … K */
  readonly environmentOf: Int32Array
  /** genes that the components are of */
  readonly genes: number
}

/**
 * Scores of all samples on the two main directions: of the genes of the file that vary most, as the window shows them before
 * a run; in a result that holds no measures of the samples, of the analysed genes.
 */
export function sampleScores({ input, genes, quality }: AnalysisResult): SampleScores | null {
  const n = input.samples.length
  if (n < 3) return null
  const environmentOf = new Int32Array(n)
  let row = 0
  input.samplesPerEnvironment.forEach((samples, environment) => {
    environmentOf.fill(environment, row, row + samples)
    row += samples
  })
  if (quality)
    return { scores: quality.scores, explained: quality.explained, genes: quality.compared, environmentOf }
  return { ...principalComponents(input.values, n, genes.length), genes: genes.length, environmentOf }
}

/** Every sample on the first two principal components, marked by its experiment. */
export function pcaFigure(result: AnalysisResult, found: SampleScores): Markup {
  const { scores, explained, environmentOf } = found
  const n = environmentOf.length
  const along = (c: number): number[] => Array.from({ length: n }, (_, i) => scores[2 * i + c]!)
  const x = linearScale(along(0), [LEFT, RIGHT])
  const y = linearScale(along(1), [BOTTOM, TOP])
  const apart = result.environments.length <= MOST_APART
  const entries = legendEntries(result, apart)
  const height = BOTTOM + 46 + Math.ceil(entries.length / 2) * ROW
  return figure(
    {
      id: 'pca',
      width: WIDTH,
      height,
      title: 'Samples by principal components',
      description: `${plural(n, 'sample')} of ${plural(result.environments.length, 'experiment')} on the first two principal components of ${plural(found.genes, 'gene')}, which hold ${percent(explained[0])} and ${percent(explained[1])} of the variance.`,
    },
    axes(x, y, explained),
    Array.from({ length: n }, (_, i) => i)
      .sort((a, b) => environmentOf[a]! - environmentOf[b]!)
      .map((i) =>
        mark(
          x(scores[2 * i]!),
          y(scores[2 * i + 1]!),
          environmentOf[i]!,
          apart,
          tooltip(result, i, environmentOf[i]!),
        ),
      ),
    entries.map(({ environment, label }, at) => {
      const left = LEFT + (at % 2) * 180
      const baseline = BOTTOM + 54 + Math.floor(at / 2) * ROW
      return [mark(left + 4, baseline - 4, environment, apart, null), text(left + 14, baseline, label)]
    }),
  )
}

function tooltip(result: AnalysisResult, sample: number, environment: number): Markup {
  const name = environment === 0 ? (result.input.control ?? '') : result.environments[environment - 1]!
  return element('title', {}, `${result.input.samples[sample]}: ${name}`)
}

function legendEntries(
  { input, environments }: AnalysisResult,
  apart: boolean,
): { environment: number; label: string }[] {
  const control = input.samplesPerEnvironment[0]! > 0 ? [{ environment: 0, label: 'control' }] : []
  if (!apart) return [...control, { environment: 1, label: plural(environments.length, 'experiment') }]
  return [...control, ...environments.map((name, k) => ({ environment: k + 1, label: shortName(name, 24) }))]
}

function axes(x: Scale, y: Scale, explained: readonly [number, number]): Markup[] {
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
    text((LEFT + RIGHT) / 2, BOTTOM + 33, `PC 1 (${percent(explained[0])})`, 'middle', { fill: COLOUR.text }),
    text(13, middle, `PC 2 (${percent(explained[1])})`, 'middle', {
      transform: `rotate(-90 13 ${middle})`,
      fill: COLOUR.text,
    }),
  ]
}

/** The control is a hollow circle; experiments are circles, squares and diamonds in turn. */
function mark(x: number, y: number, environment: number, apart: boolean, title: Markup | null): Markup {
  if (environment === 0)
    return element(
      'circle',
      { cx: x, cy: y, r: 3.5, fill: COLOUR.surface, stroke: COLOUR.text, 'stroke-width': 1.3 },
      title,
    )
  const style = { fill: GROUP_COLOURS[apart ? (environment - 1) % GROUP_COLOURS.length : 0]!, opacity: 0.85 }
  const shape = apart ? (environment - 1) % 3 : 0
  if (title === null && shape === 0) return circle(x, y, 3.5, style)
  if (shape === 0) return element('circle', { cx: x, cy: y, r: 3.5, ...style }, title)
  const turn = shape === 2 ? { transform: `rotate(45 ${x.toFixed(2)} ${y.toFixed(2)})` } : {}
  return title === null
    ? rect(x - 3, y - 3, 6, 6, { ...style, ...turn })
    : element('rect', { x: x - 3, y: y - 3, width: 6, height: 6, ...style, ...turn }, title)
}
