import { describe, expect, test } from 'vitest'
import { createRng, type Rng } from '../../../src-main/core/random/rng'
import { panelFactors } from '../../../src-main/io/import/panel-factors'
import { findingOf, lines, read } from './support'

const breathe = (): Promise<void> => Promise.resolve()
const GENES = 24
const EXPERIMENTS = 4
const REPEATS = 10
const SAMPLES = EXPERIMENTS * REPEATS
const every = (count: number): Int32Array => Int32Array.from({ length: count }, (_, index) => index)
const environmentOf = Int32Array.from({ length: SAMPLES }, (_, sample) => Math.floor(sample / REPEATS))

/** Counts of genes that vary on their own around levels between 7 and 400, at a depth by sample. */
function panel(
  rng: Rng,
  logDepth: (sample: number) => number,
  shift: (gene: number, sample: number) => number = () => 0,
) {
  const level = Float64Array.from({ length: GENES }, () => 2 + 4 * rng.next())
  const depths = Float64Array.from({ length: SAMPLES }, (_, sample) => logDepth(sample))
  const counts = Float64Array.from({ length: GENES * SAMPLES }, (_, at) => {
    const [gene, sample] = [Math.floor(at / SAMPLES), at % SAMPLES]
    const rate = level[gene]! + depths[sample]! + 0.4 * rng.normal() + shift(gene, sample)
    return rng.poisson(Math.exp(rate))
  })
  return { counts, depths }
}

