import { linearScale, type Scale } from './scale'

/** from this ratio of the ends on, an axis of positive values is logarithmic */
const WIDE = 8

/**
 * An axis of positive values that are compared by their ratio: logarithmic, with powers of ten (and their double and
 * fivefold where there are few), when they span much, else linear.
 */
export function measureAxis(values: readonly number[], range: readonly [number, number]): Scale {
  const known = values.filter((value) => Number.isFinite(value) && value > 0)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  if (known.length === 0 || high / low < WIDE) return linearScale(known, range, 4)
  const first = Math.floor(Math.log10(low))
  const last = Math.ceil(Math.log10(high))
  const [from, to] = range
  const place = (value: number): number =>
    value > 0 ? from + ((Math.log10(value) - first) / (last - first)) * (to - from) : from
  const powers = Array.from({ length: last - first + 1 }, (_, at) => 10 ** (first + at))
  const every = Math.ceil(powers.length / 4)
  return Object.assign(place, {
    ticks: powers.filter((_, at) => at % every === 0),
    decimals: Math.max(0, -first),
  })
}

/** `950`, `12 k`, `1.5 M`: three digits at most, for ticks. */
export function compact(value: number, decimals: number): string {
  if (Math.abs(value) >= 1e9) return `${Number((value / 1e9).toFixed(2))} G`
  if (Math.abs(value) >= 1e6) return `${Number((value / 1e6).toFixed(2))} M`
  if (Math.abs(value) >= 1e4) return `${Number((value / 1e3).toFixed(1))} k`
  return value.toFixed(Math.abs(value) >= 100 ? 0 : decimals)
}
