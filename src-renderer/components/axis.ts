/** A linear axis for small plots: data to pixels, with round tick values. */
export interface Axis {
  readonly at: (value: number) => number
  readonly ticks: readonly number[]
  readonly digits: number
}

const STEPS = [1, 2, 2.5, 5, 10] as const

/** Extent of all finite values with a margin; a single value gets one unit of room. */
export function extent(values: Iterable<number>, margin = 0.05): readonly [number, number] {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (low > high) return [-1, 1]
  const room = high > low ? (high - low) * margin : 0.5
  return [low - room, high + room]
}

/** @param pixels [at the low end, at the high end]; reversed for a vertical axis */
export function axis(domain: readonly [number, number], pixels: readonly [number, number], wanted = 5): Axis {
  const [low, high] = domain
  const span = high - low || 1
  const rough = span / Math.max(1, wanted)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (STEPS.find((factor) => factor * power >= rough) ?? 10)
  const ticks: number[] = []
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index++)
    ticks.push(index * step)
  const fraction = (String(Number(step.toPrecision(3))).split('.')[1] ?? '').length
  return {
    at: (value) => pixels[0] + ((value - low) / span) * (pixels[1] - pixels[0]),
    ticks,
    digits: fraction,
  }
}
