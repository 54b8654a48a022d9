import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ReadOptions, type ReadOptionsInput } from '../../../src-shared/contract/dataset-source'
import { readDataset } from '../../../src-main/io/import'
import { defaultLimits } from '../../../src-main/io/import/limits'
import { readFiles } from '../../../src-main/io/import/read-files'
import { boundsOf, filterCells } from '../../../src-main/io/import/single-cell/cell-quality'
import { chooseCells, sharesOf } from '../../../src-main/io/import/single-cell/choose-cells'
import type { ExpressionTable } from '../../../src-main/io/import/types'

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/import')

interface Expected {
  readonly genes: readonly string[]
  readonly samples: readonly string[]
  readonly values: readonly (readonly number[])[]
  readonly labels: readonly string[]
}
const EXPECTED = JSON.parse(readFileSync(join(FIXTURES, 'expected.json'), 'utf8')) as Record<string, Expected>

type Options = Omit<ReadOptionsInput, 'files'>

const filesOf = (name: string): { name: string; path: string }[] => {
  const path = join(FIXTURES, name)
  if (!statSync(path).isDirectory()) return [{ name, path }]
  return readdirSync(path).map((each) => ({ name: each, path: join(path, each) }))
}

async function table(name: string, given: Options): Promise<ExpressionTable> {
  const options = ReadOptions.parse({ files: ['x'], ...given })
  const { tables } = await readFiles({ files: filesOf(name) }, options, {}, defaultLimits(), () => undefined)
  return tables[0]!
}

const rows = ({ samples, genes, get }: ExpressionTable): Record<string, number[]> =>
  Object.fromEntries(samples.map((name, s) => [name, genes.map((_, g) => get(g, s))]))

/** The sums by another route: from what the Python script wrote into the file. @param keyOf group of a cell */
function summed(
  { values, labels }: Expected,
  keyOf: (label: string, cell: number) => string,
  mean: boolean,
): Record<string, number[]> {
  const groups = new Map<string, number[][]>()
  values.forEach((row, cell) => {
    if (labels[cell] === '') return
    const key = keyOf(labels[cell]!, cell)
    groups.set(key, [...(groups.get(key) ?? []), [...row]])
  })
  return Object.fromEntries(
    [...groups].map(([key, members]) => [
      key,
      members[0]!.map((_, g) => members.reduce((sum, row) => sum + row[g]!, 0) / (mean ? members.length : 1)),
    ]),
  )
}

describe('pseudobulk', () => {
  test.each(['int64.h5ad', 'csr.h5ad', 'csc.h5ad', 'dense.h5ad', 'csr.h5ad.gz'])(
    'of %s adds the cells of each experiment and donor up, or averages what are no counts',
    async (name) => {
      const expected = EXPECTED[name]!
      const mean = name !== 'int64.h5ad'
      const found = await table(name, { cells: 'pseudobulk', replicateColumn: 'donor' })
      const byHand = summed(expected, (label, cell) => `${label}_d${cell % 3}`, mean)
      expect(Object.keys(rows(found)).toSorted()).toEqual(Object.keys(byHand).toSorted())
      for (const [key, values] of Object.entries(rows(found)))
        values.forEach((value, gene) => expect(value).toBeCloseTo(byHand[key]![gene]!, 5))
      expect(found.genes).toEqual(expected.genes)
      const { text } = found.findings.find(({ rule }) => rule === 'single-cells')!
      expect(text).toContain('12 cells: 4 control, 7 perturbed in 2 experiments, 1 unassigned and left out.')
      expect(text).toContain(mean ? 'averaged (the values are no counts)' : 'added up')
    },
  )

  test('leaves out replicates with too few cells, and says what became of the cells of each experiment', async () => {
    const { labels } = EXPECTED['csr.h5ad']!
    const sizes = new Map<string, number>()
    labels.forEach((label, cell) => {
      if (label !== '') sizes.set(`${label}_d${cell % 3}`, (sizes.get(`${label}_d${cell % 3}`) ?? 0) + 1)
    })
    const found = await table('csr.h5ad', { cells: 'pseudobulk', replicateColumn: 'donor', minCells: 2 })
    const large = [...sizes].filter(([, size]) => size >= 2).map(([name]) => name)
    expect(large.length).toBeLessThan(sizes.size)
    expect([...found.samples].toSorted()).toEqual(large.toSorted())
    expect(found.findings.map(({ rule }) => rule)).toContain('few-cells')
    expect(found.cells).toMatchObject({ mode: 'pseudobulk', replicateColumn: 'donor', total: 12, kept: 12 })
    expect(found.cells!.columns).toContain('donor')
    for (const { name, cells, kept, samples } of found.cells!.experiments) {
      expect([cells, kept]).toEqual(Array(2).fill(labels.filter((label) => label === name).length))
      expect(samples).toBe(large.filter((key) => key.startsWith(`${name}_d`)).length)
    }
    expect(found.cells!.memoryBytes.all).toBe(12 * found.genes.length * 16)
  })

  test.each(['tenx-v3', 'tenx-v3.h5'])('of %s takes the experiments from the guides', async (name) => {
    const found = await table(name, { cells: 'pseudobulk' })
    expect(rows(found)).toEqual(summed(EXPECTED[name]!, (label) => label, false))
    expect(found.labels).toEqual(found.samples)
  })

  test('of a 10x folder without guides is one sample with the name of the file', async () => {
    const found = await table('tenx-v2', { cells: 'pseudobulk' })
    expect(found.labels).toBeNull()
    expect(found.samples.length).toBe(1)
    const { values } = EXPECTED['tenx-v2']!
    expect(rows(found)[found.samples[0]!]).toEqual(
      values[0]!.map((_, gene) => values.reduce((sum, row) => sum + row[gene]!, 0)),
    )
  })

  test('says when the replicate column is not there', async () => {
    const found = await table('int64.h5ad', { cells: 'pseudobulk', replicateColumn: 'dnoor' })
    expect(found.samples).toEqual(['control', 'TP53', 'MYC'])
    expect(found.findings.find(({ rule }) => rule === 'replicate-column')?.text).toContain("'dnoor'")
  })
})

