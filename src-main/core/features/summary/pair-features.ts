import { quickAsinh as asinh } from '../../linalg/quick-functions'
import { clipped } from './clipped'
import type { CoShifts } from './co-shifts'
import type { Correlations } from './correlations'
import type { Floors } from './floors'
import type { StudyLayout } from './layout'
import { PAIR_FEATURES } from './names'
import type { PairShapes } from './shapes'

const WIDTH = PAIR_FEATURES.length
const LARGEST_CORRELATION = 0.999

/** Writes the pair tensor [d, d, 22], row = cause, in the order of {@link PAIR_FEATURES}. */
export function writePairFeatures(
  correlations: Correlations,
  shapes: PairShapes,
  coShifts: CoShifts,
  floors: Floors,
  layout: StudyLayout,
  out: Float32Array,
): void {
  const { genes: d } = layout
  const root = Math.sqrt(layout.referenceCount)
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) {
      const at = i * d + j
      const to = at * WIDTH
      const r = correlations.correlation[at]!
      const between = i === j ? 0 : r
      const bounded = Math.max(-LARGEST_CORRELATION, Math.min(LARGEST_CORRELATION, between))
      out[to] = clipped(between)
      out[to + 1] = clipped(asinh(0.5 * Math.log((1 + bounded) / (1 - bounded)) * root))
      out[to + 2] = clipped(2 * correlations.partial[at]!)
      out[to + 3] = i === j ? 0 : clipped(correlations.pooledCorrelation[at]!)
      out[to + 4] = clipped(2 * correlations.pooledPartial[at]!)
      out[to + 5] = clipped(coShifts.cosine[at]!)
      out[to + 6] = clipped(2 * coShifts.partial[at]!)
      out[to + 7] = clipped(coShifts.together[at]!)
      out[to + 8] = clipped(asinh(2 * coShifts.slope[at]!))
      out[to + 9] = clipped(coShifts.gainWeighted[at]! / 2)
      out[to + 10] = clipped(coShifts.remainderWeighted[at]! / 2)
      out[to + 11] = clipped(coShifts.gain[at]! / 2)
      out[to + 12] = clipped(asinh(shapes.moment21[at]!))
      out[to + 13] = clipped(asinh(shapes.moment31[at]!) / 2)
      out[to + 14] = clipped(asinh(shapes.moment22[at]!) / 2)
      out[to + 15] = clipped(shapes.momentTanh[at]!)
      out[to + 16] = clipped(4 * shapes.ratioGain[at]!)
      out[to + 17] = clipped(2 * shapes.heteroscedasticity[at]!)
      out[to + 18] = clipped(asinh(2 * (coShifts.slope[at]! - r)))
      out[to + 19] = i === j ? 1 : 0
      out[to + 20] = clipped(coShifts.alone[at]!)
      out[to + 21] = floors.share[i]!
    }
}
