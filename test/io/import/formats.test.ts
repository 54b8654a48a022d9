import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ReadOptions, type ReadOptionsInput } from '../../../src-shared/contract/dataset-source'
import { readDataset, type ReadOutcome } from '../../../src-main/io/import'
import { defaultLimits, type ImportLimits } from '../../../src-main/io/import/limits'
import { readFiles } from '../../../src-main/io/import/read-files'
import type { ExpressionTable, SourceFile } from '../../../src-main/io/import/types'

/** Files that the real libraries wrote, and what they hold; make_fixtures.py is kept beside them. */
const FIXTURES = resolve(import.meta.dirname, '../../fixtures/import')

interface Expected {
  readonly genes: readonly string[]
  readonly samples: readonly string[]
  /** [samples][genes]; null = missing */
  readonly values: readonly (readonly (number | null)[])[]
  readonly labels: readonly string[]
  readonly part?: string
  readonly parts?: readonly string[]
}

const EXPECTED = JSON.parse(readFileSync(join(FIXTURES, 'expected.json'), 'utf8')) as Record<string, Expected>

type Options = Omit<ReadOptionsInput, 'files'>

const options = (given: Options = {}): ReadOptions => ReadOptions.parse({ files: ['x'], ...given })

function sourceFiles(name: string): SourceFile[] {
  const path = join(FIXTURES, name)
  if (!statSync(path).isDirectory()) return [{ name: name.split('/').at(-1)!, path }]
  return readdirSync(path).map((each) => ({ name: each, path: join(path, each) }))
}

async function table(
  name: string,
  given: Options = {},
  limits: Partial<ImportLimits> = {},
): Promise<ExpressionTable> {
  const files = sourceFiles(name)
  const { tables } = await readFiles(
    { files },
    options(given),
    {},
    { ...defaultLimits(), ...limits },
    () => undefined,
  )
  expect(tables.length).toBe(1)
  return tables[0]!
}

const read = (names: readonly string[], given: Options = {}): Promise<ReadOutcome> =>
  readDataset({ files: names.flatMap(sourceFiles) }, options(given), {})

/** Both ways to the numbers, `get` and `line`, as rows of samples. */
function valuesOf({ get, line, genes, samples, genesOutside }: ExpressionTable): {
  byGet: (number | null)[][]
  byLine: (number | null)[][]
} {
  const orNull = (value: number): number | null => (value === value ? value : null)
  const byGet = samples.map((_, sample) => genes.map((__, gene) => orNull(get(gene, sample))))
  const byLine = samples.map((): (number | null)[] => genes.map(() => null))
  const [lines, length] = genesOutside ? [genes.length, samples.length] : [samples.length, genes.length]
  const buffer = new Float64Array(length)
  for (let index = 0; index < lines; index++) {
    line!(index, buffer)
    for (let at = 0; at < length; at++) {
      const [sample, gene] = genesOutside ? [at, index] : [index, at]
      byLine[sample]![gene] = orNull(buffer[at]!)
    }
  }
  return { byGet, byLine }
}

function expectTable(found: ExpressionTable, expected: Expected): void {
  expect(found.genes).toEqual(expected.genes)
  expect(found.samples).toEqual(expected.samples)
  const { byGet, byLine } = valuesOf(found)
  expect(byGet).toEqual(expected.values)
  if (found.line) expect(byLine).toEqual(expected.values)
  expect(found.labels ?? found.samples.map(() => '')).toEqual(expected.labels)
}