describe('cells as samples', () => {
  test('are at most so many of each experiment, with their values, the same for the same seed', async () => {
    const draw = (cellSeed: number): Promise<ExpressionTable> =>
      table('int64.h5ad', { cells: 'sample', cellsPerExperiment: 3, cellSeed })
    const found = await draw(1)
    expect(found.labels).toEqual([
      ...Array<string>(3).fill('control'),
      ...Array<string>(3).fill('TP53'),
      ...Array<string>(3).fill('MYC'),
    ])
    const expected = EXPECTED['int64.h5ad']!
    for (const [name, values] of Object.entries(rows(found)))
      expect(values).toEqual(expected.values[expected.samples.indexOf(name)])
    expect((await draw(1)).samples).toEqual(found.samples)
    const others = await Promise.all([2, 3, 4, 5, 6].map(draw))
    expect(new Set(others.map(({ samples }) => samples.join())).size).toBeGreaterThan(1)
  })

  test('keep the shares of the batches, by largest remainders', () => {
    expect(sharesOf([60, 30, 10], 10)).toEqual([6, 3, 1])
    expect(sharesOf([5, 5, 5], 4)).toEqual([2, 1, 1])
    expect(sharesOf([2, 3], 10)).toEqual([2, 3])
    const groupOf = Int32Array.from({ length: 100 }, (_, cell) => (cell < 80 ? 0 : 1))
    const batch = Int32Array.from({ length: 100 }, (_, cell) => (cell % 4 === 0 ? 1 : 0))
    const chosen = chooseCells(groupOf, batch, 20, 7)
    expect(chosen.length).toBe(40)
    const first = chosen.filter((cell) => cell < 80)
    expect(first.filter((cell) => cell % 4 === 0).length).toBe(5)
    expect(first.length).toBe(20)
  })

  test('all cells are samples when there are few, or when that is asked for', async () => {
    expect((await table('int64.h5ad', {})).samples.length).toBe(12)
  })
})

describe('memory', () => {
  test('is estimated before cells are loaded, with what adding them up would take', async () => {
    const options = ReadOptions.parse({ files: ['x'], cells: 'all' })
    const limits = { ...defaultLimits(), tableBytes: 100 }
    const reading = readFiles({ files: filesOf('dense.h5ad') }, options, {}, limits, () => undefined)
    await expect(reading).rejects.toMatchObject({
      code: 'RESOURCE_LIMIT',
      message:
        'dense.h5ad: Needs about 4.8e-7 GB, 2e-7 GB free. Options: average the cells of each experiment (3.2e-7 GB), select genes, use the command line on a computer with more memory.',
    })
  })
})

describe('quality of cells', () => {
  const facts = {
    total: Float64Array.of(1000, 400, 1000, 300, 0),
    detected: Int32Array.of(500, 300, 100, 100, 0),
    mitochondrial: Float64Array.of(100, 0, 0, 90, 0),
    areCounts: true,
    missing: 0,
  }

  test('usual bounds are for whole transcriptomes of counts, and every number can be set', () => {
    const auto = { minCounts: 'auto', minGenes: 'auto', maxMitochondrial: 'auto' } as const
    expect(boundsOf(auto, 20_000, true)).toEqual({ counts: 500, genes: 200, mitochondrial: 20 })
    expect(boundsOf(auto, 20_000, false)).toEqual({ counts: 0, genes: 200, mitochondrial: 20 })
    expect(boundsOf(auto, 300, true)).toEqual({ counts: 0, genes: 0, mitochondrial: 100 })
    expect(boundsOf({ ...auto, minCounts: 7 }, 300, true).counts).toBe(7)
  })

  test('each bound tells how many cells it removes; a cell can fail several', () => {
    const { kept, findings } = filterCells(facts, { counts: 500, genes: 200, mitochondrial: 20 })
    expect([...kept]).toEqual([1, 0, 0, 0, 0])
    expect(findings[0]?.text).toBe(
      '4 of 5 cells were left out by quality (fewer than 500 counts: 3; fewer than 200 genes: 3; more than 20 % mitochondrial: 1; a cell can fail several).',
    )
  })

  test('a dataset of cells ends as any other, through the whole importer', async () => {
    const options = ReadOptions.parse({
      files: ['x'],
      cells: 'pseudobulk',
      replicateColumn: 'donor',
      minCounts: 1,
      transform: 'none',
    })
    const { dataset, summary } = await readDataset({ files: filesOf('int64.h5ad') }, options, {})
    expect(dataset?.environments).toEqual(['control', 'TP53', 'MYC'])
    expect(dataset?.samples.length).toBe(9)
    expect(summary.findings.find(({ rule }) => rule === 'cell-quality')?.text).toContain('fewer than 1 count')
  })
})
