import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyOf } from '../../src-shared/rpc/copy'

const leaf = fc.oneof(
  fc.string(),
  fc.double(),
  fc.constantFrom(null, undefined, true, -0, 12n),
  fc.float64Array(),
  fc.uint8Array(),
  fc.date(),
)
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('tree')), fc.dictionary(fc.string(), tie('tree'))),
}))

describe('the copy of a frame', () => {
  it('is what structuredClone makes of it', () => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(copyOf(value)).toStrictEqual(structuredClone(value))
      }),
      { numRuns: 300 },
    )
  })

  it('shares no object, array or bytes with the original', () => {
    const value = { list: [{ name: 'a' }], bytes: Float64Array.of(1, 2) }
    const copy = copyOf(value) as typeof value
    copy.list[0]!.name = 'b'
    copy.list.push({ name: 'c' })
    copy.bytes[0] = 9
    expect(value).toEqual({ list: [{ name: 'a' }], bytes: Float64Array.of(1, 2) })
  })

  it('keeps a field called __proto__ as a field', () => {
    const value: unknown = JSON.parse('{"__proto__": {"polluted": true}, "a": {"__proto__": [1]}}')
    const copy = copyOf(value) as object
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":true},"a":{"__proto__":[1]}}')
  })

  it('ends on a value that contains itself, and refuses functions and symbols', () => {
    const ring: { next?: unknown } = {}
    ring.next = ring
    expect(() => copyOf(ring)).not.toThrow()
    expect(() => copyOf({ call: () => 1 })).toThrow(/could not be cloned/)
    expect(() => copyOf([Symbol('s')])).toThrow(/could not be cloned/)
  })
})
