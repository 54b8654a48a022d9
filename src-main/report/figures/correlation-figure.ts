import type { SampleQualityView } from '../../../src-shared/contract/sample-quality'
import { decimal, plural } from '../format'
import type { Markup } from '../markup'
import { COLOUR } from './palette'
import { viridis } from './ramp'
import { element, figure, line, nameText, path, rect, text } from './svg'

const NAMES = 128
const TOP = 4
const RAMP_HEIGHT = 44
const RAMP_WIDTH = 160
const END = 12
/** of a side in pixels */
const LARGEST_SIDE = 420
const LARGEST_CELL = 26
/** more rows cannot be told apart in print */
export const MOST_ROWS = 120
/** samples that get a row each; of more the experiments do */
const MOST_SAMPLES = 60
/** pixels between the names of rows */
const LEAST_LINE = 11.5
/** shades that the ramp is drawn with */
const SHADES = 32

/** What is correlated: samples, or experiments by the mean over their samples. */
export interface CorrelationRows {
  readonly of: 'samples' | 'experiments'
  /** [m] */
  readonly names: readonly string[]
  /** [m] 0 = control, 1 … K */
  readonly environment: readonly number[]
  /** [m, m] NaN where nothing is known */
  readonly values: Float64Array
}

/** Rows few enough to be seen: samples, else experiments. @returns null without measures, or with too many experiments */
export function correlationRows(view: SampleQualityView): CorrelationRows | null {
  const { quality, samples, environments } = view
  if (!quality) return null
  const present = environments
    .map((name, environment) => ({ name: name || 'control', environment }))
    .filter(({ environment }) => view.environmentOf.includes(environment))
  if (quality.correlated === 'samples' && samples.length <= MOST_SAMPLES)
    return {
      of: 'samples',
      names: samples,
      environment: Array.from(view.environmentOf),
      values: Float64Array.from(quality.correlation),
    }
  if (present.length > MOST_ROWS) return null
  const places = present.map(({ environment }) => environment)
  const values = quality.correlated === 'samples' ? meansByExperiment(view, places) : chosenRows(view, places)
  return {
    of: 'experiments',
    names: present.map(({ name }) => name),
    environment: places,
    values,
  }
}

/** Mean over all pairs of different samples of two experiments. @returns [m, m] O(n²). */
function meansByExperiment(
  { quality, samples, environmentOf }: SampleQualityView,
  places: number[],
): Float64Array {
  const m = places.length
  const n = samples.length
  const place = new Map(places.map((environment, at) => [environment, at]))
  const row = Array.from(environmentOf, (environment) => place.get(environment)!)
  const sums = new Float64Array(m * m)
  const pairs = new Int32Array(m * m)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const r = quality!.correlation[i * n + j]!
      if (i === j || Number.isNaN(r)) continue
      sums[row[i]! * m + row[j]!]! += r
      pairs[row[i]! * m + row[j]!]!++
    }
  return sums.map((sum, cell) => sum / pairs[cell]!)
}

/** Of the correlations of means, those of the experiments that have samples. */
function chosenRows({ quality, environments }: SampleQualityView, places: number[]): Float64Array {
  const m = places.length
  const values = new Float64Array(m * m)
  for (let a = 0; a < m; a++)
    for (let b = 0; b < m; b++)
      values[a * m + b] = quality!.correlation[places[a]! * environments.length + places[b]!]!
  return values
}

/** Pearson correlation of every pair of rows, experiment by experiment. */
export function correlationFigure(view: SampleQualityView, rows: CorrelationRows, width = 740): Markup {
  const m = rows.names.length
  const room = Math.min(LARGEST_SIDE, width - NAMES - END)
  const cell = Math.min(LARGEST_CELL, room / m)
  const side = cell * m
  const bottom = TOP + side
  const least = lowest(rows.values)
  return figure(
    {
      id: 'correlation',
      width: NAMES + Math.max(side, RAMP_WIDTH + 110) + END,
      height: bottom + RAMP_HEIGHT,
      title: rows.of === 'samples' ? 'Correlation of samples' : 'Correlation of experiments',
      description: `Pearson correlation of ${plural(m, rows.of === 'samples' ? 'sample' : 'experiment')} over ${plural(view.quality!.compared, 'gene')}, from ${decimal(least)} to 1.`,
    },
    cells(rows.values, m, cell, least),
    boundaries(rows, cell, side),
    labels(view, rows, cell),
    element('rect', {
      x: NAMES,
      y: TOP,
      width: side,
      height: side,
      fill: 'none',
      stroke: COLOUR.axis,
    }),
    ramp(NAMES, bottom + 14, least),
  )
}

