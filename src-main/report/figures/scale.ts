export interface Scale {
  (value: number): number
  readonly ticks: readonly number[]
  /** decimals that tell the ticks apart */
  readonly decimals: number
}

/**
 * A linear axis over the values, widened to round numbers.
 * @param range pixel positions of the low and the high end
 */
export function linearScale(values: Iterable<number>, range: readonly [number, number], wanted = 5): Scale {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low > high) [low, high] = [0, 1]
  if (low === high) [low, high] = [low - 0.5, high + 0.5]
  const step = roundStep((high - low) / wanted)
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step)
  const [from, to] = range
  const slope = (to - from) / ((last - first) * step)
  const scale = (value: number): number => from + (value - first * step) * slope
  return Object.assign(scale, { ticks, decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) })
}

/** 1, 2 or 5 times a power of ten. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = rough / power
  return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10)
}
