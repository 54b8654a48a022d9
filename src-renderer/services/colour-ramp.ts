/**
 * Colour at a place of a ramp, between its two neighbours.
 * @param ramp `#rrggbb`, at least two; @param place 0 … 1, beyond is the end
 */
export function rampColour(ramp: readonly string[], place: number): readonly [number, number, number] {
  const last = ramp.length - 1
  const at = Math.max(0, Math.min(1, Number.isNaN(place) ? 0 : place)) * last
  const below = Math.min(last - 1, Math.floor(at))
  const [a, b] = [channels(ramp[below]!), channels(ramp[below + 1]!)]
  const mix = (c: 0 | 1 | 2): number => Math.round(a[c] + (at - below) * (b[c] - a[c]))
  return [mix(0), mix(1), mix(2)]
}

function channels(hex: string): readonly [number, number, number] {
  const value = parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}
