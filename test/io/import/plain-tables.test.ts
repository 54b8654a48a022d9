import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { AppError } from '../../../src-shared/contract/errors'
import { areDistinct } from '../../../src-main/io/import/distinct-names'
import { defaultLimits } from '../../../src-main/io/import/limits'
import { decimalOf } from '../../../src-main/io/import/number-cell'
import { rowFeed } from '../../../src-main/io/import/row-feed'
import { TableBuilder } from '../../../src-main/io/import/table-builder'
import { takeHead, type TableHead } from '../../../src-main/io/import/table-head'
import { DELIMITERS, rowSplitter } from '../../../src-main/io/import/table-rows'
import { decodePieces, strings, type TextPiece } from '../../../src-main/io/import/text-encoding'
import type { ReadRequest } from '../../../src-main/io/import/types'
import { wholeNumbers } from '../../../src-main/io/import/whole-numbers'

const FILE = { name: 'x.csv', path: 'x.csv' }

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 19 })
const number = fc
  .tuple(
    fc.constantFrom('', '', '', '-', '+'),
    digits,
    fc.option(fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 18 }), { nil: null }),
    fc.constantFrom('', '', '', '', 'e5', 'E-3', 'e+12', 'e-320', 'e400'),
  )
  .map(([sign, whole, part, exponent]) => ({ sign, whole, part, exponent }))
const odd = fc.constantFrom(
  ...['', ' ', 'NA', 'n/a', 'NaN', 'null', '.', '-', '#N/A', '#DIV/0!', 'Inf', '-Infinity'],
  ...[
    '-0',
    '.5',
    '-.5',
    '5.',
    '.',
    '+',
    '-',
    '1.2.3',
    '1,234',
    '1,234,567',
    '1.234,5',
    '1 234',
    ' 1.5',
    '1.5 ',
  ],
  ...['−5', '１', '0x1F', '1e', 'e5', 'n.d.', '1_000', '1\u007f2', '\u00a07', "'=1", '1.5\t', 'ſ', 'İ', 'İ5'],
)
const name = fc.string({ unit: fc.constantFrom(...'abXY01 _-.\'"é漢İ=,;\u007f\u00a0'), maxLength: 16 })

const HOW = fc.record({
  delimiter: fc.constantFrom('tab' as const, 'comma' as const, 'semicolon' as const, 'pipe' as const),
  decimal: fc.constantFrom('.', ','),
  orientation: fc.constantFrom('genes-in-rows' as const, 'genes-in-columns' as const),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  encoding: fc.constantFrom('utf-8', 'utf-8 with mark', 'utf-16le', 'windows-1252'),
  quotes: fc.constantFrom('needed', 'all', 'names', 'sloppy'),
  chunk: fc.integer({ min: 4, max: 400 }),
})
type How = typeof HOW extends fc.Arbitrary<infer T> ? T : never

interface Written {
  readonly sign: string
  readonly whole: string
  readonly part: string | null
  readonly exponent: string
}
type Cell = Written | { readonly text: string }

interface Row {
  readonly name: string
  readonly label: string
  readonly cells: readonly Cell[]
  readonly extra: number
  readonly blank: boolean
}

const cells: fc.Arbitrary<Cell> = fc.oneof(
  { weight: 12, arbitrary: number },
  { weight: 1, arbitrary: odd.map((text) => ({ text })) },
)
const body: fc.Arbitrary<Row[]> = fc.array(
  fc.record({
    name,
    label: fc.constantFrom('control', 'drug A', ' drug A', 'NA', "'=x"),
    cells: fc.array(cells, { minLength: 4, maxLength: 4 }),
    // now and then a cell too many or too few, and a blank line
    extra: fc.constantFrom(...Array.from({ length: 12 }, () => 0), 1, -1),
    blank: fc.constantFrom(...Array.from({ length: 12 }, () => false), true),
  }),
  { minLength: 3, maxLength: 30 },
)

