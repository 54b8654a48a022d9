/** Bounds of the closed form's log-odds as an input of the combiner; beyond them they mean no more. */
export const LARGEST_TARGET = 20
export const LARGEST_EDGE = 9

export function bounded(x: number, most: number): number {
  return x < -most ? -most : x > most ? most : x
}

export function probability(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}

/** log σ(x), exact for large |x|. */
export function logProbability(x: number): number {
  return x > 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x))
}
