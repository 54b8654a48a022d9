import { describe, expect, test } from 'vitest'
import type { Dataset } from '../../../src-shared/domain/dataset'
import { GENE_FATES } from '../../../src-shared/domain/measured-genes'
import { experimentStatistics } from '../../../src-main/core/differential/moderated-t'
import { createRng } from '../../../src-main/core/random/rng'
import { adjustedP } from '../../../src-main/core/differential/benjamini-hochberg'
import { dataset, read } from './support'

const GENES = 320
const EXPERIMENTS = ['control', 'A', 'B'] as const
const REPLICATES = 4
/** moved by +3 in A and by −3 in B, and too dull otherwise to be chosen among the fifty */
const MOVED = 7

/** Rows are samples in the order given. */
function values(seed: number): { experiment: string; sample: string; row: number[] }[] {
  const rng = createRng(seed)
  const base = Array.from({ length: GENES }, () => 6 + rng.normal())
  const sd = Array.from({ length: GENES }, (_, g) => (g < 60 ? 2 : 0.3))
  return EXPERIMENTS.flatMap((experiment, k) =>
    Array.from({ length: REPLICATES }, (_, r) => ({
      experiment,
      sample: `${experiment}_${r + 1}`,
      row: base.map((mean, g) => {
        if (g === GENES - 1) return 5
        const shift = g < MOVED ? [0, 3, -3][k]! : 0
        return Number((mean + shift + sd[g]! * rng.normal()).toFixed(5))
      }),
    })),
  )
}

type Rows = ReturnType<typeof values>

const inColumns = (rows: Rows): string =>
  [
    ['environment', 'sample', ...Array.from({ length: GENES }, (_, g) => `G${g}`)].join(','),
    ...rows.map(({ experiment, sample, row }) => [experiment, sample, ...row].join(',')),
  ].join('\n')

const inRows = (rows: Rows): string =>
  [
    ['gene', ...rows.map(({ sample }) => sample)].join(','),
    ...Array.from({ length: GENES }, (_, g) => [`G${g}`, ...rows.map(({ row }) => row[g]!)].join(',')),
  ].join('\n')

/** Pooled within-experiment sums by hand, for one gene. */
function direct(rows: Rows, gene: number, experiment: string): { difference: number; variance: number } {
  const of = (name: string): number[] =>
    rows.filter((each) => each.experiment === name).map(({ row }) => row[gene]!)
  const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length
  const squares = EXPERIMENTS.map((name) => {
    const centre = mean(of(name))
    return of(name).reduce((sum, value) => sum + (value - centre) ** 2, 0)
  }).reduce((a, b) => a + b, 0)
  return {
    difference: mean(of(experiment)) - mean(of('control')),
    variance: squares / (rows.length - EXPERIMENTS.length),
  }
}

const RAW = { orientation: 'genes-in-columns', transform: 'none' } as const

