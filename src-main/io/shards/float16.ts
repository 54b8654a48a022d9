/** Reinterprets the bits of one float32. */
const scratch = new Float32Array(1)
const bits = new Uint32Array(scratch.buffer)

/** 2⁻¹⁴, the smallest normal half, and 2¹⁶, beyond which all is infinite; as float32 bits. */
const SMALLEST_NORMAL = 0x38800000
const INFINITE_FROM = 0x47800000
const INFINITY_32 = 0x7f800000
/** Difference of the exponent biases, 127 − 15, in the exponent field. */
const BIAS = 0x38000000

/**
 * The bits of the half-precision number (IEEE 754 binary16) nearest to a float32, ties to even.
 *
 * The 13 bits that go are rounded by adding 0xfff plus the last bit that stays; a carry runs into the
 * exponent, as it should. Below the normal range the hardware rounds: 0.5 has the spacing 2⁻²⁴ of
 * subnormal halves, so adding 0.5 in float32 leaves the half in the low bits.
 */
export function halfBits(value: number): number {
  scratch[0] = value
  const all = bits[0]!
  const sign = (all >>> 16) & 0x8000
  const magnitude = all & 0x7fffffff
  if (magnitude >= INFINITE_FROM) return sign | (magnitude > INFINITY_32 ? 0x7e00 : 0x7c00)
  if (magnitude >= SMALLEST_NORMAL)
    return sign | ((magnitude - BIAS + 0xfff + ((magnitude >>> 13) & 1)) >>> 13)
  bits[0] = magnitude
  scratch[0] = scratch[0] + 0.5
  return sign | (bits[0] - 0x3f000000)
}

/** Writes all of `source` as halves to `target` from index `from` on. */
export function encodeHalves(source: Float32Array, target: Uint16Array, from: number): void {
  for (let i = 0; i < source.length; i++) target[from + i] = halfBits(source[i]!)
}

/** The number that half-precision bits stand for; exact. */
export function halfValue(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >>> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** All halves as float32. */
export function decodeHalves(source: Uint16Array): Float32Array {
  return Float32Array.from(source, halfValue)
}
