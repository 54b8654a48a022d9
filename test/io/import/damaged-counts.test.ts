import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { findingOf, lines, readFiles, row } from './support'

const BARCODES = lines('AAAC-1', 'AAAG-1', 'AACT-1', 'AAGT-1')
const FEATURES = lines(
  'ENSG01\tTP53\tGene Expression',
  'ENSG02\tMYC\tGene Expression',
  'ENSG03\tJUN\tGene Expression',
)
const HEAD = ['%%MatrixMarket matrix coordinate integer general', '%made by hand']
const ENTRIES = ['1 1 5', '3 1 2', '2 2 7', '1 3 1', '3 4 4']
const matrix = (size: string, entries: readonly string[]): string => lines(...HEAD, size, ...entries)

const folder = (mtx: string, more: Record<string, string> = {}): Parameters<typeof readFiles>[0] => ({
  'matrix.mtx': mtx,
  'barcodes.tsv': BARCODES,
  'features.tsv': FEATURES,
  ...more,
})

const options = {
  transform: 'none',
  assignment: { 'AAAC-1': 'control', 'AAAG-1': 'control', 'AACT-1': 'kd', 'AAGT-1': 'kd' },
} as const

describe('a 10x folder', () => {
  test('is read entry by entry, in any order, with Windows line ends and spaces around', async () => {
    const expected = [5, 0, 2]
    for (const entries of [
      ENTRIES,
      ENTRIES.toReversed(),
      ENTRIES.map((entry) => ` ${entry.replaceAll(' ', '  ')}\r`),
    ]) {
      const { dataset } = await readFiles(folder(matrix('3 4 5', entries)), { options })
      expect(row(dataset!, 0)).toEqual(expected)
      expect(dataset!.samples).toEqual(['AAAC-1', 'AAAG-1', 'AACT-1', 'AAGT-1'])
    }
    const real = ENTRIES.map((entry) => `${entry}.5e0`)
    const { dataset } = await readFiles(folder(matrix('3 4 5', real).replace('integer', 'real')), { options })
    expect(row(dataset!, 0)).toEqual([5.5, 0, 2.5])
  })

  test.each([
    [
      'fewer values than declared',
      matrix('3 4 6', ENTRIES),
      /^matrix\.mtx is incomplete \(5 of 6 values\)\. Copy or download it again\.$/,
    ],
    [
      'more values than declared',
      matrix('3 4 4', ENTRIES),
      /^matrix\.mtx is damaged: it has more than the 4 values that it declares\./,
    ],
    [
      'a row that does not exist',
      matrix('3 4 5', [...ENTRIES.slice(1), '4 1 5']),
      /^matrix\.mtx is damaged: entry 5 is no position in a matrix of 3 × 4 with a number\./,
    ],
    ['row zero', matrix('3 4 5', ['0 1 5', ...ENTRIES.slice(1)]), /damaged: entry 1 is no position/],
    [
      'a column that does not exist',
      matrix('3 4 5', [...ENTRIES.slice(1), '1 5 5']),
      /damaged: entry 5 is no position/,
    ],
    [
      'a value that is no number',
      matrix('3 4 5', ['1 1 x', ...ENTRIES.slice(1)]),
      /damaged: entry 1 is no position/,
    ],
    [
      'a value that is missing',
      matrix('3 4 5', ['1 1', ...ENTRIES.slice(1)]),
      /damaged: entry 1 is no position/,
    ],
    [
      'a value that is infinite',
      matrix('3 4 5', ['1 1 1e999', ...ENTRIES.slice(1)]),
      /damaged: entry 1 is no position/,
    ],
    [
      'another matrix than its names',
      matrix('4 4 5', ENTRIES),
      /^matrix\.mtx is 4 × 4, but features\.tsv and barcodes\.tsv name 3 features and 4 barcodes\. Choose the three files of one sample\.$/,
    ],
    [
      'no line of sizes',
      lines(...HEAD),
      /^matrix\.mtx has no line with its numbers of rows, columns and values\./,
    ],
    ['sizes that are none', matrix('3 4 many', ENTRIES), /has no line with its numbers/],
    [
      'another kind of matrix',
      matrix('3 4 5', ENTRIES).replace('coordinate', 'array'),
      /^matrix\.mtx is a Matrix Market file of another kind \(array integer general\)\./,
    ],
    [
      'a pattern without values',
      matrix('3 4 5', ENTRIES).replace('integer', 'pattern'),
      /of another kind \(coordinate pattern general\)/,
    ],
  ])('with %s is refused in words', async (_, mtx, message) => {
    await expect(readFiles(folder(mtx), { options })).rejects.toMatchObject({
      code: 'DATA_FORMAT',
      message: expect.stringMatching(message) as string,
    })
  })

  test('that declares an enormous matrix is refused before anything is allocated', async () => {
    const promise = readFiles(folder(matrix('3 4 9007199254740991', ENTRIES)), { options })
    await expect(promise).rejects.toMatchObject({ code: 'RESOURCE_LIMIT' })
  })

  test('without its names is asked for with them', async () => {
    await expect(readFiles({ 'matrix.mtx': matrix('3 4 5', ENTRIES) })).rejects.toMatchObject({
      code: 'DATA_FORMAT',
      message: expect.stringContaining('Choose it together with its barcodes.tsv and features.tsv') as string,
    })
  })

  test('whose gzip ends early is incomplete', async () => {
    const packed = gzipSync(matrix('3 4 5', ENTRIES))
    const files = {
      'matrix.mtx.gz': packed.subarray(0, packed.length - 12),
      'barcodes.tsv': BARCODES,
      'features.tsv': FEATURES,
    }
    await expect(readFiles(files, { options })).rejects.toMatchObject({ code: 'DATA_FORMAT' })
  })
})

describe('count files', () => {
  const COUNTS = ['gene,ctrl_1,ctrl_2,kd_1,kd_2', 'TP53,100,120,20,30', 'MYC,50,40,45,55', 'JUN,9,8,7,60']

  test('of HTSeq: the five rows that count no gene are left out and said', async () => {
    const rows = ['__no_feature', '__ambiguous', '__too_low_aQual', '__not_aligned', '__alignment_not_unique']
    const table = lines(...COUNTS, ...rows.map((name) => `${name},900,900,900,900`))
    const outcome = await readFiles({ 'htseq.csv': table })
    expect(outcome.dataset?.genes).toEqual(['TP53', 'MYC', 'JUN'])
    expect(findingOf(outcome, 'summary-rows')).toMatchObject({ level: 'info', count: 5 })
  })

  test('of STAR: N_unmapped and the others above the genes', async () => {
    const rows = ['N_unmapped', 'N_multimapping', 'N_noFeature', 'N_ambiguous']
    const table = lines(COUNTS[0]!, ...rows.map((name) => `${name},900,900,900,900`), ...COUNTS.slice(1))
    const outcome = await readFiles({ 'ReadsPerGene.csv': table })
    expect(outcome.dataset?.genes).toEqual(['TP53', 'MYC', 'JUN'])
    expect(findingOf(outcome, 'summary-rows').text).toBe(
      "4 rows ('N_unmapped', 'N_multimapping', 'N_noFeature' and 'N_ambiguous') count reads without a gene and were left out.",
    )
  })

  test('a gene that only looks like one of these rows stays', async () => {
    const outcome = await readFiles({ 'x.csv': lines(...COUNTS, 'N_unmapped2,1,2,3,4') })
    expect(outcome.dataset?.genes).toContain('N_unmapped2')
  })
})
