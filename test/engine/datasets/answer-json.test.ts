import { describe, expect, test } from 'vitest'
import {
  answerJson,
  type NumberArray,
  withNumbers,
  withSamples,
} from '../../../src-main/engine/datasets/reading/answer-json'
import type { ReadOutcome } from '../../../src-main/io/import'

/** Through the text and back; numbers are taken from the arrays that were written. */
function roundTrip(summary: object, dataset: unknown): { samples: unknown; dataset: unknown; text: string } {
  const written: NumberArray[] = []
  const text = [...answerJson({ summary, dataset } as ReadOutcome, written)].join('')
  const bytes = written.reduce((sum, { byteLength }) => sum + byteLength, 0)
  const answer = JSON.parse(text) as {
    summary: { samples: Parameters<typeof withSamples>[0] }
    dataset: unknown
  }
  const arrays: NumberArray[] = []
  const restored = withNumbers(answer.dataset, arrays, bytes)
  arrays.forEach((array, at) => array.set(written[at]!))
  return { samples: withSamples(answer.summary.samples), dataset: restored, text }
}

const names = (count: number, of: (at: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => of(at))

describe('the answer of a reader', () => {
  test.each([
    ['few names', names(3, (at) => `s${at}`)],
    ['none', []],
    ['thousands of names', names(10_000, (at) => `"s${at}\\ é漢`)],
    ['thousands of names, some empty', names(10_000, (at) => (at % 3 === 0 ? '' : `s${at}`))],
    ['names with line ends', names(5000, (at) => (at === 4100 ? 'a\nb' : `s${at}\r`))],
    ['names that look like marks', names(5000, () => '{"$lines":"x"}')],
  ])('comes back as it was: %s', (_, given) => {
    const samples = given.map((name, at) => ({
      name,
      environment: at % 2 === 0 ? 'control' : '',
      ...(at % 3 === 0 ? { batch: name } : {}),
      ...(at === 2 ? { group: 'ctrl_a' } : {}),
    }))
    const dataset = {
      name: 'x',
      genes: given,
      values: Float64Array.of(1.5, NaN, -0),
      environmentOf: Int32Array.of(0, 1),
      differential: { freedom: Infinity, adjusted: null, sd: new Float32Array(0), fate: Uint8Array.of(7) },
      repairs: [{ rule: 'a', text: 'b' }],
      files: [{ name: 'f', bytes: 3, sha256: '0' }],
      measured: undefined,
    }
    const back = roundTrip({ name: 'x', samples, control: null, missing: undefined }, dataset)
    expect(back.samples).toEqual(samples)
    expect(back.dataset).toEqual({ ...dataset })
  })

  test('needs exactly the bytes that were written', () => {
    const arrays: NumberArray[] = []
    const value = { values: { $array: ['f64', 2] } }
    expect(() => withNumbers(value, arrays, 8)).toThrow(/incomplete/)
    expect(() => withNumbers(value, arrays, 24)).toThrow(/incomplete/)
  })
})
