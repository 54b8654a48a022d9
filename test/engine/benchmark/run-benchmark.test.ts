import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  formatBenchmark,
  reliabilityFiles,
  runBenchmark,
  simulateManifest,
  type BenchmarkReport,
} from '../../../src-main/engine/benchmark'
import { readManifest } from '../../../src-main/engine/benchmark/manifest'
import { builtApp } from '../../support/built-app'
import { fakeModels } from '../../support/fake-models'

const LIST = {
  description: 'two small families',
  families: [
    { family: 'lin', sizes: [{ genes: 5, samplesPerEnvironment: 8 }], seeds: [1, 2] },
    {
      family: 'counts',
      spec: { environments: 4, model: { kind: 'kinetics', measurement: { kind: 'counts', depth: 20 } } },
      sizes: [{ genes: 6, samplesPerEnvironment: 10 }],
      seeds: [3],
    },
  ],
}

/** What the answers determine; times and dates left out. */
function answers(report: BenchmarkReport): unknown {
  return {
    ...report,
    createdAt: '',
    wallSeconds: 0,
    jobs: 0,
    threads: 0,
    datasets: report.datasets.map((row) => ({ ...row, seconds: 0 })),
    cells: report.cells.map((row) => ({ ...row, seconds: 0 })),
  }
}

describe('a benchmark', () => {
  let folder: string
  let manifest: string
  beforeAll(async () => {
    await builtApp()
    folder = await mkdtemp(join(tmpdir(), 'benchmark-'))
    await writeFile(join(folder, 'list.json'), JSON.stringify(LIST))
    const steps: number[] = []
    manifest = await simulateManifest(join(folder, 'list.json'), join(folder, 'studies'), {
      onProgress: (done, total) => steps.push(done / total),
    })
    expect(steps).toEqual([1 / 3, 2 / 3, 1])
  }, 300_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('runs every study of a simulated list from file to score, the same for any number of jobs', async () => {
    const seen: number[] = []
    const one = await runBenchmark(manifest, {
      jobs: 1,
      onProgress: ({ done, total }) => seen.push(done / total),
    })
    expect(seen).toEqual([1 / 3, 2 / 3, 1])
    expect(one.failures).toEqual([])
    expect(one.datasets.map(({ id }) => id)).toEqual(['lin_d5_n8_s1', 'lin_d5_n8_s2', 'counts_d6_n10_s3'])
    expect(one.datasets.map(({ transform }) => transform)).toEqual(['none', 'none', 'log1p'])
    expect(one.cells[0]!.targetAuprc).toBeGreaterThan(0.9)
    expect(one.peerHeadline).toEqual([])
    const two = await runBenchmark(manifest, { jobs: 2, threads: 2 })
    expect(answers(two)).toEqual(answers(one))
  })

  it('prints every cell and survives as JSON', async () => {
    const report = await runBenchmark(manifest, {
      jobs: 1,
      filter: 'lin_*_s1, counts',
      settings: { seed: 7 },
    })
    expect(report.datasets.map(({ id }) => id)).toEqual(['lin_d5_n8_s1', 'counts_d6_n10_s3'])
    expect(report.settings.seed).toBe(7)
    const text = formatBenchmark(report)
    expect(text).toMatch(/^lin +5 +8 +1 /m)
    expect(text).toMatch(/^counts +6 +10 +1 /m)
    expect(text).toMatch(/^all +all +2 /m)
    expect(text).not.toMatch(/NaN|undefined/)
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({ format: 'metacadi-benchmark', version: 2 })
  })

  it('scores the parts of full answers on the same runs, with verdicts and reliability', async () => {
    const report = await runBenchmark(manifest, { jobs: 2, models: fakeModels(), parts: true })
    expect(report.failures).toEqual([])
    expect(report.datasets.map(({ mode }) => mode)).toEqual(['full', 'full', 'full'])
    expect(report.parts.map(({ part }) => part)).toEqual(['network', 'closed-form', 'mean'])
    const closed = await runBenchmark(manifest, { jobs: 2, settings: { mode: 'closed-form' } })
    const alone = report.parts.find(({ part }) => part === 'closed-form')!
    for (const metric of ['targetAuprc', 'edgeAuprc', 'distance', 'targetCalibration'] as const)
      alone.cells.forEach((cell, at) => expect(cell[metric]).toBeCloseTo(closed.cells[at]![metric], 9))
    expect(closed.parts).toEqual([])
    expect(closed.unusual).toEqual([])
    expect(report.unusual.map(({ family }) => family)).toEqual(['lin', 'counts'])
    expect(report.detection.length).toBe(0)
    const text = formatBenchmark(report)
    expect(text).toMatch(/^lin +5 +8 +this run /m)
    expect(text).toMatch(/^lin +5 +8 +mean of log-odds /m)
    expect(text).not.toMatch(/NaN|undefined/)

    const files = reliabilityFiles(report)
    expect(files.map(({ name }) => name)).toEqual([
      'reliability.svg',
      'reliability-network.svg',
      'reliability-closed-form.svg',
      'reliability-mean.svg',
      'reliability.tsv',
    ])
    expect(files[0]!.content).toMatch(/^<svg xmlns=[^]*10 samples, \d+ predictions?[^]*<\/svg>\n$/)
    const points = report.reliability.reduce((sum, { bins }) => sum + bins.length, 0)
    expect(files.at(-1)!.content.match(/^full\t/gm)).toHaveLength(points)
  })

  it('reports a study that cannot be analysed and goes on with the others', async () => {
    const broken = join(folder, 'studies', 'broken.json')
    const { datasets } = JSON.parse(await readFile(manifest, 'utf8')) as { datasets: { csv: string }[] }
    await writeFile(join(folder, 'studies', 'empty.csv'), '')
    await writeFile(broken, JSON.stringify({ datasets: [{ ...datasets[0], csv: 'empty.csv' }, datasets[1]] }))
    const report = await runBenchmark(broken, { jobs: 1 })
    expect(report.failures).toEqual([
      { id: 'lin_d5_n8_s1', code: 'DATA_FORMAT', message: expect.stringContaining('empty') as string },
    ])
    expect(report.datasets).toHaveLength(1)
    expect(formatBenchmark(report)).toContain('Studies without a result')
  })

  it('stops when it is cancelled', async () => {
    const controller = new AbortController()
    const run = runBenchmark(manifest, {
      jobs: 1,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    })
    await expect(run).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('refuses a filter that fits nothing and a manifest that leaves its folder', async () => {
    await expect(runBenchmark(manifest, { jobs: 1, filter: 'nothing' })).rejects.toMatchObject({
      code: 'INVALID_PARAMS',
    })
    const outside = join(folder, 'studies', 'outside.json')
    await writeFile(
      outside,
      JSON.stringify({ datasets: [{ id: 'a', csv: '../list.json', truth: 'a.json' }] }),
    )
    await expect(readManifest(outside)).rejects.toMatchObject({ code: 'DATA_FORMAT' })
  })

  it('refuses a list with an impossible specification', async () => {
    const wrong = join(folder, 'wrong.json')
    const family = {
      family: 'lin',
      spec: { gene: 5 },
      sizes: [{ genes: 5, samplesPerEnvironment: 3 }],
      seeds: [1],
    }
    await writeFile(wrong, JSON.stringify({ families: [family] }))
    await expect(simulateManifest(wrong, join(folder, 'never'))).rejects.toMatchObject({
      code: 'INVALID_PARAMS',
    })
  })
})
