import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { measureScale, scaleOf } from '../../../src-main/io/import/scale'
import { sizeFactors } from '../../../src-main/io/import/size-factors'
import { dataset, findingOf, lines, read, row, rulesOf } from './support'

/** Nothing else waits for these tests. */
const breathe = (): Promise<void> => Promise.resolve()

/** A small generator of its own, so that the tables are the same everywhere. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
}

const normal = (next: () => number): number =>
  Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next())

function table(
  genes: number,
  samples: number,
  value: (gene: number, sample: number) => number | string,
): string {
  const header = `environment,${Array.from({ length: genes }, (_, g) => `GENE${g + 1}X`).join(',')}`
  const rows = Array.from({ length: samples }, (_, s) => {
    const cells = Array.from({ length: genes }, (_, g) => value(g, s))
    return `${s < samples / 2 ? 'control' : 'kd'},${cells.join(',')}`
  })
  return lines(header, ...rows)
}

const detect = async (text: string) => {
  const { dataset: data, summary } = await read(text)
  return { scale: summary.detected.scale, transform: data?.transform }
}

describe('the scale', () => {
  const next = random(7)
  const level = Array.from({ length: 300 }, () => 4 + 2 * normal(next))

  test('of counts of a whole transcriptome is counts, divided by size factors before log1p', async () => {
    const text = table(300, 12, (g) => Math.max(0, Math.round(Math.exp(level[g]! + 0.3 * normal(next)))))
    expect(await detect(text)).toEqual({ scale: 'counts', transform: 'log1p-size-factors' })
  })

  test('of counts of a panel is counts, divided by factors for a panel; other factors get a note', async () => {
    const counts = table(40, 12, (g) => Math.max(0, Math.round(Math.exp(level[g]! + 0.3 * normal(next)))))
    expect(await detect(counts)).toEqual({ scale: 'counts', transform: 'log1p-panel-factors' })
    const chosen = await read(
      table(40, 12, (g, s) => (g + 1) * (s + 1)),
      { transform: 'log1p-size-factors' },
    )
    expect(chosen.dataset?.transform).toBe('log1p-size-factors')
    expect(findingOf(chosen, 'panel-size-factors').level).toBe('review')
    const whole = table(200, 12, (g, s) => 40 + ((g * 7 + s * 3) % 50))
    const refused = await read(whole, { transform: 'log1p-panel-factors' })
    expect(refused.dataset).toBeNull()
    expect(findingOf(refused, 'transform')).toMatchObject({ level: 'blocking' })
  })

  test('of rates with noise in proportion to the mean is non-negative, with log1p', async () => {
    expect(await detect(table(40, 20, (g) => Math.exp(level[g]! / 3 + 0.4 * normal(next))))).toEqual({
      scale: 'non-negative',
      transform: 'log1p',
    })
    expect(await detect(table(40, 20, (g) => Math.exp(level[g]! + 0.1 * normal(next)) * 10))).toEqual({
      scale: 'non-negative',
      transform: 'log1p',
    })
  })

  test('of log2 intensities, log flow cytometry, qPCR cycles and centred values needs no transform', async () => {
    const logs = { scale: 'log-or-centred', transform: 'none' }
    expect(await detect(table(40, 20, (g) => 8 + level[g]! / 2 + 0.3 * normal(next)))).toEqual(logs)
    expect(
      await detect(table(40, 20, (g) => Math.log(Math.exp(level[g]! + 0.8 * normal(next)) + 10))),
    ).toEqual(logs)
    expect(await detect(table(40, 20, (g) => 28 + level[g]! + 0.5 * normal(next)))).toEqual(logs)
    expect(await detect(table(40, 20, () => 3 * normal(next)))).toEqual(logs)
  })

  test('of log-normalised single cells, sparse without large values, needs no transform', async () => {
    expect(await detect(table(40, 60, () => (next() < 0.7 ? 0 : Math.log1p(3 + 5 * next()))))).toEqual({
      scale: 'log-or-centred',
      transform: 'none',
    })
  })

  test('stays counts with one value in a thousand that is none', async () => {
    const counts = (share: number) =>
      table(50, 40, (g, s) => (g * 40 + s < share * 2000 ? 7.5 : (g * s) % 90))
    expect((await detect(counts(0.0005))).scale).toBe('counts')
    expect((await detect(counts(0.01))).scale).not.toBe('counts')
  })

  test('is measured within experiments, so that a strong effect does not look like a rate', async () => {
    const environmentOf = Int32Array.from({ length: 20 }, (_, s) => (s < 10 ? 0 : 1))
    const get = (gene: number, sample: number): number =>
      5 + gene + 0.1 * Math.sin(7 * sample + gene) + (sample < 10 ? 0 : 8)
    const all = Int32Array.from({ length: 20 }, (_, i) => i)
    const facts = await measureScale({ get, genesOutside: true }, all, all, environmentOf, breathe)
    expect(facts.spread).toBeLessThan(0.02)
    expect(scaleOf(facts)).toBe('log-or-centred')
    const pooled = await measureScale({ get, genesOutside: true }, all, all, new Int32Array(20), breathe)
    expect(pooled.spread).toBeGreaterThan(0.15)
  })

  test('does not depend on the order in which values lie in memory', async () => {
    const get = (gene: number, sample: number): number => ((gene * 31 + sample * 17) % 23) / 3
    const genes = Int32Array.from({ length: 30 }, (_, i) => i)
    const samples = Int32Array.from({ length: 11 }, (_, i) => i)
    const environmentOf = samples.map((s) => s % 3)
    const a = await measureScale({ get, genesOutside: true }, genes, samples, environmentOf, breathe)
    const b = await measureScale({ get, genesOutside: false }, genes, samples, environmentOf, breathe)
    expect(a).toEqual({ ...b, spread: expect.closeTo(b.spread, 12) })
  })
})

describe('size factors', () => {
  const genes = Int32Array.from({ length: 50 }, (_, i) => i)
  const depth = [0.5, 1, 2, 4]
  const samples = Int32Array.from({ length: 4 }, (_, i) => i)

  test('are the depths up to a common factor, whatever a minority of genes does', async () => {
    const get = (gene: number, sample: number): number =>
      (10 + gene) * depth[sample]! * (gene < 15 && sample === 3 ? 50 : 1)
    const { factors, method } = await sizeFactors({ get, genesOutside: true }, genes, samples, breathe)
    expect(method).toBe('median-of-ratios')
    depth.forEach((each, i) => expect(factors[i]! / factors[1]!).toBeCloseTo(each, 10))
    expect(factors.reduce((product, each) => product * each, 1)).toBeCloseTo(1, 10)
  })

  test('are those of DESeq2 up to a common factor', async () => {
    const fixture = JSON.parse(
      readFileSync(new URL('../../fixtures/import/size-factors.json', import.meta.url), 'utf8'),
    ) as { counts: number[][]; factors: number[] }
    const { counts, factors: expected } = fixture
    const every = (length: number): Int32Array => Int32Array.from({ length }, (_, i) => i)
    const { factors, method } = await sizeFactors(
      { get: (gene, sample) => counts[sample]![gene]!, genesOutside: true },
      every(counts[0]!.length),
      every(counts.length),
      breathe,
    )
    expect(method).toBe('median-of-ratios')
    const centre = Math.exp(expected.reduce((sum, each) => sum + Math.log(each), 0) / expected.length)
    expected.forEach((each, i) => expect(factors[i]!).toBeCloseTo(each / centre, 12))
  })

  test('fall back to the library size when no gene is positive everywhere, and survive an empty sample', async () => {
    const get = (gene: number, sample: number): number =>
      gene % 4 === sample || sample === 0 ? 0 : 10 * depth[sample]!
    const { factors, method, empty } = await sizeFactors(
      { get, genesOutside: false },
      genes,
      samples,
      breathe,
    )
    expect(method).toBe('library-size')
    expect(empty).toEqual([0])
    expect(factors[0]).toBe(1)
    expect(factors[3]! / factors[2]!).toBeCloseTo((2 * 38) / 38, 1)
  })

  test('come from all genes of the file, also when few are kept', async () => {
    const text = table(250, 6, (g, s) => Math.round((20 + ((g * 7) % 40)) * (1 + s)))
    const all = await dataset(text, { genes: ['GENE1X', 'GENE2X', 'GENE9X'] })
    expect(all.transform).toBe('log1p-size-factors')
    // proportional samples become the same after division, so nothing is left to see
    for (let sample = 1; sample < 6; sample++)
      row(all, sample).forEach((value, g) => expect(value).toBeCloseTo(row(all, 0)[g]!, 10))
  })
})

describe('the choice of genes from a large table', () => {
  const next = random(11)
  const text = table(400, 24, (g, s) => {
    if (g === 17) return (s < 12 ? 0 : 5) + 0.5 * normal(next)
    if (g === 300) return 9 * normal(next)
    return g === 301 ? 3 : normal(next)
  })

  test('keeps 50: those that shift, then those that vary, never constant ones', async () => {
    const outcome = await read(text)
    expect(outcome.dataset?.genes.length).toBe(50)
    expect(outcome.dataset?.genes).toContain('GENE18X')
    expect(outcome.dataset?.genes).toContain('GENE301X')
    expect(outcome.dataset?.genes).not.toContain('GENE302X')
    expect(findingOf(outcome, 'gene-choice').text).toMatch(
      /^50 of 400 genes were chosen: 25 by the largest shift/,
    )
  })

  test('works while it is open what becomes of missing values', async () => {
    const gaps = text.split('\n').map((line, i) => (i === 3 ? line.replaceAll(/,[^,]+/g, ',NA') : line))
    const outcome = await read(gaps.join('\n'))
    expect(rulesOf(outcome)).toEqual(['missing-values', 'gene-choice'])
    expect(outcome.summary.genes.length).toBe(50)
    expect(outcome.summary.detected.scale).toBe('log-or-centred')
  })

  test('keeps the order of the file', async () => {
    const numbers = (await dataset(text)).genes.map((gene) => Number(gene.replaceAll(/\D/g, '')))
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
  })

  test('always keeps known targets', async () => {
    const columns = text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','))
    const turned = columns[0]!.map((_, c) =>
      columns.map((cells, r) => (c === 0 ? (r === 0 ? 'gene' : `s${r}`) : cells[c]!)).join(','),
    )
    const sheet = lines(
      'sample,experiment,role,known_targets',
      ...Array.from({ length: 24 }, (_, s) => `s${s + 1},${s < 12 ? 'c,control,' : 'kd,perturbed,GENE302X'}`),
    )
    const outcome = await read(lines(...turned), {}, { sheet })
    expect(outcome.dataset?.genes).toContain('GENE302X')
    expect(outcome.summary.knownTargets).toEqual({ kd: { genes: ['GENE302X'], complete: false } })
  })

  test('is the user’s when genes are named', async () => {
    const outcome = await read(text, { genes: ['GENE302X', 'GENE3X'] })
    expect(outcome.dataset?.genes).toEqual(['GENE3X', 'GENE302X'])
    expect(rulesOf(outcome)).not.toContain('gene-choice')
  })
})

describe('counts per million', () => {
  const cells = (values: readonly (string | number)[]): string => values.join(',')

  /** 300 genes of six samples with depths that the transform must remove */
  const counts = (scale: (sample: number) => number): string =>
    lines(
      cells(['environment', ...Array.from({ length: 300 }, (_, g) => `G${g}`)]),
      ...Array.from({ length: 6 }, (_, s) =>
        cells([
          s < 3 ? 'control' : 'drug',
          ...Array.from({ length: 300 }, (_, g) => Math.round(scale(s) * (5 + ((g * 37 + s * 11) % 90)))),
        ]),
      ),
    )

  test('are taken of all genes of the file under either name', async () => {
    const options = { orientation: 'genes-in-columns' as const, genes: ['G0', 'G1'] }
    for (const transform of ['cpm-log1p', 'log1p-cpm'] as const) {
      const study = await dataset(
        counts(() => 1),
        { ...options, transform },
      )
      expect(study.transform).toBe('log1p-cpm')
      const total = Array.from({ length: 300 }, (_, g) => 5 + ((g * 37) % 90)).reduce((a, b) => a + b, 0)
      expect(study.values[0]).toBeCloseTo(Math.log1p((5 * 1e6) / total), 10)
    }
    const ratios = await dataset(
      counts((s) => 1 + s),
      { ...options, transform: 'median-of-ratios' },
    )
    expect(ratios.transform).toBe('log1p-size-factors')
  })

  test('that the file holds already are recognised by their sums', async () => {
    const header = cells(['environment', ...Array.from({ length: 300 }, (_, g) => `G${g}`)])
    const body = Array.from({ length: 6 }, (_, s) => {
      const raw = Array.from({ length: 300 }, (_, g) => 5 + ((g * 37 + s * 11) % 90) + 0.5)
      const total = raw.reduce((a, b) => a + b, 0)
      return cells([s < 3 ? 'control' : 'drug', ...raw.map((value) => ((value / total) * 1e6).toFixed(3))])
    })
    const outcome = await read(lines(header, ...body), { orientation: 'genes-in-columns' })
    expect(outcome.summary.detected).toMatchObject({ scale: 'per-million', transform: 'log1p' })
    expect(findingOf(outcome, 'per-million').level).toBe('info')
  })
})
