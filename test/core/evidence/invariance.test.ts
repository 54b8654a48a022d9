import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src-shared/domain/dataset'
import { createDirectKernel } from '../../../src-main/core/evidence/direct'
import {
  createParentSetEvidence,
  type EvidenceKernel,
  type ParentSetEvidence,
} from '../../../src-main/core/evidence/kernel'
import { prepareStudy, type EvidenceStudy } from '../../../src-main/core/evidence/study'
import { createWasmKernel } from '../../../src-main/core/evidence/wasm/wasm-kernel'
import { createRng } from '../../../src-main/core/random/rng'
import { enumerateParentSets } from '../../../src-main/core/search/parent-sets'
import { FIXTURES, loadFixture, relativeDifference } from './fixtures'

/** A small nonlinear study as raw values; sizes[0] is the control. */
function study(sizes: number[], d: number, seed: number): Dataset {
  const rng = createRng(seed)
  const n = sizes.reduce((a, b) => a + b, 0)
  const values = new Float64Array(n * d)
  const environmentOf = new Int32Array(n)
  let row = 0
  sizes.forEach((size, k) => {
    for (let i = 0; i < size; i++, row++) {
      environmentOf[row] = k
      for (let j = 0; j < d; j++) {
        const cause = j > 0 ? Math.tanh(values[row * d + j - 1]!) : 0
        values[row * d + j] = cause + 0.6 * rng.normal() + (k > 0 && (k - 1) % d === j ? 2.5 : 0)
      }
    }
  })
  return {
    name: 'study',
    genes: Array.from({ length: d }, (_, j) => `g${j}`),
    samples: Array.from({ length: n }, (_, r) => `s${r}`),
    values,
    environmentOf,
    environments: sizes.map((_, k) => `e${k}`),
    transform: 'none',
    files: [],
  }
}

function evidenceOf(
  kernel: EvidenceKernel,
  prepared: EvidenceStudy,
  gene: number,
  candidates: number[],
  maxParents = 3,
): ParentSetEvidence {
  const sets = enumerateParentSets(candidates.length, maxParents)
  const out = createParentSetEvidence(sets.count, prepared.environments)
  kernel.score(
    gene,
    0,
    Int32Array.from(candidates),
    sets,
    new Float64Array(prepared.environments).fill(0.2),
    3,
    out,
  )
  return out
}

function permuted(data: Dataset, genes: number[]): Dataset {
  const d = data.genes.length
  const values = data.values.slice()
  for (let r = 0; r < data.samples.length; r++)
    genes.forEach((from, to) => (values[r * d + to] = data.values[r * d + from]!))
  return { ...data, values, genes: genes.map((gene) => data.genes[gene]!) }
}

function expectClose(a: Float64Array, b: Float64Array, tolerance = 1e-9): void {
  expect(a.length).toBe(b.length)
  a.forEach((value, i) => expect(relativeDifference(value, b[i]!)).toBeLessThan(tolerance))
}

const data = study([30, 4, 4, 9, 2], 4, 1)

describe.each([
  ['the plain formula', createDirectKernel],
  ['the WebAssembly kernel', createWasmKernel],
])('%s', (_label, create) => {
  const prepared = prepareStudy(data, 0.1, 1).study
  const base = evidenceOf(create(prepared), prepared, 3, [0, 1, 2])

  it('does not depend on the names or the order of the genes', () => {
    const other = prepareStudy(permuted(data, [2, 3, 0, 1]), 0.1, 1).study
    // gene 3 is now column 1; causes 0, 1, 2 are columns 2, 3, 0
    expectClose(evidenceOf(create(other), other, 1, [2, 3, 0]).logEvidence, base.logEvidence)
    expectClose(evidenceOf(create(other), other, 1, [2, 3, 0]).targetLogOdds, base.targetLogOdds)
  })

  it('does not depend on the order of the samples within an experiment', () => {
    const d = 4
    const values = data.values.slice()
    for (let j = 0; j < d; j++) {
      values[30 * d + j] = data.values[33 * d + j]!
      values[33 * d + j] = data.values[30 * d + j]!
      values[2 * d + j] = data.values[9 * d + j]!
      values[9 * d + j] = data.values[2 * d + j]!
    }
    const other = prepareStudy({ ...data, values }, 0.1, 1).study
    expectClose(evidenceOf(create(other), other, 3, [0, 1, 2]).logEvidence, base.logEvidence)
  })

  it('does not depend on the order of the candidates', () => {
    const sets = enumerateParentSets(3, 3)
    const other = evidenceOf(create(prepared), prepared, 3, [2, 0, 1])
    const position = new Map([
      [0, 1],
      [1, 2],
      [2, 0],
    ])
    for (let s = 0; s < sets.count; s++) {
      let mask = 0
      for (let slot = 0; slot < 3; slot++) if ((sets.masks[s]! >> slot) & 1) mask |= 1 << position.get(slot)!
      const same = sets.masks.indexOf(mask)
      expect(relativeDifference(other.logEvidence[same]!, base.logEvidence[s]!)).toBeLessThan(1e-9)
    }
  })

  it('does not depend on shift and scale of a gene’s units', () => {
    const d = 4
    const values = data.values.map((value, i) => (i % d === 1 ? 1e4 + 37 * value : value))
    const other = prepareStudy({ ...data, values }, 0.1, 1).study
    expectClose(evidenceOf(create(other), other, 3, [0, 1, 2]).logEvidence, base.logEvidence, 1e-7)
  })

  it('answers again with the same bits', () => {
    const kernel = create(prepared)
    const first = evidenceOf(kernel, prepared, 3, [0, 1, 2])
    evidenceOf(kernel, prepared, 1, [0, 2, 3], 2)
    expect(evidenceOf(kernel, prepared, 3, [0, 1, 2])).toEqual(first)
  })

  it('finds the gene that was shifted in each experiment when the true cause is given', () => {
    for (let k = 0; k < 3; k++) {
      const odds = [0, 1, 2, 3].map((j) =>
        evidenceOf(create(prepared), prepared, j, j > 0 ? [j - 1] : [], 1).targetLogOdds.at(
          j > 0 ? 4 + k : k,
        )!,
      )
      expect(odds.indexOf(Math.max(...odds))).toBe(k)
    }
  })
})

