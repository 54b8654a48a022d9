import { describe, expect, it } from 'vitest'
import {
  EXPERIMENT_FEATURES,
  GLOBAL_FEATURES,
  PAIR_FEATURES,
  summariseStudy,
  type StudySummary,
} from '../../../src-main/core/features/summary'
import { createRng } from '../../../src-main/core/random/rng'

const P = PAIR_FEATURES.length
const E = EXPERIMENT_FEATURES.length
const G = GLOBAL_FEATURES.length

interface Study {
  readonly values: Float64Array
  readonly d: number
  readonly sizes: readonly number[]
}

/** A chain of tanh mechanisms; experiment k shifts gene k mod d. */
function makeStudy(d: number, sizes: readonly number[], seed: number): Study {
  const rng = createRng(seed)
  const values: number[] = []
  sizes.forEach((size, environment) => {
    for (let t = 0; t < size; t++)
      for (let j = 0; j < d; j++) {
        const cause = j > 0 ? Math.tanh(values.at(-1)!) : 0
        values.push(cause + 0.7 * rng.normal() + (environment > 0 && (environment - 1) % d === j ? 2 : 0))
      }
  })
  return { values: Float64Array.from(values), d, sizes }
}

function summarise({ values, d, sizes }: Study): StudySummary {
  const starts = new Int32Array(sizes.length + 1)
  sizes.forEach((size, e) => (starts[e + 1] = starts[e]! + size))
  return summariseStudy(values, d, starts)
}

function change({ values, d, sizes }: Study, value: (x: number, t: number, j: number) => number): Study {
  return { values: values.map((x, at) => value(x, Math.floor(at / d), at % d)), d, sizes }
}

/** Rows of the study in another order. */
function takeRows(study: Study, rows: readonly number[], sizes: readonly number[]): Study {
  const { values, d } = study
  return {
    values: Float64Array.from(rows.flatMap((t) => [...values.subarray(t * d, (t + 1) * d)])),
    d,
    sizes,
  }
}

function expectClose(found: Float32Array, expected: Float32Array, digits = 5): void {
  expect(found.length).toBe(expected.length)
  found.forEach((x, i) => {
    if (!(Math.abs(x - expected[i]!) < 10 ** -digits)) expect.fail(`entry ${i}: ${x} is not ${expected[i]}`)
  })
}

function isFinite({ pair, experiment, global }: StudySummary): boolean {
  return [pair, experiment, global].every((x) => x.every(Number.isFinite))
}

function cell(
  summary: StudySummary,
  k: number,
  j: number,
  name: (typeof EXPERIMENT_FEATURES)[number],
): number {
  return summary.experiment[(k * summary.genes + j) * E + EXPERIMENT_FEATURES.indexOf(name)]!
}

function pairOf(summary: StudySummary, i: number, j: number, name: (typeof PAIR_FEATURES)[number]): number {
  return summary.pair[(i * summary.genes + j) * P + PAIR_FEATURES.indexOf(name)]!
}

const withControl = makeStudy(6, [40, 5, 5, 8, 5], 1)
const withoutControl = makeStudy(6, [0, 6, 5, 8, 5], 2)
const fewControls = makeStudy(6, [3, 6, 5, 8, 5], 3)
const studies = [
  ['with control', withControl],
  ['without control', withoutControl],
  ['with three control samples', fewControls],
] as const