function write(rows: readonly Row[], how: How): Buffer {
  const delimiter = DELIMITERS[how.delimiter]
  const spell = (cell: Cell): string =>
    'text' in cell
      ? cell.text
      : cell.sign + cell.whole + (cell.part === null ? '' : how.decimal + cell.part) + cell.exponent
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const out = (text: string, isName: boolean): string => {
    if (how.quotes === 'sloppy') return text.replaceAll(delimiter, ' ')
    if (how.quotes === 'all' || (how.quotes === 'names' && isName)) return quoted(text)
    return text.includes(delimiter) || text.includes('"') ? quoted(text) : text
  }
  const first = how.orientation === 'genes-in-rows' ? ['gene', 'label'] : ['sample', 'environment']
  const header = [...first, 'TP53', 'MYC', 'JUN', 'FOS'].map((text) => out(text, true))
  const lines = rows.flatMap((row) => {
    const all = [
      out(row.name, true),
      out(row.label, true),
      ...row.cells.map((cell) => out(spell(cell), false)),
    ]
    if (row.extra > 0) all.push('1')
    if (row.extra < 0) all.pop()
    return row.blank ? ['', all.join(delimiter)] : [all.join(delimiter)]
  })
  const text = [header.join(delimiter), ...lines].join(how.lineEnd) + how.lineEnd
  if (how.encoding === 'utf-16le') return Buffer.from(`\uFEFF${text}`, 'utf16le')
  if (how.encoding === 'windows-1252') return Buffer.from(text.replaceAll(/[^\u0000-\u00ff]/g, '?'), 'latin1')
  return Buffer.from(how.encoding === 'utf-8' ? text : `\uFEFF${text}`)
}

/** Every chunk in the same memory, as files are read. */
async function* inChunks(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  const memory = Buffer.alloc(length)
  for (let at = 0; at < bytes.length; at += length) {
    const size = bytes.copy(memory, 0, at, at + length)
    yield await Promise.resolve(memory.subarray(0, size))
    memory.fill('9')
  }
}

const request = (how: How): ReadRequest => ({
  options: ReadOptions.parse({
    files: ['x'],
    delimiter: how.delimiter,
    decimal: how.decimal === ',' ? 'comma' : 'point',
    orientation: how.orientation,
  }),
  sheetSamples: [],
  limits: defaultLimits(),
})

const textOf = (bytes: Buffer, how: How): AsyncGenerator<TextPiece> =>
  decodePieces(
    FILE,
    inChunks(bytes, how.chunk),
    how.encoding === 'windows-1252' ? how.encoding : null,
    () => undefined,
  )

/** As the program does. */
async function throughPlainLines(bytes: Buffer, how: How): Promise<Read> {
  const text = textOf(bytes, how)
  const head = await takeHead(FILE, text, request(how), null)
  const builder = new TableBuilder(FILE, head.layout, head.decimal, request(how), () => 1)
  const feed = rowFeed(FILE, builder, head, defaultLimits().rowLength)
  feed.push(head.text)
  for await (const piece of text) feed.push(piece)
  feed.end()
  return { head, builder, dataRows: feed.dataRows() }
}

/** Every row cut by papaparse, every cell a string. */
async function throughPapaparse(bytes: Buffer, how: How): Promise<Read> {
  const text = strings(textOf(bytes, how))
  const head = await takeHead(FILE, text, request(how), null)
  const builder = new TableBuilder(FILE, head.layout, head.decimal, request(how), () => 1)
  const splitter = rowSplitter(FILE, how.delimiter, defaultLimits().rowLength)
  let whole = head.text
  for await (const piece of text) whole += piece
  let row = head.linesBefore
  let dataRows = 0
  for (const each of [...splitter.push(whole), ...splitter.end()]) {
    row++
    if (row <= head.headerRow || (each.length === 1 && each[0]!.trim() === '')) continue
    dataRows++
    builder.addRow(each, row)
  }
  return { head, builder, dataRows }
}

interface Read {
  readonly head: TableHead
  readonly builder: TableBuilder
  readonly dataRows: number
}

function everything({ builder, dataRows }: Read): unknown {
  const { matrix } = builder
  const values = Array.from({ length: matrix.rows * matrix.columns }, (_, at) =>
    matrix.at(Math.floor(at / matrix.columns), at % matrix.columns),
  )
  return {
    // a hexadecimal dump, because NaN and -0 must be told from others
    bits: Buffer.from(Float64Array.from(values).buffer).toString('hex'),
    dataRows,
    names: builder.rowNames,
    numbers: builder.rowNumbers,
    labels: builder.labels,
    textRows: [...builder.textRows],
    missing: builder.missing,
    decimal: decimalOf(builder.tally),
    text: builder.textFindings(),
    rows: builder.rowFindings(),
  }
}

const outcome = (read: Promise<Read>): Promise<unknown> =>
  read.then(everything, (error: unknown) => {
    if (error instanceof AppError) return { code: error.code, message: error.message }
    throw error
  })

