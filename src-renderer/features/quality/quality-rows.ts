import type { SampleFlag, SampleQualityView } from '../../../src-shared/contract/sample-quality'
import { formatCount, formatNumber, text } from '../../strings'

export type Measure = 'total' | 'detected' | 'spread'

/** One sample with what was measured; NaN where nothing was. */
export interface SampleRow {
  readonly id: string
  readonly index: number
  readonly environment: number
  readonly experiment: string
  readonly total: number
  readonly detected: number
  readonly spread: number
  readonly flags: readonly SampleFlag[]
}

export function sampleRows(view: SampleQualityView): SampleRow[] {
  const flags = new Map<number, SampleFlag[]>()
  for (const flag of view.flags) flags.set(flag.sample, [...(flags.get(flag.sample) ?? []), flag])
  const { quality, environments } = view
  return view.samples.map((id, index) => ({
    id,
    index,
    environment: view.environmentOf[index]!,
    experiment: environments[view.environmentOf[index]!]!,
    total: quality?.totals?.[index] ?? NaN,
    detected: quality?.detected?.[index] ?? NaN,
    spread: quality?.spread[index] ?? NaN,
    flags: flags.get(index) ?? [],
  }))
}

/** Totals and genes are counted, distances are on a logarithmic scale of about 0.1 to 3. */
export const formatMeasure = (measure: Measure, value: number): string =>
  !Number.isFinite(value)
    ? '–'
    : measure === 'spread' || (measure === 'total' && value < 100)
      ? formatNumber(value, 2)
      : formatCount(Math.round(value))

const MEASURE_OF = {
  'low-total': 'total',
  'few-genes': 'detected',
  'far-from-replicates': 'spread',
} as const satisfies Record<string, Measure>

/** A flag in words, with its number and the usual one. */
export function flagWords(
  { kind, value, usual, other }: SampleFlag,
  environments: readonly string[],
): string {
  const words = text.quality.flags
  if (kind === 'near-other') return words['near-other'](environments[other ?? 0] ?? '')
  const measure = MEASURE_OF[kind]
  return words[kind](formatMeasure(measure, value), formatMeasure(measure, usual))
}