describe.each(studies)('summary of a study %s', (_, study) => {
  const d = study.d
  const K = study.sizes.length - 1
  const before = summarise(study)

  it('genes in another order permute the tensors and change nothing else', () => {
    const order = [3, 5, 0, 2, 1, 4]
    const moved = summarise(change(study, (_x, t, j) => study.values[t * d + order[j]!]!))
    const pair = new Float32Array(before.pair.length)
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++)
        pair.set(before.pair.subarray((order[i]! * d + order[j]!) * P).subarray(0, P), (i * d + j) * P)
    const experiment = new Float32Array(before.experiment.length)
    for (let k = 0; k < K; k++)
      for (let j = 0; j < d; j++)
        experiment.set(before.experiment.subarray((k * d + order[j]!) * E).subarray(0, E), (k * d + j) * E)
    expectClose(moved.pair, pair)
    expectClose(moved.experiment, experiment)
    expectClose(moved.global, before.global)
  })

  it('experiments in another order permute the experiment tensor only', () => {
    const starts = study.sizes.map((__, e) => study.sizes.slice(0, e).reduce((a, b) => a + b, 0))
    const order = [0, 3, 1, 4, 2]
    const rows = order.flatMap((e) => Array.from({ length: study.sizes[e]! }, (__, t) => starts[e]! + t))
    const moved = summarise(
      takeRows(
        study,
        rows,
        order.map((e) => study.sizes[e]!),
      ),
    )
    expectClose(moved.pair, before.pair)
    for (let k = 0; k < K; k++) {
      const was = order[k + 1]! - 1
      expectClose(
        moved.experiment.slice(k * d * E, (k + 1) * d * E),
        before.experiment.slice(was * d * E, (was + 1) * d * E),
      )
      expectClose(moved.global.slice(k * G, (k + 1) * G), before.global.slice(was * G, (was + 1) * G))
    }
  })

  it('samples in another order within their environment change nothing', () => {
    let from = 0
    const rows = study.sizes.flatMap((size) => {
      const own = Array.from({ length: size }, (__, t) => from + ((t * 3 + 1) % size))
      from += size
      return size % 3 === 0 ? own.map((__, t) => from - 1 - t) : own
    })
    expect(new Set(rows).size).toBe(rows.length)
    const moved = summarise(takeRows(study, rows, study.sizes))
    expectClose(moved.pair, before.pair)
    expectClose(moved.experiment, before.experiment)
  })

  it('an offset of a million per gene changes nothing', () => {
    const moved = summarise(change(study, (x, __, j) => x + 1e6 * (j % 2 ? -1 : 1)))
    expectClose(moved.pair, before.pair, 4)
    expectClose(moved.experiment, before.experiment, 4)
  })

  it('the shifted gene has the largest shift of its experiment', () => {
    for (let k = 0; k < K; k++)
      for (let j = 0; j < d; j++)
        if (j !== k) expect(cell(before, k, k, 'absz')).toBeGreaterThan(cell(before, k, j, 'absz'))
  })

  it('leaves the values as they were', () => {
    const copy = study.values.slice()
    summarise(study)
    expect(study.values).toEqual(copy)
  })
})

describe('summary of a study without control', () => {
  it('says so, and counts the degrees of freedom within the experiments', () => {
    const { global } = summarise(withoutControl)
    expect(global[GLOBAL_FEATURES.indexOf('noControl')]).toBe(1)
    expect(global[0]).toBeCloseTo(Math.log(6 + 5 + 8 + 5 - 4) - 5, 5)
    expect(summarise(withControl).global[GLOBAL_FEATURES.indexOf('noControl')]).toBe(0)
  })

  it('correlates genes within experiments, as a direct computation does', () => {
    const { values, d, sizes } = withoutControl
    const summary = summarise(withoutControl)
    const residual = values.slice()
    let from = 0
    for (const size of sizes) {
      for (let j = 0; j < d; j++) {
        let mean = 0
        for (let t = from; t < from + size; t++) mean += values[t * d + j]! / size
        for (let t = from; t < from + size; t++) residual[t * d + j]! -= mean
      }
      from += size
    }
    const product = (i: number, j: number): number => {
      let sum = 0
      for (let t = 0; t < from; t++) sum += residual[t * d + i]! * residual[t * d + j]!
      return sum
    }
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++)
        if (i !== j)
          expect(pairOf(summary, i, j, 'r0')).toBeCloseTo(
            product(i, j) / Math.sqrt(product(i, i) * product(j, j)),
            3,
          )
  })

  it('puts the origin at the median experiment, so that most experiments leave a gene alone', () => {
    const summary = summarise(makeStudy(5, [0, 200, 200, 200, 200, 200], 4))
    for (let k = 0; k < 5; k++) expect(cell(summary, k, k, 'D')).toBeGreaterThan(1)
    expect(Math.abs(cell(summary, 0, 3, 'D'))).toBeLessThan(0.4)
  })
})

describe('zeros', () => {
  it('count as a floor only when two samples share the smallest value', () => {
    const continuous = summarise(withControl)
    expect(pairOf(continuous, 0, 1, 'zeroShare')).toBe(0)
    const floored = summarise(change(withControl, (x, __, j) => (j === 2 ? Math.max(x, 0) : x)))
    const share = withControl.values.filter((x, at) => at % 6 === 2 && at < 40 * 6 && x <= 0).length / 40
    expect(share).toBeGreaterThan(0.1)
    for (let j = 0; j < 6; j++) {
      expect(pairOf(floored, 2, j, 'zeroShare')).toBeCloseTo(share, 6)
      expect(pairOf(floored, 3, j, 'zeroShare')).toBe(0)
    }
  })

  it('more often in an experiment than in the control give a positive zero shift', () => {
    const silenced = change(withControl, (x, t, j) => (j === 2 && t >= 40 && t < 45 ? -9 : Math.max(x, -9)))
    expect(cell(summarise(silenced), 0, 2, 'zeroShift')).toBeGreaterThan(1)
    expect(cell(summarise(silenced), 1, 2, 'zeroShift')).toBe(0)
    expect(cell(summarise(silenced), 0, 1, 'zeroShift')).toBe(0)
  })
})