describe('a table read straight from its bytes', () => {
  test('is what papaparse and the slow rules make of it, to the last bit and with the same complaints', async () => {
    await fc.assert(
      fc.asyncProperty(body, HOW, async (rows, how) => {
        const bytes = write(rows, how)
        expect(await outcome(throughPlainLines(bytes, how))).toEqual(
          await outcome(throughPapaparse(bytes, how)),
        )
      }),
      { numRuns: 250 },
    )
  }, 60_000)

  test('takes the quick way for plain numbers: 15 digits and any number of decimals are the nearest double', async () => {
    const rows = Array.from({ length: 200 }, (_, row) =>
      Array.from({ length: 4 }, (__, column) => {
        const text = String((row * 4 + column + 1) * 1234567.891011)
          .replace('.', '')
          .slice(0, 1 + (row % 15))
        return {
          sign: row % 3 === 0 ? '-' : '',
          whole: text,
          part: row % 2 === 0 ? text.slice(0, row % 9) : null,
          exponent: '',
        }
      }),
    )
    const how: How = {
      delimiter: 'comma',
      decimal: '.',
      orientation: 'genes-in-rows',
      lineEnd: '\n',
      encoding: 'utf-8',
      quotes: 'needed',
      chunk: 1000,
    }
    const given = rows.map((each, at) => ({
      name: `G${at}`,
      label: 'control',
      cells: each,
      extra: 0,
      blank: false,
    }))
    const { builder } = await throughPlainLines(write(given, how), how)
    rows.forEach((each, row) =>
      each.forEach(({ sign, whole, part }, column) =>
        expect(builder.matrix.at(row, column)).toBe(
          Number(`${sign}${whole}${part === null ? '' : `.${part}`}`),
        ),
      ),
    )
  })
})

describe('numbers kept as whole numbers', () => {
  test('come back to the last bit, or are not kept so', () => {
    const decimal = fc
      .tuple(fc.integer({ min: -(2 ** 31), max: 2 ** 31 }), fc.integer({ min: 0, max: 10 }))
      .map(([whole, decimals]) => whole / 10 ** decimals)
    const value = fc.oneof(
      { weight: 30, arbitrary: decimal },
      { weight: 3, arbitrary: fc.constant(NaN) },
      { weight: 1, arbitrary: fc.double() },
      { weight: 1, arbitrary: fc.constantFrom(-0, 2 ** 31, -(2 ** 31), 1e-9, 0.1 + 0.2) },
    )
    let kept = 0
    fc.assert(
      fc.property(
        fc.oneof(fc.array(decimal, { maxLength: 6 }), fc.array(value, { maxLength: 6 })),
        fc.integer({ min: 0, max: 9 }),
        (numbers, from) => {
          const values = Float64Array.from(numbers)
          const store = wholeNumbers(values, from)?.numbers
          if (!store) return
          kept++
          const back = new Float64Array(values.length)
          store.read(0, values.length, back)
          values.forEach((each, at) => {
            expect(Object.is(back[at], each)).toBe(true)
            expect(Object.is(store.at(at), each)).toBe(true)
          })
        },
      ),
      { numRuns: 2000 },
    )
    expect(kept).toBeGreaterThan(200)
  })

  test('no decimals serve minus zero, more than nine digits and longer fractions, wherever they stand', () => {
    for (const value of [-0, 2 ** 31, -(2 ** 31), 0.1 + 0.2, Math.PI, Infinity])
      for (const before of [1, 200])
        expect(wholeNumbers(Float64Array.of(...new Array<number>(before).fill(1.5), value), 0)).toBeNull()
    expect(wholeNumbers(Float64Array.of(7.1, 7.25, NaN, -3), 0)?.decimals).toBe(2)
    expect(wholeNumbers(Float64Array.of(...new Array<number>(100).fill(7), 7.125), 5)?.decimals).toBe(5)
    expect(wholeNumbers(Float64Array.of(...new Array<number>(100).fill(7), 7.125), 0)?.decimals).toBe(3)
  })
})

describe('names that differ', () => {
  test('are told from repeated ones as a set tells them', () => {
    const names = fc.array(fc.string({ unit: fc.constantFrom(...'ab1'), maxLength: 6 }), { maxLength: 60 })
    fc.assert(
      fc.property(names, (each) => areDistinct(each) === (new Set(each).size === each.length)),
      { numRuns: 1000 },
    )
    const many = Array.from({ length: 200_000 }, (_, gene) => `GENE${gene}`)
    expect(areDistinct(many)).toBe(true)
    expect(areDistinct([...many, 'GENE77777'])).toBe(false)
  })
})