describe('differential expression of a file', () => {
  const rows = values(1)

  test('covers the genes that are not analysed and agrees with sums by hand', async () => {
    const study = await dataset(inColumns(rows), RAW)
    const { differential, measured } = study as Required<Dataset>
    expect(study.genes).toHaveLength(50)
    expect(measured.names).toHaveLength(GENES)
    // the constant gene cannot be tested
    expect(differential).toMatchObject({ tested: GENES - 1, adjusted: null, batches: 1 })
    const left = [...differential!.genes].filter((gene) => GENE_FATES[measured.fate[gene]!] === 'not-chosen')
    expect(left.length).toBeGreaterThan(200)
    for (const [k, experiment] of ['A', 'B'].entries()) {
      const { t, pValue, adjusted } = experimentStatistics(differential!, k)
      expect(adjusted).toEqual(adjustedP(pValue))
      for (const gene of [0, 3, 100, 250]) {
        const { difference, variance } = direct(rows, gene, experiment)
        const at = differential!.genes.indexOf(gene)
        expect(differential!.logFoldChange[k * (GENES - 1) + at]).toBeCloseTo(difference, 5)
        const { priorFreedom, priorVariance } = differential!
        const squeezed = (priorFreedom * priorVariance + 9 * variance) / (priorFreedom + 9)
        expect(t[at]).toBeCloseTo(difference / Math.sqrt(squeezed / 2), 4)
      }
    }
    const found = [...experimentStatistics(differential!, 0).adjusted.keys()].filter(
      (at) => experimentStatistics(differential!, 0).adjusted[at]! <= 0.05,
    )
    expect(found.filter((at) => differential!.genes[at]! >= MOVED).length).toBeLessThanOrEqual(2)
  })

  test('does not depend on which way the table lies', async () => {
    const columns = await dataset(inColumns(rows), RAW)
    const lying = await dataset(inRows(rows), { orientation: 'genes-in-rows', transform: 'none' })
    expect(lying.differential!.genes).toEqual(columns.differential!.genes)
    columns.differential!.logFoldChange.forEach((change, cell) =>
      expect(lying.differential!.logFoldChange[cell]).toBeCloseTo(change, 5),
    )
    expect(lying.differential!.priorFreedom).toBeCloseTo(columns.differential!.priorFreedom, 6)
  })

  test('is told as log2 after a log transform', async () => {
    const raw = rows.map((each) => ({ ...each, row: each.row.map((value) => Math.exp(value)) }))
    const study = await dataset(inColumns(raw), { ...RAW, transform: 'log1p' })
    const logs = rows.map((each) => ({
      ...each,
      row: each.row.map((v) => Math.log1p(Math.exp(v)) / Math.LN2),
    }))
    expect(study.differential!.logFoldChange[3]).toBeCloseTo(direct(logs, 3, 'A').difference, 4)
    expect(study.differential!.sd[3]).toBeGreaterThan(0)
  })

  test('is absent without a control and without replicates', async () => {
    const noControl = await dataset(inColumns(rows), { ...RAW, control: 'none' })
    expect(noControl.differential).toBeNull()
    const single = rows.filter(({ sample }) => sample.endsWith('_1'))
    expect((await dataset(inColumns(single), RAW)).differential).toBeNull()
  })
})

describe('the choice of genes', () => {
  const rows = values(2)
  const table = inColumns(rows)

  test('gives every gene of the file a fate and every analysed one a reason', async () => {
    const { summary } = await read(table, RAW)
    const { measured, analysed, kept, dropped } = summary.geneChoice
    expect({ measured, analysed }).toEqual({ measured: GENES, analysed: 50 })
    expect(kept).toEqual([
      { reason: 'shift', count: 25 },
      { reason: 'variance', count: 25 },
    ])
    expect(dropped.map(({ fate, count }) => [fate, count])).toEqual([
      ['not-chosen', GENES - 51],
      ['constant', 1],
    ])
    expect(dropped[1]!.examples).toEqual([`G${GENES - 1}`])
  })

  test('keeps pinned genes whatever they do, and as many genes as were asked for', async () => {
    const outcome = await read(table, { ...RAW, pinnedGenes: ['G319', 'G200', 'NONE'], geneCount: 20 })
    expect(outcome.dataset!.genes).toHaveLength(20)
    expect(outcome.dataset!.genes).toEqual(expect.arrayContaining(['G319', 'G200']))
    expect(outcome.summary.geneChoice.kept).toContainEqual({ reason: 'pinned', count: 2 })
    const rules = outcome.summary.findings.map(({ rule }) => rule)
    expect(rules).toEqual(expect.arrayContaining(['unknown-genes', 'gene-choice']))
  })

  test('says when memory allows fewer genes than were asked for', async () => {
    const outcome = await read(table, { ...RAW, geneCount: 300 }, { limits: { tableBytes: 1_000_000 } })
    expect(outcome.summary.findings.find(({ rule }) => rule === 'many-genes')?.text).toMatch(
      /^300 genes were asked for; \d+ fit/,
    )
    expect(outcome.dataset!.genes.length).toBeLessThan(300)
  })

  test('tells apart what was not named from what has gaps', async () => {
    const gaps = rows.map((each, at) => ({
      ...each,
      row: each.row.map((value, g) => (g === 4 && at < 5 ? NaN : value)),
    }))
    const { summary } = await read(inColumns(gaps).replaceAll('NaN', 'NA'), {
      ...RAW,
      genes: ['G0', 'G1', 'G2'],
    })
    expect(summary.geneChoice).toMatchObject({
      analysed: 3,
      kept: [{ reason: 'named', count: 3 }],
      dropped: [
        { fate: 'not-named', count: GENES - 4 },
        { fate: 'missing-values', count: 1, examples: ['G4'] },
      ],
    })
  })
})
