import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { deflateSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { createRng } from '../../../src-main/core/random/rng'
import { packResult, unpackResult } from '../../../src-main/io/project/packed-result'
import { canonicalJson } from '../../../src-main/io/result/canonical-json'

const RESULT = resolve(import.meta.dirname, '../../fixtures/result/version-1.json')
const packed = (value: unknown): Buffer => packResult(Buffer.from(canonicalJson(value)))!
const withHead = (head: unknown, rest: string): Buffer => Buffer.from(`${JSON.stringify(head)}\n${rest}`)

describe('A packed result', () => {
  it('unpacks to the same bytes: numbers of every kind, odd lengths, and names that look like its own marks', () => {
    const bits = new Float64Array(new BigUint64Array([0x7ff8000000000001n, 0x8000000000000000n]).buffer)
    const value = {
      decimals: Float64Array.of(0.25, -1.5, NaN, Infinity, -Infinity, 1e300, 5e-324),
      bits,
      none: new Float64Array(0),
      again: [Float64Array.of(Math.PI, Math.E), Float64Array.of(Math.PI, Math.E)],
      narrow: [Float32Array.of(1.1, 2.2, 3.3), Int32Array.of(-1, 7), Uint8Array.of(1, 2, 3)],
      names: ['"$f64":3', '{"$f64":"AAAA"}', 'αβ\u2028\n', '$f64'],
    }
    for (const text of [Buffer.from(canonicalJson(value)), readFileSync(RESULT)])
      expect(unpackResult(packResult(text)!)!.equals(text)).toBe(true)
  })

  it('deflates to less than three quarters of its text', () => {
    const rng = createRng(1)
    const values = Float64Array.from({ length: 4000 }, () => Number((rng.next() * 4 - 2).toPrecision(5)))
    const logOdds = Float64Array.from({ length: 4000 }, () => rng.next() * 20 - 10)
    const result = { values, logOdds, parts: { network: logOdds }, effect: new Float64Array(4000).fill(NaN) }
    const plain = deflateSync(Buffer.from(canonicalJson(result))).length
    expect(deflateSync(packed(result)).length).toBeLessThan(0.75 * plain)
  })

  it('is given up where it would not come back: base64 or UTF-8 that is not the usual', () => {
    expect(packResult(Buffer.from('{"a":{"$f64":"AB=="}}'))).toBeUndefined()
    expect(packResult(Buffer.from([0x22, 0xff, 0x22]))).toBeUndefined()
  })

  it('from outside that is cut, longer than it says or refers to nothing is refused, and so is one that grows', () => {
    const whole = packed({ a: Float64Array.of(1, 2, 3), b: Float64Array.of(Math.PI) })
    for (let length = 0; length < whole.length; length++)
      expect(unpackResult(whole.subarray(0, length))).toBeUndefined()
    expect(unpackResult(Buffer.concat([whole, Buffer.from('x')]))).toBeUndefined()
    expect(unpackResult(withHead({ text: 8, arrays: [] }, '"$f64":0'))).toBeUndefined()
    expect(unpackResult(withHead({ text: -1, arrays: [] }, ''))).toBeUndefined()
    const array = { form: 'planes', width: 1, bytes: 20_000 }
    const bomb = (times: number): Buffer => {
      const text = '"$u8":0,'.repeat(times)
      return withHead({ text: text.length, arrays: [array] }, text + 'x'.repeat(array.bytes))
    }
    expect(unpackResult(bomb(10))!.length).toBeGreaterThan(200_000)
    expect(unpackResult(bomb(1_000))).toBeUndefined()
  })
})
