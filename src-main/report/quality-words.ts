import type { SampleFlag, TargetEngagement } from '../../src-shared/contract/sample-quality'
import type { Transform } from '../../src-shared/domain/dataset'
import { count, decimal } from './format'

export type Measure = 'total' | 'detected' | 'spread'

/** Totals and genes are counted, distances are on a logarithmic scale of about 0.1 to 3. */
export const measureText = (measure: Measure, value: number): string =>
  !Number.isFinite(value)
    ? '–'
    : measure === 'spread' || (measure === 'total' && value < 100)
      ? decimal(value, 2)
      : count(value)

/** Library size is a word for counts alone. */
export const measureTitle = (measure: Measure, transform: Transform): string =>
  measure === 'detected'
    ? 'Genes above zero'
    : measure === 'spread'
      ? 'Distance from replicates'
      : transform === 'log1p-size-factors' || transform === 'log1p-cpm'
        ? 'Library size (counts)'
        : 'Sum of the values'

export const FLAG_OF = {
  total: 'low-total',
  detected: 'few-genes',
  spread: 'far-from-replicates',
} as const satisfies Record<Measure, SampleFlag['kind']>

/** A flag in words, with its number and the usual one. @param environments [K + 1] control first */
export function flagText({ kind, value, usual, other }: SampleFlag, environments: readonly string[]): string {
  switch (kind) {
    case 'low-total':
      return `low total: ${measureText('total', value)}, usually ${measureText('total', usual)}`
    case 'few-genes':
      return `few genes: ${measureText('detected', value)}, usually ${measureText('detected', usual)}`
    case 'far-from-replicates':
      return `far from its replicates: ${measureText('spread', value)}, usually ${measureText('spread', usual)}`
    case 'near-other':
      return `lies with ${environments[other ?? 0] || 'the control'}`
  }
}

export const ENGAGEMENT_TEXT: Readonly<Record<TargetEngagement['state'], string>> = {
  moves: 'moves',
  'hardly-moves': 'hardly moves',
  'other-way': 'moves the other way',
  'not-analysed': 'not among the analysed genes',
  'no-control': 'no control to compare with',
}
