const LARGEST_LOG_ODDS = 700

/** Finite for probabilities of exactly 0 and 1, too. */
export function logOddsOf(probability: number): number {
  return Math.max(
    -LARGEST_LOG_ODDS,
    Math.min(LARGEST_LOG_ODDS, Math.log(probability) - Math.log1p(-probability)),
  )
}