describe('summary stays finite', () => {
  it.each([0, 1, 2, 3, 4, 5, 11, 12])('with %i control samples', (n0) => {
    expect(isFinite(summarise(makeStudy(4, [n0, 3, 4, 2], 5)))).toBe(true)
    expect(isFinite(summarise(makeStudy(4, [n0, 1, 1, 1], 5)))).toBe(true)
    expect(isFinite(summarise(makeStudy(4, [n0, 1], 5)))).toBe(true)
  })

  it('with fewer than twelve control samples, whose binned features are zero', () => {
    const summary = summarise(makeStudy(4, [11, 3, 3], 6))
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 4; j++) {
        expect(pairOf(summary, i, j, 'etagain')).toBe(0)
        expect(pairOf(summary, i, j, 'het')).toBe(0)
      }
  })

  it('without experiments, as one neutral row', () => {
    const summary = summarise(makeStudy(4, [30], 7))
    expect(summary.experiments).toBe(1)
    expect(summary.experiment.length).toBe(4 * E)
    expect(isFinite(summary)).toBe(true)
    for (const name of ['z', 'absz', 'D', 'lvr', 'u', 'rlvr', 'zeroShift'] as const)
      for (let j = 0; j < 4; j++) expect(cell(summary, 0, j, name)).toBe(0)
  })

  it('with an experiment that has no samples, and leaves the others as they were', () => {
    const study = makeStudy(4, [30, 5, 5], 8)
    const summary = summarise({ ...study, sizes: [30, 5, 0, 5] })
    expect(isFinite(summary)).toBe(true)
    const alone = summarise(study)
    for (const name of ['z', 'D', 'u', 'lvr', 'rlvr'] as const)
      for (let j = 0; j < 4; j++) {
        expect(cell(summary, 2, j, name)).toBeCloseTo(cell(alone, 1, j, name), 5)
        expect(cell(summary, 1, j, name)).toBe(0)
      }
  })

  it('with no samples at all', () => {
    expect(isFinite(summarise({ values: new Float64Array(0), d: 3, sizes: [0] }))).toBe(true)
    expect(isFinite(summarise({ values: new Float64Array(0), d: 3, sizes: [0, 0, 0] }))).toBe(true)
  })

  it('with constant genes, genes constant in the control, and duplicates', () => {
    const spoiled = change(withControl, (x, t, j) =>
      j === 0 ? 3 : j === 1 ? (t < 40 ? 1 : x) : j === 2 ? withControl.values[t * 6 + 3]! : x,
    )
    const summary = summarise(spoiled)
    expect(isFinite(summary)).toBe(true)
    for (let k = 0; k < 4; k++)
      for (const name of EXPERIMENT_FEATURES)
        expect(cell(summary, k, 2, name)).toBeCloseTo(cell(summary, k, 3, name), 5)
    expect(isFinite(summarise(change(withControl, () => 7)))).toBe(true)
  })

  it('with constants that have no exact binary form, whose variance rounds to just below zero', () => {
    const rng = createRng(12)
    for (let trial = 0; trial < 40; trial++) {
      const constants = Array.from({ length: 6 }, () => 5 * rng.normal())
      const sizes = [13 + rng.int(40), 5, 3, 7]
      const study = makeStudy(6, sizes, trial)
      const offset = 1e-4 * rng.normal()
      expect(
        isFinite(summarise(change(study, (_, t, j) => constants[j]! + (t < sizes[0]! ? 0 : offset)))),
      ).toBe(true)
    }
  })

  it('with 97 % zeros', () => {
    const rng = createRng(9)
    const sparse = change(withControl, (x) => (rng.next() < 0.97 ? 0 : Math.abs(x)))
    expect(isFinite(summarise(sparse))).toBe(true)
  })

  it('with one gene', () => {
    expect(isFinite(summarise(makeStudy(1, [20, 3, 3], 10)))).toBe(true)
  })
})
