import { describe, expect, it } from 'vitest'
import { createRng } from '../../../src-main/core/random/rng'
import { decodeHalves, encodeHalves, halfBits } from '../../../src-main/io/shards/float16'

/** The number that half-precision bits stand for, by the definition of binary16. */
function decode(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >> 10) & 31
  const fraction = half & 1023
  if (exponent === 31) return fraction ? NaN : sign * Infinity
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15))
}

/** All finite halves ≥ 0, increasing: their bits are their index. */
const POSITIVE = Float64Array.from({ length: 0x7c00 }, (_, half) => decode(half))

/** The nearest half by search; of two equally near ones the even. */
function nearest(value: number): number {
  const magnitude = Math.abs(value)
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  // halfway between the largest half and the 65536 that would follow
  if (magnitude >= 65520) return sign | 0x7c00
  let [below, above] = [0, POSITIVE.length - 1]
  while (above - below > 1) {
    const middle = (below + above) >> 1
    if (POSITIVE[middle]! <= magnitude) below = middle
    else above = middle
  }
  const [down, up] = [magnitude - POSITIVE[below]!, POSITIVE[above]! - magnitude]
  return sign | (down < up || (down === up && below % 2 === 0) ? below : above)
}

describe('half-precision bits', () => {
  it('bring every half back to itself', () => {
    const changed = [...Array(0x10000).keys()].filter((half) => {
      const value = decode(half)
      return !Number.isNaN(value) && halfBits(value) !== half
    })
    expect(changed).toEqual([])
  })

  it('stand for the number that their definition gives', () => {
    const all = Uint16Array.from({ length: 0x10000 }, (_, half) => half)
    const values = decodeHalves(all)
    expect([...all].filter((half) => !Object.is(values[half], Math.fround(decode(half))))).toEqual([])
  })

  it('are those of the nearest half, ties to even', () => {
    const rng = createRng(1)
    const values = Array.from({ length: 50_000 }, () =>
      Math.fround((rng.next() - 0.5) * 2 ** (40 * rng.next() - 22)),
    )
    expect(values.filter((value) => halfBits(value) !== nearest(value))).toEqual([])
    const ties = Array.from({ length: 0x7bff }, (_, half) => (POSITIVE[half]! + POSITIVE[half + 1]!) / 2)
    expect(ties.filter((tie, half) => halfBits(tie) !== half + (half % 2))).toEqual([])
  })

  it('keep signs of zero, infinities and what is not a number', () => {
    expect(halfBits(-0)).toBe(0x8000)
    expect(halfBits(65519)).toBe(0x7bff)
    expect(halfBits(65520)).toBe(0x7c00)
    expect(halfBits(-Infinity)).toBe(0xfc00)
    expect(decode(halfBits(NaN))).toBeNaN()
  })

  it('fill an array from an index on', () => {
    const target = new Uint16Array(4)
    encodeHalves(Float32Array.of(1, -2), target, 1)
    expect([...target]).toEqual([0, 0x3c00, 0xc000, 0])
  })
})
