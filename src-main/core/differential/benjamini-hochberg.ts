/**
 * Benjamini–Hochberg adjusted p values: the smallest false discovery rate at which each test is rejected,
 * min over ranks s ≥ r of p_(s) · m / s, at most 1 (Benjamini & Hochberg 1995, J. R. Statist. Soc. B 57:289).
 *
 * @param p [n]
 * @param tests m; more than n when tests with larger p were left out
 * @returns [n]
 */
export function adjustedP(p: Float64Array, tests = p.length): Float64Array {
  const order = Uint32Array.from(p.keys()).sort((a, b) => p[a]! - p[b]!)
  const adjusted = new Float64Array(p.length)
  let least = 1
  for (let rank = order.length; rank >= 1; rank--) {
    const test = order[rank - 1]!
    least = Math.min(least, (p[test]! * tests) / rank)
    adjusted[test] = least
  }
  return adjusted
}
