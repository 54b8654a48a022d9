import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dataset, read } from './support'

const DELIMITER = { tab: '\t', comma: ',', semicolon: ';', pipe: '|' } as const

interface Table {
  readonly genes: string[]
  readonly samples: { name: string; environment: string }[]
  readonly values: number[][]
}

/** Names with everything that needs quoting; unique, not empty, not a missing word, without surrounding space. */
const name = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019 _-.,;|\t"\'/é漢'), minLength: 1, maxLength: 12 })
  .map((text) => `n${text.replace(/\s+/g, ' ').trim()}`)
  // the mark between the genes of a probe is a rule of its own
  .filter((text) => !text.includes('///'))

const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.constantFrom(0, 1e-300, 1.7976931348623157e308, -5e-324, 123456.789012345),
)

const table: fc.Arbitrary<Table> = fc
  .record({
    genes: fc.uniqueArray(name, { minLength: 2, maxLength: 6 }),
    names: fc.uniqueArray(name, { minLength: 3, maxLength: 7 }),
  })
  .chain(({ genes, names }) =>
    fc.record({
      genes: fc.constant(genes),
      samples: fc.tuple(
        ...names.map((each) =>
          fc.record({ name: fc.constant(each), environment: fc.constantFrom('control', 'drug A', 'kd; B') }),
        ),
      ),
      values: fc.array(fc.array(value, { minLength: genes.length, maxLength: genes.length }), {
        minLength: names.length,
        maxLength: names.length,
      }),
    }),
  )

const writing = fc.record({
  delimiter: fc.constantFrom(...(Object.keys(DELIMITER) as (keyof typeof DELIMITER)[])),
  decimal: fc.constantFrom('point' as const, 'comma' as const),
  orientation: fc.constantFrom('genes-in-columns' as const, 'genes-in-rows' as const),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  lastLineEnd: fc.boolean(),
  encoding: fc.constantFrom('utf-8', 'utf-8 with mark', 'utf-16le', 'utf-16be'),
  gzip: fc.boolean(),
  quoteAll: fc.boolean(),
})

type Writing = typeof writing extends fc.Arbitrary<infer T> ? T : never

function write({ genes, samples, values }: Table, how: Writing): Buffer {
  const delimiter = DELIMITER[how.delimiter]
  const text = (cell: string): string =>
    how.quoteAll || /["\n\r]/.test(cell) || cell.includes(delimiter)
      ? `"${cell.replaceAll('"', '""')}"`
      : cell
  const number = (cell: number): string =>
    text(how.decimal === 'comma' ? String(cell).replace('.', ',') : String(cell))
  const rows =
    how.orientation === 'genes-in-columns'
      ? [
          ['sample', 'environment', ...genes].map(text),
          ...samples.map((sample, s) => [
            text(sample.name),
            text(sample.environment),
            ...values[s]!.map(number),
          ]),
        ]
      : [
          ['gene', ...samples.map((sample) => sample.name)].map(text),
          ['environment', ...samples.map((sample) => sample.environment)].map(text),
          ...genes.map((gene, g) => [text(gene), ...values.map((row) => number(row[g]!))]),
        ]
  const whole =
    rows.map((row) => row.join(delimiter)).join(how.lineEnd) + (how.lastLineEnd ? how.lineEnd : '')
  const little = Buffer.from(`\uFEFF${whole}`, 'utf16le')
  const bytes = {
    'utf-8': Buffer.from(whole),
    'utf-8 with mark': Buffer.from(`\uFEFF${whole}`),
    'utf-16le': little,
    'utf-16be': Buffer.from(little).swap16(),
  }[how.encoding]
  return how.gzip ? gzipSync(bytes) : bytes
}

describe('a table written in any way', () => {
  test('is read back with the same names, experiments and numbers to the last bit', async () => {
    await fc.assert(
      fc.asyncProperty(table, writing, async (given, how) => {
        const data = await dataset(write(given, how), {
          // names here are noise, so the form that names would tell is given
          orientation: how.orientation,
          delimiter: how.delimiter,
          decimal: how.decimal,
          transform: 'none',
          control: given.samples.some(({ environment }) => environment === 'control')
            ? 'auto'
            : given.samples[0]!.environment,
        })
        expect([...data.genes]).toEqual(given.genes)
        const control = data.environments[0]
        const order = [...new Set([control, ...given.samples.map(({ environment }) => environment)])]
        expect(data.environments).toEqual(order)
        data.samples.forEach((sample, row) => {
          const s = given.samples.findIndex((each) => each.name === sample)
          expect(data.environments[data.environmentOf[row]!]).toBe(given.samples[s]!.environment)
          given.genes.forEach((_, g) =>
            expect(data.values[row * given.genes.length + g]).toBe(given.values[s]![g]! + 0),
          )
        })
        expect(data.samples.length).toBe(given.samples.length)
      }),
      { numRuns: 150 },
    )
  })

  test('with ordinary names needs no option at all', async () => {
    const genes = ['TP53', 'MYC', 'CDKN1A', 'MDM2', 'BAX', 'FAS']
    const environments = ['control', 'drug A', 'drug B']
    const ordinary = fc.record({
      values: fc.array(
        fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 6, maxLength: 6 }),
        { minLength: 9, maxLength: 9 },
      ),
    })
    await fc.assert(
      fc.asyncProperty(ordinary, writing, async ({ values }, how) => {
        const samples = values.map((_, s) => ({
          name: `s${s + 1}`,
          environment: environments[Math.floor(s / 3)]!,
        }))
        const { dataset: data, summary } = await read(write({ genes, samples, values }, how), {
          transform: 'none',
        })
        expect(summary.detected).toMatchObject({ orientation: how.orientation, delimiter: how.delimiter })
        expect(data?.genes).toEqual(genes)
        expect(data?.environments).toEqual(environments)
        expect(Array.from(data!.values)).toEqual(values.flat().map((each) => each + 0))
      }),
      { numRuns: 80 },
    )
  })
})
