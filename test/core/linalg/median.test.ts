import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { medianInPlace, medianOf, selectInPlace } from '../../../src-main/core/linalg/median'

const numbers = fc
  .array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true })), {
    minLength: 1,
    maxLength: 40,
  })
  .map((list) => Float64Array.from(list))

describe('The median', () => {
  it('is the middle of the sorted values, or the mean of the two in the middle', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const sorted = Array.from(values).sort((a, b) => a - b)
        const middle = sorted.length >> 1
        const expected =
          sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
        const before = values.slice()
        // Compared by ===: minus zero is zero here.
        expect(medianOf(values) === expected).toBe(true)
        expect(values).toEqual(before)
        expect(medianInPlace(values) === expected).toBe(true)
      }),
    )
    expect(medianOf(new Float64Array())).toBeNaN()
  })

  it('comes from a selection that leaves nothing larger before and nothing smaller behind', () => {
    fc.assert(
      fc.property(numbers, fc.nat(39), (values, wanted) => {
        const k = wanted % values.length
        const sorted = Array.from(values).sort((a, b) => a - b)
        const found = selectInPlace(values, k)
        expect(found === sorted[k]).toBe(true)
        expect(values.subarray(0, k).every((value) => value <= found)).toBe(true)
        expect(values.subarray(k).every((value) => value >= found)).toBe(true)
      }),
    )
  })
})