/** Lower end of the ramp, rounded down to two decimals. */
function lowest(values: Float64Array): number {
  let low = 1
  for (const r of values) if (r < low) low = r
  return Math.floor(low * 100 - 1e-9) / 100
}

/** One path for each shade, neighbours in a row as one piece: thousands of cells stay small. */
function cells(values: Float64Array, m: number, cell: number, least: number): Markup[] {
  const shadeOf = (r: number): number =>
    Number.isNaN(r) ? -1 : Math.round(((r - least) / (1 - least || 1)) * (SHADES - 1))
  const pieces = Array.from<string>({ length: SHADES }).fill('')
  const at = (value: number): string => String(Number(value.toFixed(2)))
  for (let row = 0; row < m; row++)
    for (let from = 0; from < m;) {
      const shade = shadeOf(values[row * m + from]!)
      let to = from + 1
      while (to < m && shadeOf(values[row * m + to]!) === shade) to++
      const length = at((to - from) * cell)
      if (shade >= 0)
        pieces[shade] =
          `${pieces[shade]!}M${at(NAMES + from * cell)} ${at(TOP + row * cell)}h${length}v${at(cell)}h-${length}z`
      from = to
    }
  return pieces.flatMap((d, shade) =>
    d === '' ? [] : [path(d, { fill: viridis(shade / (SHADES - 1)), 'shape-rendering': 'crispEdges' })],
  )
}

/** White lines between experiments of several samples. */
function boundaries({ of, environment }: CorrelationRows, cell: number, side: number): Markup[] {
  if (of === 'experiments') return []
  return environment.flatMap((own, row) => {
    if (row === 0 || environment[row - 1] === own) return []
    const at = row * cell
    const style = { stroke: COLOUR.surface, 'stroke-width': 1 }
    return [
      line(NAMES, TOP + at, NAMES + side, TOP + at, style),
      line(NAMES + at, TOP, NAMES + at, TOP + side, style),
    ]
  })
}

/** Names of the experiments at the middle of their rows, as many as do not touch. */
function labels(view: SampleQualityView, { environment }: CorrelationRows, cell: number): Markup[] {
  const found: Markup[] = []
  let last = -Infinity
  for (let from = 0; from < environment.length;) {
    let to = from + 1
    while (to < environment.length && environment[to] === environment[from]) to++
    const middle = TOP + ((from + to) / 2) * cell
    if (middle - last >= LEAST_LINE) {
      const name = view.environments[environment[from]!] || 'control'
      found.push(nameText(NAMES - 7, middle + 4, name, 20, 'end', { fill: COLOUR.text }))
      found.push(line(NAMES - 4, middle, NAMES, middle))
      last = middle
    }
    from = to
  }
  return found
}

function ramp(x: number, y: number, least: number): Markup[] {
  const step = RAMP_WIDTH / SHADES
  return [
    ...Array.from({ length: SHADES }, (_, shade) =>
      rect(x + shade * step, y, step + 0.3, 10, { fill: viridis(shade / (SHADES - 1)) }),
    ),
    text(x, y + 23, decimal(least), 'start', { 'font-size': 10 }),
    text(x + RAMP_WIDTH / 2, y + 23, decimal((1 + least) / 2), 'middle', { 'font-size': 10 }),
    text(x + RAMP_WIDTH, y + 23, '1.00', 'end', { 'font-size': 10 }),
    text(x + RAMP_WIDTH + 8, y + 9, 'Pearson correlation', 'start', { fill: COLOUR.text }),
  ]
}
