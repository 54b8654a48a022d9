import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, parseCanonicalJson } from '../../../src-main/io/result/canonical-json'

const anyNumbers = fc.float64Array({ maxLength: 20 })

describe('canonical JSON', () => {
  it('brings every bit of every typed array back', () => {
    fc.assert(
      fc.property(anyNumbers, fc.int32Array(), fc.uint8Array(), (f64, i32, u8) => {
        const back = parseCanonicalJson(canonicalJson({ f64, i32, u8 })) as Record<string, unknown>
        expect(back.f64).toBeInstanceOf(Float64Array)
        expect(new Uint8Array((back.f64 as Float64Array).buffer)).toEqual(
          new Uint8Array(f64.buffer, f64.byteOffset, f64.byteLength),
        )
        expect(back.i32).toEqual(Int32Array.from(i32))
        expect(back.u8).toEqual(Uint8Array.from(u8))
      }),
    )
  })

  it('writes typed arrays as little-endian bytes whatever the computer', () => {
    expect(canonicalJson(Float64Array.of(1))).toBe('{"$f64":"AAAAAAAA8D8="}')
    expect(canonicalJson(Int32Array.of(1))).toBe('{"$i32":"AQAAAA=="}')
  })

  it('reads an array of a view that does not start at the beginning of its buffer', () => {
    const view = new Float64Array(Float64Array.of(1, 2, 3).buffer, 8, 1)
    expect(parseCanonicalJson(canonicalJson(view))).toEqual(Float64Array.of(2))
  })

  it('does not depend on the order in which members were added', () => {
    expect(canonicalJson({ b: 1, a: { d: 2, c: 3 } })).toBe(canonicalJson({ a: { c: 3, d: 2 }, b: 1 }))
  })

  it.each([NaN, Infinity, -Infinity, 0.1, 5e-324, 1.7976931348623157e308])('keeps the number %d', (value) => {
    expect(parseCanonicalJson(canonicalJson({ value }))).toEqual({ value })
  })

  it('writes the same JSON values as JSON.stringify', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // JSON knows no negative zero; -0 is written as 0 by both.
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('drops __proto__ instead of setting a prototype', () => {
    const parsed = parseCanonicalJson('{"a":{"__proto__":{"polluted":1},"b":2}}') as { a: object }
    expect(Object.keys(parsed.a)).toEqual(['b'])
    expect(parsed.a).not.toHaveProperty('polluted')
  })

  it.each(['{"$f64":"AAA="}', '{"$f64":"not base64!"}', '{"$num":"12"}'])(
    'refuses the damaged array %s',
    (text) => {
      expect(() => parseCanonicalJson(text)).toThrow(RangeError)
    },
  )
})