const factorsOf = async (counts: Float64Array) => {
  const get = (gene: number, sample: number): number => counts[gene * SAMPLES + sample]!
  const found = await panelFactors(
    { get, genesOutside: true },
    every(GENES),
    every(SAMPLES),
    environmentOf,
    breathe,
  )
  if (!found) throw new Error('too little for factors')
  return { ...found, logs: found.factors.map(Math.log) }
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Root mean square of what differs after both are centred. */
function distance(a: Float64Array, b: Float64Array): number {
  const [ma, mb] = [meanOf(a), meanOf(b)]
  return Math.sqrt(a.reduce((sum, value, at) => sum + (value - ma - (b[at]! - mb)) ** 2, 0) / a.length)
}

describe('depths of the samples of a panel', () => {
  test('are found, within and between experiments, with the right spread', async () => {
    const rng = createRng(5)
    const { counts, depths } = panel(rng, () => 0.6 * rng.normal())
    const { logs, depthSd } = await factorsOf(counts)
    expect(depthSd).toBeGreaterThan(0.45)
    expect(depthSd).toBeLessThan(0.75)
    expect(distance(logs, depths)).toBeLessThan(0.13)
    expect(distance(new Float64Array(SAMPLES), depths)).toBeGreaterThan(0.5)
  })

  test('are all alike where the samples are', async () => {
    const { counts } = panel(createRng(6), () => 0)
    const { logs } = await factorsOf(counts)
    for (const log of logs) expect(Math.abs(log)).toBeLessThan(0.06)
  })

  test('do not follow the genes that an intervention changes', async () => {
    const rng = createRng(7)
    const { counts, depths } = panel(
      rng,
      () => 0.3 * rng.normal(),
      (gene, sample) => (gene < 5 && environmentOf[sample] === 2 ? 2.5 : 0),
    )
    const { logs } = await factorsOf(counts)
    const hit = every(SAMPLES).filter((sample) => environmentOf[sample] === 2)
    const of = (values: Float64Array): number => meanOf(Float64Array.from(hit, (sample) => values[sample]!))
    // five of 24 genes moved by 2.5: their mean alone would be off by .5
    expect(Math.abs(of(logs) - meanOf(logs) - (of(depths) - meanOf(depths)))).toBeLessThan(0.15)
  })

  test('are the posterior mean of a shared normal factor, solved as one linear system', async () => {
    const rng = createRng(8)
    const { counts } = panel(rng, () => 0.5 * rng.normal())
    const { logs, depthSd } = await factorsOf(counts)
    const residuals = Array.from({ length: SAMPLES }, (_, sample) =>
      Array.from({ length: GENES }, (__, gene) => {
        const log = (at: number): number => Math.log(counts[gene * SAMPLES + at]! + 0.5)
        const own = every(SAMPLES).filter((at) => environmentOf[at] === environmentOf[sample])
        return log(sample) - own.reduce((sum, at) => sum + log(at), 0) / own.length
      }),
    )
    const product = (g: number, h: number): number =>
      residuals.reduce((sum, r) => sum + r[g]! * r[h]!, 0) / (SAMPLES - EXPERIMENTS)
    const pairs = [...every(GENES)].flatMap((g) => [...every(g)].map((h) => product(g, h)))
    pairs.sort((a, b) => a - b)
    const shared = (pairs[pairs.length / 2 - 1]! + pairs[pairs.length / 2]!) / 2
    expect(depthSd ** 2).toBeCloseTo(shared, 12)
    // covariance of the residuals: the shared part everywhere, the own part on the diagonal
    const covariance = [...every(GENES)].map((g) =>
      [...every(GENES)].map((h) => shared + (g === h ? Math.max(0.05, product(g, g) - shared) : 0)),
    )
    for (const sample of [0, 13, 39]) {
      const first = Math.floor(sample / REPEATS) * REPEATS
      const within = logs[sample]! - meanOf(logs.slice(first, first + REPEATS))
      const solved = solve(covariance, residuals[sample]!)
      expect(within).toBeCloseTo(shared * solved.reduce((sum, value) => sum + value, 0), 10)
    }
  })

  test('are not guessed from few genes, few samples or genes without counts', async () => {
    const get = (gene: number, sample: number): number => 5 + ((gene * 7 + sample * 3) % 11)
    const found = (genes: number, samples: number, values = get) =>
      panelFactors(
        { get: values, genesOutside: true },
        every(genes),
        every(samples),
        environmentOf.slice(0, samples),
        breathe,
      )
    expect(await found(GENES, SAMPLES)).not.toBeNull()
    expect(await found(9, SAMPLES)).toBeNull()
    expect(await found(GENES, 6)).toBeNull()
    expect(await found(GENES, SAMPLES, (gene) => (gene < 9 ? 20 : 0))).toBeNull()
  })
})

describe('a table of counts of few genes', () => {
  const header = `environment,${Array.from({ length: GENES }, (_, g) => `GENE${g + 1}X`).join(',')}`
  const rows = (samples: number, genes = GENES): string[] =>
    Array.from({ length: samples }, (_, s) => {
      const cells = Array.from(
        { length: genes },
        (__, g) => (3 + ((g * 5 + s * 7) % 13)) * (s % 3 === 0 ? 4 : 1),
      )
      return `${s < samples / 2 ? 'control' : 'kd'},${cells.join(',')}`
    })

  test('is divided by the depths of its samples', async () => {
    const outcome = await read(lines(header, ...rows(16)))
    expect(outcome.dataset?.transform).toBe('log1p-panel-factors')
    expect(findingOf(outcome, 'panel-counts')).toMatchObject({ level: 'info' })
    const [first, second] = [outcome.dataset!.values[0]!, outcome.dataset!.values[GENES]!]
    // 12 counts at four times the depth of 10
    expect(first).toBeLessThan(Math.log1p(12))
    expect(second).toBeGreaterThan(Math.log1p(10))
  })

  test('keeps log1p, with a note, where samples are too few to tell', async () => {
    const outcome = await read(lines(header, ...rows(6)))
    expect(outcome.dataset?.transform).toBe('log1p')
    expect(findingOf(outcome, 'panel-counts')).toMatchObject({ level: 'review' })
  })
})

/** x of A x = b by elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at]!])
  const size = rows.length
  for (let column = 0; column < size; column++) {
    let best = column
    for (let at = column; at < size; at++)
      if (Math.abs(rows[at]![column]!) > Math.abs(rows[best]![column]!)) best = at
    ;[rows[column], rows[best]] = [rows[best]!, rows[column]!]
    for (let at = 0; at < size; at++) {
      if (at === column) continue
      const factor = rows[at]![column]! / rows[column]![column]!
      for (let k = column; k <= size; k++) rows[at]![k]! -= factor * rows[column]![k]!
    }
  }
  return rows.map((row, at) => row[size]! / row[at]!)
}