describe('both kernels', () => {
  it.each([
    [[40, 1, 1, 1, 1]],
    [[0, 3, 3, 3, 3]],
    [[0, 9, 9, 9, 9]],
    [[25, 6, 6, 6, 6]],
    [[6, 200, 1, 30, 2]],
    [[50]],
    [[12, 0, 4]],
  ])('agree on experiments of sizes %j, with four parents and known targets', (sizes) => {
    const prepared = prepareStudy(study(sizes, 6, 5), 0.5, 1).study
    const K = prepared.environments
    const sets = enumerateParentSets(5, 4)
    const prior = Float64Array.from({ length: K }, (_, k) => (k === 0 ? 1 - 1e-6 : k === 1 ? 1e-6 : 0.3))
    const a = createParentSetEvidence(sets.count, K)
    const b = createParentSetEvidence(sets.count, K)
    const direct = createDirectKernel(prepared)
    const wasm = createWasmKernel(prepared)
    for (let j = 0; j < 6; j++) {
      const candidates = Int32Array.from([0, 1, 2, 3, 4, 5].filter((i) => i !== j))
      direct.score(j, 0, candidates, sets, prior, 3, a)
      wasm.score(j, 0, candidates, sets, prior, 3, b)
      expectClose(b.logEvidence, a.logEvidence, 1e-8)
      expectClose(b.targetLogOdds, a.targetLogOdds, 1e-8)
      expectClose(b.hardLogOdds, a.hardLogOdds, 1e-8)
      // without samples 'shift' and 'hard' weigh the same: either is right
      a.states.forEach((state, i) => sizes[(i % K) + 1]! > 0 && expect(b.states[i]).toBe(state))
    }
  })

  it('agree when removing an experiment takes almost all information with it', () => {
    // without control and with few samples each experiment carries most of the pool: leverage close to one
    const data = study([0, 5, 1], 4, 9)
    const values = data.values.map((value, i) => (i < 5 * 4 ? value * 1e5 : value))
    const prepared = prepareStudy({ ...data, values }, 0.5, 1).study
    const sets = enumerateParentSets(3, 3)
    const a = createParentSetEvidence(sets.count, 2)
    const b = createParentSetEvidence(sets.count, 2)
    for (let j = 0; j < 4; j++) {
      const candidates = Int32Array.from([0, 1, 2, 3].filter((i) => i !== j))
      createDirectKernel(prepared).score(j, 0, candidates, sets, Float64Array.from([0.3, 0.3]), 3, a)
      createWasmKernel(prepared).score(j, 0, candidates, sets, Float64Array.from([0.3, 0.3]), 3, b)
      expectClose(b.logEvidence, a.logEvidence, 1e-7)
    }
  })

  it.each(FIXTURES)('stay finite on %s with every gene as a possible cause', (name) => {
    const fixture = loadFixture(name)
    const sizes = fixture.environmentSizes
    const environmentOf = Int32Array.from(sizes.flatMap((size, k) => new Array<number>(size).fill(k)))
    const prepared = prepareStudy(
      {
        name,
        genes: Array.from({ length: fixture.genes }, (_, j) => `g${j}`),
        samples: Array.from(environmentOf, (_, r) => `s${r}`),
        values: Float64Array.from(fixture.values),
        environmentOf,
        environments: sizes.map((_, k) => `e${k}`),
        transform: 'none',
        files: [],
      },
      0.1,
      1,
    ).study
    const kernel = createWasmKernel(prepared)
    for (let j = 0; j < fixture.genes; j++) {
      const out = evidenceOf(
        kernel,
        prepared,
        j,
        Array.from({ length: fixture.genes }, (_, i) => i).filter((i) => i !== j),
      )
      expect(out.logEvidence.every(Number.isFinite)).toBe(true)
      expect(out.targetLogOdds.every(Number.isFinite)).toBe(true)
    }
  })
})
