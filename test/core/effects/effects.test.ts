import { describe, expect, it } from 'vitest'
import {
  combinationLeverage,
  combinationMean,
  priorPrecision,
  solveMechanism,
} from '../../../src-main/core/effects/mechanism'
import { packedLength, poolGram, writeRow } from '../../../src-main/core/effects/pool'
import { prepareStudy } from '../../../src-main/core/evidence/study'
import { EVIDENCE } from '../../../src-main/core/evidence/hyperparameters'
import { FEATURES_PER_GENE } from '../../../src-main/core/features/basis'
import { createRng } from '../../../src-main/core/random/rng'
import type { Dataset } from '../../../src-shared/domain/dataset'

function linearStudy(slope: number): Dataset {
  const rng = createRng(3)
  const n = 300
  const values = new Float64Array(n * 2)
  for (let r = 0; r < n; r++) {
    values[2 * r] = rng.normal()
    values[2 * r + 1] = slope * values[2 * r]! + 0.5 * rng.normal()
  }
  return {
    name: 'pair',
    genes: ['a', 'b'],
    samples: Array.from({ length: n }, (_, r) => `s${r}`),
    values,
    environmentOf: new Int32Array(n).map((_, r) => (r < 200 ? 0 : r < 250 ? 1 : 2)),
    environments: ['c', 'e1', 'e2'],
    transform: 'none',
    files: [],
  }
}

describe('a mechanism', () => {
  const study = prepareStudy(linearStudy(0.8), 0.1, 1).study
  const precision = priorPrecision(1, study.variances, EVIDENCE)
  const { gram, count } = poolGram(study, 1, [0], [0, 2])
  const mechanism = solveMechanism(gram, precision, count, EVIDENCE)
  const q = precision.length + 1

  it('solves the normal equations of its pool', () => {
    for (let i = 0; i < precision.length; i++) {
      let left = precision[i]! * mechanism.weights[i]!
      for (let j = 0; j < precision.length; j++)
        left += gram[packedLength(Math.max(i, j)) + Math.min(i, j)]! * mechanism.weights[j]!
      expect(left).toBeCloseTo(gram[packedLength(q - 1) + i]!, 8)
    }
  })

  it('has leverages that equal the solution of M v = r', () => {
    const row = Float64Array.from(precision, (_, i) => Math.sin(i + 1))
    // second route: Gauss elimination on the full precision matrix
    const p = precision.length
    const m = Array.from({ length: p }, (_, i) =>
      Array.from({ length: p + 1 }, (_, j) =>
        j === p
          ? row[i]!
          : gram[packedLength(Math.max(i, j)) + Math.min(i, j)]! + (i === j ? precision[i]! : 0),
      ),
    )
    for (let i = 0; i < p; i++)
      for (let k = 0; k < p; k++) {
        if (k === i) continue
        const f = m[k]![i]! / m[i]![i]!
        for (let j = i; j <= p; j++) m[k]![j]! -= f * m[i]![j]!
      }
    const expected = m.reduce((sum, line, i) => sum + (row[i]! * line[p]!) / line[i]!, 0)
    expect(combinationLeverage(mechanism, row) / expected).toBeCloseTo(1, 8)
  })

  it('recovers a linear relation in scaled units', () => {
    const low = new Float64Array(q)
    const high = new Float64Array(q)
    let lowAt = 0
    let highAt = 0
    for (let r = 0; r < 200; r++) {
      if (study.features[r * 2 * FEATURES_PER_GENE]! < study.features[lowAt * 2 * FEATURES_PER_GENE]!)
        lowAt = r
      if (study.features[r * 2 * FEATURES_PER_GENE]! > study.features[highAt * 2 * FEATURES_PER_GENE]!)
        highAt = r
    }
    writeRow(study, study.effects[0]!, 1, [0], lowAt, low)
    writeRow(study, study.effects[0]!, 1, [0], highAt, high)
    const slope = (combinationMean(mechanism, high) - combinationMean(mechanism, low)) / (high[1]! - low[1]!)
    // 0.8 sd(a) / sd(b) with sd(b)² = 0.64 + 0.25
    expect(Math.abs(slope - 0.8 / Math.sqrt(0.89))).toBeLessThan(0.1)
    expect(mechanism.noiseVariance).toBeCloseTo(0.25 / 0.89, 1)
  })
})

describe('the pool Gram', () => {
  it('leaves out experiments whose mechanism was replaced and integrates their intercepts otherwise', () => {
    const study = prepareStudy(linearStudy(0.8), 0.1, 1).study
    const control = poolGram(study, 1, [0], [2, 2])
    expect(control.count).toBe(200)
    expect(control.gram[0]).toBe(200)
    const both = poolGram(study, 1, [0], [0, 1])
    const t = 100 / 150
    expect(both.count).toBeCloseTo(200 + 2 * 50 * t, 10)
    // the constant's entry: n − n²/(n + 1/v) = n/(1 + n v) per experiment
    const n = 50 * t
    expect(both.gram[0]).toBeCloseTo(
      200 + n / (1 + n * EVIDENCE.unchangedVariance) + n / (1 + n * EVIDENCE.shiftVariance),
      8,
    )
  })
})