describe('a file of the real libraries comes back value by value', () => {
  test.each(Object.keys(EXPECTED).filter((name) => name !== 'unusual-column.h5ad'))('%s', async (name) => {
    const expected = EXPECTED[name]!
    const found = await table(name)
    expectTable(found, expected)
    if (expected.part !== undefined) expect(found.part).toBe(expected.part)
    if (expected.parts) expect(found.parts.map((part) => part.name)).toEqual(expected.parts)
    expect(found.input.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(found.complete).toBe(!expected.values.flat().includes(null))
  })

  test.each(['old-0.7.h5ad', 'old-0.6.h5ad'])('%s, as that release wrote it', async (name) => {
    const found = await table(name)
    expectTable(found, EXPECTED['int64.h5ad']!)
    expect(found.part).toBe('raw/X')
    expect(found.environmentColumn).toBe('perturbation')
    const logged = await table(name, { part: 'X' })
    expect(logged.get(0, 1)).toBeCloseTo(Math.log1p(found.get(0, 1)), 6)
  })

  test('layers that were not taken can be asked for, by their full or short name', async () => {
    expectTable(await table('layers.h5ad', { part: 'X' }), {
      ...EXPECTED['layers.h5ad']!,
      values: EXPECTED['csr.h5ad']!.values,
    })
    const scaled = await table('layers.h5ad', { part: 'scaled' })
    expect(scaled.part).toBe('layers/scaled')
    const asked = await table('layers.h5ad', { part: 'spliced' })
    expect(asked.findings).toMatchObject([{ rule: 'part', level: 'blocking', code: 'INVALID_PARAMS' }])
  })

  test('the layer that was taken is said', async () => {
    const { findings } = await table('layers.h5ad')
    expect(findings.map((finding) => finding.text)).toContain(
      "The counts in layers/counts are used. The file also has 'X' and 'layers/scaled'.",
    )
  })

  test('a column without a usual name is found by the control among its values', async () => {
    const found = await table('unusual-column.h5ad')
    expect(found.environmentColumn).toBe('what_was_done')
    expect(found.labels).toEqual(EXPECTED['unusual-column.h5ad']!.labels)
    const batch = await table('unusual-column.h5ad', { environmentColumn: 'batch' })
    expect(new Set(batch.labels)).toEqual(new Set(['b1', 'b2']))
    const missing = await table('unusual-column.h5ad', { environmentColumn: 'drug' })
    expect(missing.findings).toMatchObject([{ rule: 'environment-column', code: 'INVALID_PARAMS' }])
  })

  test('nullable columns hold their values, and nothing where they are missing', async () => {
    const { labels } = await table('dense.h5ad', { environmentColumn: 'age' })
    expect(labels!.slice(0, 4)).toEqual(['30', '', '41', '30'])
  })

  test('unassigned cells are left out and are no control', async () => {
    const { dataset, summary } = await read(['int64.h5ad'], { transform: 'none' })
    expect(summary.control).toBe('control')
    expect(dataset?.samples.length).toBe(11)
    expect(dataset?.environments).toEqual(['control', 'TP53', 'MYC'])
  })

  test('guides of a 10x file name the experiments; cells with several or none are left out', async () => {
    const { dataset, summary } = await read(['tenx-v3'], { transform: 'none' })
    expect(dataset?.environments).toEqual(['NT', 'TP53'])
    expect(summary.files.map((file) => file.name)).toEqual([
      'matrix.mtx.gz',
      'barcodes.tsv.gz',
      'features.tsv.gz',
    ])
    expect(summary.findings.map((finding) => finding.rule)).toContain('guide-capture')
  })
})

describe('a workbook', () => {
  test('lists its sheets with sizes, and another can be asked for', async () => {
    const found = await table('plain.xlsx')
    expect(found.parts).toEqual([
      { name: 'notes', rows: 1, columns: 1, hidden: false },
      { name: 'data', rows: 6, columns: 7, hidden: false },
      { name: 'lengths', rows: 6, columns: 2, hidden: false },
    ])
    expect(found.findings.map((finding) => finding.text)).toContain(
      "Sheet 'data' is used: it has the most numbers. The workbook also has 'notes' and 'lengths'.",
    )
    const missing = await table('plain.xlsx', { part: 'values' })
    expect(missing.findings).toMatchObject([{ rule: 'part', level: 'blocking', code: 'INVALID_PARAMS' }])
  })

  test('asks before hidden rows and columns, and uses or skips them', async () => {
    const asked = await table('hidden.xlsx')
    expect(asked.findings.find((finding) => finding.rule === 'hidden-cells')).toMatchObject({
      level: 'blocking',
      code: 'DATA_AMBIGUOUS',
      text: "Sheet 'data' has 1 hidden row and 1 hidden column. Use them or leave them out?",
    })
    const used = await table('hidden.xlsx', { hiddenCells: 'use' })
    expect([used.genes.length, used.samples.length]).toEqual([5, 6])
    const skipped = await table('hidden.xlsx', { hiddenCells: 'skip' })
    expect(skipped.genes).toEqual(['TP53', 'JUN', 'FOS', 'EGR1'])
    expect(skipped.samples).toEqual(['ctrl_1', 'ctrl_2', 'ctrl_3', 'kd_2', 'kd_3'])
    expect(skipped.parts.find((part) => part.name === 'lengths')?.hidden).toBe(true)
    expect(skipped.geneRows).toEqual([2, 4, 5, 6])
  })

  test('whose gene names became dates says so with the rows of the sheet', async () => {
    const { summary } = await read(['dates.xlsx'])
    const finding = summary.findings.find(({ rule }) => rule === 'excel-dates')
    expect(finding?.text).toMatch(
      /^3 gene names look like dates \(row 2: '1-Sep'\)\. Excel probably changed them\./,
    )
    expect(finding?.examples).toEqual([
      '1-Sep → SEPTIN1',
      '1-Mar → several genes possible',
      'Sep-01 → SEPTIN1',
    ])
  })

  test('may be the sample sheet', async () => {
    const [sampleSheet] = sourceFiles('sheet.xlsx')
    const { dataset, summary } = await readDataset(
      { files: sourceFiles('plain.xlsx'), sampleSheet },
      options(),
      {},
    )
    expect(dataset?.environments).toEqual(['control', 'JUN knock-down'])
    expect(summary.knownTargets).toEqual({ 'JUN knock-down': { genes: ['JUN'], complete: false } })
  })

  test('that unpacks to far more than it is, or has more text than memory, is refused', async () => {
    const bomb = table('bomb.xlsx', {}, { ratioFromBytes: 2 ** 20 })
    await expect(bomb).rejects.toMatchObject({ code: 'RESOURCE_LIMIT' })
    await expect(table('plain.xlsx', {}, { tableBytes: 50 })).rejects.toMatchObject({
      code: 'RESOURCE_LIMIT',
    })
  })
})

describe('a GEO series', () => {
  test('without values says what to add', async () => {
    await expect(table('series-empty.txt')).rejects.toMatchObject({
      code: 'DATA_FORMAT',
      message:
        'series-empty.txt: Sample descriptions only, no expression values. Add the count file; it is joined on GSM.',
    })
  })

  test('without values describes the samples of a count file beside it, joined on GSM', async () => {
    for (const files of [
      ['series-empty.txt', 'ncbi-counts.tsv.gz'],
      ['ncbi-counts.tsv.gz', 'series-empty.txt'],
    ]) {
      const { dataset, summary } = await read(files, { transform: 'none' })
      expect(dataset?.environments).toEqual(['DMSO', 'drug X'])
      expect(dataset?.genes).toEqual(EXPECTED['ncbi-counts.tsv.gz']!.genes)
      expect(Array.from(dataset!.values)).toEqual(EXPECTED['ncbi-counts.tsv.gz']!.values.flat())
      expect(summary.detected.environmentFrom).toBe('sheet')
    }
  })

  test('takes the characteristic that was asked for', async () => {
    const found = await table('series.txt', { environmentColumn: 'tissue' })
    expect(new Set(found.labels)).toEqual(new Set(['liver']))
    expect(found.geneRows![0]).toBe(11)
  })
})

describe('featureCounts', () => {
  test('positions and lengths are no samples, and names match without path and ending', async () => {
    const [sampleSheet] = sourceFiles('sheet.xlsx')
    const { dataset } = await readDataset(
      { files: sourceFiles('featurecounts.txt'), sampleSheet },
      options(),
      {},
    )
    expect(dataset?.environments).toEqual(['control', 'JUN knock-down'])
  })
})

describe('several files', () => {
  test('of different formats are joined on their genes', async () => {
    const { dataset, summary } = await read(['int64.h5ad', 'tenx-v2.h5'], {
      transform: 'none',
      groupBySampleName: 'no',
    })
    expect(summary.samples.length).toBe(24)
    expect(summary.findings.map(({ rule }) => rule)).toContain('shared-genes')
    expect(dataset?.genes ?? summary.genes).toEqual(['TP53', 'MYC', 'JUN', 'FOS'])
  })
})

/** Name, what the whole text must match, code. */
const REFUSED: readonly (readonly [name: string, text: RegExp])[] = [
  [
    'lzf.h5ad',
    /^lzf\.h5ad uses LZF compression, which cannot be read safely\. In Python: `a\.write_h5ad\('x2\.h5ad', compression='gzip'\)`\.$/,
  ],
  ['blosc.h5ad', /^blosc\.h5ad uses Blosc compression, which cannot be read safely\./],
  ['truncated.h5ad', /^truncated\.h5ad is incomplete \(18\.3 of 27\.4 kB\)\. Copy or download it again\.$/],
  ['wrong-magic.h5ad', /^wrong-magic\.h5ad is not an HDF5 file, although its name says so\./],
  ['indices-outside.h5ad', /^indices-outside\.h5ad is damaged: a value stands at position 99 of 5\./],
  ['indptr-falling.h5ad', /^indptr-falling\.h5ad is damaged: the offsets of its sparse matrix do not rise\./],
  ['short-indices.h5ad', /^short-indices\.h5ad is damaged: \d+ values have 3 positions\./],
  ['soft-link.h5ad', /^soft-link\.h5ad holds no expression values/],
  ['external-link.h5ad', /^external-link\.h5ad holds no expression values/],
  ['external-storage.h5ad', /^external-storage\.h5ad is damaged: it cannot be read\./],
  ['virtual.h5ad', /^virtual\.h5ad takes its values from other files, which are not opened/],
  ['nothing.h5ad', /^nothing\.h5ad holds no expression values: there is neither X nor a layer nor raw\/X\./],
  [
    'enormous.h5ad',
    /^enormous\.h5ad is damaged: X is 10000000 × 10000000, but there are 2 samples and 2 genes\./,
  ],
  ['truncated.xlsx', /^truncated\.xlsx is incomplete\. Copy or download it again\.$/],
  ['doctype.xlsx', /^doctype\.xlsx is damaged: a part of the workbook is no proper XML\./],
  ['other.h5', /^other\.h5 is an HDF5 file, but neither AnnData nor 10x\. It holds 'weights'\./],
  [
    'tenx-v3/matrix.mtx.gz',
    /^matrix\.mtx\.gz is a sparse matrix without names\. Choose it together with its barcodes\.tsv/,
  ],
]

describe('a file that cannot be trusted is refused in words', () => {
  test.each(REFUSED)('%s', async (name, text) => {
    const error: unknown = await table(name).then(
      () => 'read',
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({ code: 'DATA_FORMAT' })
    expect((error as Error).message).toMatch(text)
  })

  test('a matrix that would not fit is refused before anything is read', async () => {
    const found = table('dense.h5ad', {}, { tableBytes: 100 })
    await expect(found).rejects.toMatchObject({ code: 'RESOURCE_LIMIT' })
    await expect(found).rejects.toThrow(
      /Needs about .* GB free\. Options: average the cells of each experiment \(.* GB\), select genes/,
    )
    await expect(table('csr.h5ad', {}, { tableBytes: 100 })).rejects.toMatchObject({ code: 'RESOURCE_LIMIT' })
    await expect(table('tenx-v2', {}, { tableBytes: 100 })).rejects.toMatchObject({ code: 'RESOURCE_LIMIT' })
  })
})
