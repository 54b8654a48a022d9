import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { describe, expect, test } from 'vitest'
import { readDataset } from '../../../src-main/io/import'
import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { lines, read, readFiles, SMALL } from './support'

const LARGE = lines(
  'environment,A,B,C,D',
  ...Array.from(
    { length: 120_000 },
    (_, i) => `${i % 3 ? 'kd' : 'control'},${i % 97},${-(i % 89)},${(i % 83) / 7},${i % 71}`,
  ),
)

describe('reading', () => {
  test('reports progress that rises and ends at 1, over all files', async () => {
    const seen: number[] = []
    await readFiles(
      { 'a.csv': SMALL, 'b.csv': LARGE },
      { hooks: { onProgress: (fraction) => seen.push(fraction) } },
    )
    expect(seen.length).toBeGreaterThan(5)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.at(-1)).toBe(1)
    expect(seen[0]).toBeLessThan(0.6)
  })

  test('stops within a second when it is cancelled', async () => {
    const controller = new AbortController()
    let cancelledAt = 0
    const job = read(
      LARGE,
      {},
      {
        hooks: {
          signal: controller.signal,
          onProgress: () => {
            if (cancelledAt > 0) return
            cancelledAt = performance.now()
            controller.abort()
          },
        },
      },
    )
    await expect(job).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(performance.now() - cancelledAt).toBeLessThan(1000)
  })

  test('does not start when it was cancelled before', async () => {
    await expect(read(SMALL, {}, { hooks: { signal: AbortSignal.abort() } })).rejects.toMatchObject({
      code: 'CANCELLED',
    })
  })

  test('gives the same dataset each time', async () => {
    const [a, b] = [await read(SMALL), await read(SMALL)]
    expect(a).toEqual(b)
  })
})

/** The shared folder is beside a checkout, not part of the project. */
function shared(...path: string[]): string | null {
  for (let folder = resolve(import.meta.dirname); dirname(folder) !== folder; folder = dirname(folder)) {
    const found = join(folder, 'shared', ...path)
    if (existsSync(found)) return found
  }
  return null
}

const open = (path: string) =>
  readDataset({ files: [{ name: path.split('/').at(-1)!, path }] }, ReadOptions.parse({ files: ['x'] }), {})

const bench = shared('bench', 'public')
const sachs = shared('data', 'sachs', 'sachs_cc0_environments.csv')
if (!bench) console.log('The public benchmark is not beside the checkout: its files are not read here.')
if (!sachs) console.log('The Sachs table is not beside the checkout: it is not read here.')

describe('public data without any option', () => {
  test.skipIf(!bench).each([
    ['lin', 'log-or-centred', 'none'],
    ['anm', 'log-or-centred', 'none'],
    ['grn', 'non-negative', 'log1p'],
    ['grnweak', 'non-negative', 'log1p'],
    ['grnmixed', 'non-negative', 'log1p'],
    ['grncounts', 'counts', 'log1p-panel-factors'],
  ])('every %s file of the benchmark is %s and gets %s', async (family, scale, transform) => {
    const files = readdirSync(bench!).filter((name) => name.startsWith(`${family}_`) && name.endsWith('.csv'))
    expect(files.length).toBeGreaterThan(3)
    for (const file of files) {
      const { dataset, summary } = await open(join(bench!, file))
      const genes = Number(/_d(\d+)_/.exec(file)![1])
      expect([file, summary.detected.scale, dataset?.transform]).toEqual([file, scale, transform])
      expect(dataset?.genes.length).toBe(genes)
      expect(summary.control).toBe('control')
      const labels = readFileSync(join(bench!, file), 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0]!)
      expect(dataset?.environments).toEqual([...new Set(labels)])
    }
  })

  test.skipIf(!sachs)('the Sachs table keeps its logarithms', async () => {
    const { dataset, summary } = await open(sachs!)
    expect(dataset?.transform).toBe('none')
    expect(dataset?.samples.length).toBe(7466)
    expect(summary.environments.map(({ name, samples }) => [name, samples])).toContainEqual(['control', 853])
    expect(dataset?.environments.length).toBe(9)
  })
})
