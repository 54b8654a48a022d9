/**
 * Pearson correlation of two profiles over the genes that both have.
 * @returns NaN with fewer than three such genes, or when one profile does not vary
 */
export function profileCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [n, sumA, sumB] = [0, 0, 0]
  for (let j = 0; j < a.length; j++) {
    if (!Number.isFinite(a[j]!) || !Number.isFinite(b[j]!)) continue
    n++
    sumA += a[j]!
    sumB += b[j]!
  }
  if (n < 3) return NaN
  let [aa, bb, ab] = [0, 0, 0]
  for (let j = 0; j < a.length; j++) {
    if (!Number.isFinite(a[j]!) || !Number.isFinite(b[j]!)) continue
    const x = a[j]! - sumA / n
    const y = b[j]! - sumB / n
    aa += x * x
    bb += y * y
    ab += x * y
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : NaN
}

/** Profiles of experiments over the genes of a study. */
export interface Profiles {
  /** [K, d] mean shift in control sd */
  readonly shift: Float64Array
  /** [K, d] P(direct target) */
  readonly target: Float64Array
}

export interface Similarity {
  /** 0-based experiment */
  readonly environment: number
  /** correlation of the shifts, and of the target probabilities; NaN where there is none */
  readonly shift: number
  readonly target: number
}

/**
 * The experiments whose shifts are most like those of one experiment, best first; where shifts cannot be compared they
 * come last. docs/method.md, section 6.
 *
 * @param own [d] each
 * @param skip experiment that is left out (itself), −1 for none
 */
export function mostSimilar(
  own: { readonly shift: Float64Array; readonly target: Float64Array },
  others: Profiles,
  most: number,
  skip = -1,
): Similarity[] {
  const d = own.shift.length
  const rank = ({ shift }: Similarity): number => (Number.isNaN(shift) ? -2 : shift)
  return Array.from({ length: others.shift.length / d }, (_, environment) => ({
    environment,
    shift: profileCorrelation(own.shift, others.shift.subarray(environment * d, (environment + 1) * d)),
    target: profileCorrelation(own.target, others.target.subarray(environment * d, (environment + 1) * d)),
  }))
    .filter(({ environment }) => environment !== skip)
    .sort((a, b) => rank(b) - rank(a) || a.environment - b.environment)
    .slice(0, most)
}
