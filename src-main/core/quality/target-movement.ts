import type { Dataset } from '../../../src-shared/domain/dataset'

/** How one gene moves in one experiment. */
export interface TargetMovement {
  /** mean of the experiment less mean of the control, on the scale of the values */
  readonly change: number
  /** the change in standard deviations of the control */
  readonly spreads: number
  /** the change in standard errors of the difference, from the control's spread */
  readonly errors: number
}

/** change of a known target, in standard errors and in spreads of the control, below which it hardly moves */
const MOVES = 2
const MOVES_SPREADS = 1
/** fewer control samples say nothing about their spread */
export const FEWEST_CONTROLS = 3

/**
 *   change = x̄_k − x̄_0,  spreads = change / s_0,  errors = change / (s_0 √(1/n_0 + 1/n_k))
 *
 * with s_0 the standard deviation of the control: experiments often have too few samples for one of their own.
 *
 * @param starts [K + 2] row offsets of the environments; the control needs two samples at least
 * @param k environment, 1 … K
 */
export function targetMovement(
  { values, genes }: Pick<Dataset, 'values' | 'genes'>,
  starts: Int32Array,
  k: number,
  column: number,
): TargetMovement {
  const d = genes.length
  const mean = (from: number, to: number): number => {
    let sum = 0
    for (let row = from; row < to; row++) sum += values[row * d + column]!
    return sum / (to - from)
  }
  const controls = starts[1]!
  const centre = mean(0, controls)
  let squares = 0
  for (let row = 0; row < controls; row++) squares += (values[row * d + column]! - centre) ** 2
  const spread = Math.sqrt(squares / (controls - 1))
  const change = mean(starts[k]!, starts[k + 1]!) - centre
  const error = spread * Math.sqrt(1 / controls + 1 / (starts[k + 1]! - starts[k]!))
  // a control that never varies has no spread to measure by: any change is a large one
  if (spread === 0)
    return { change, spreads: change === 0 ? 0 : Infinity, errors: Math.sign(change) * Infinity || 0 }
  return { change, spreads: change / spread, errors: change / error }
}

/** Whether a known target does what it should. */
export type Engagement = 'moves' | 'hardly-moves' | 'other-way'

export function engagementOf({ spreads, errors }: TargetMovement, way: 'up' | 'down' | null): Engagement {
  if (Math.abs(errors) < MOVES && Math.abs(spreads) < MOVES_SPREADS) return 'hardly-moves'
  const found = errors > 0 ? 'up' : 'down'
  return way !== null && found !== way && Math.abs(errors) >= MOVES ? 'other-way' : 'moves'
}
