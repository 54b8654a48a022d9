import { describe, expect, it } from 'vitest'
import {
  areaUnderRoc,
  averagePrecision,
  calibrationBins,
  calibrationError,
  cutAtFdr,
  estimatedListFdr,
  hammingDistance,
  logLoss,
  topOneShare,
} from '../../../src-main/core/metrics'
import reference from '../../fixtures/metrics/reference.json'

/** Rounding of sums in another order. */
const EXACT = 12

function expectSame(value: number, expected: number | null): void {
  if (expected === null) expect(value).toBeNaN()
  else expect(value).toBeCloseTo(expected, EXACT)
}

describe('ranking', () => {
  it.each(reference.ranking)(
    'AUROC and AUPRC equal scikit-learn: $name',
    ({ labels, scores, auroc, auprc }) => {
      expectSame(areaUnderRoc(Uint8Array.from(labels), Float64Array.from(scores)), auroc)
      expectSame(averagePrecision(Uint8Array.from(labels), Float64Array.from(scores)), auprc)
    },
  )

  it('does not depend on the order of tied entries', () => {
    const labels = Uint8Array.of(1, 0, 0, 1, 0)
    const scores = Float64Array.of(2, 2, 2, 1, 1)
    const backwards = labels.slice().reverse()
    const backwardScores = scores.slice().reverse()
    expect(averagePrecision(labels, scores)).toBe(averagePrecision(backwards, backwardScores))
    expect(areaUnderRoc(labels, scores)).toBe(areaUnderRoc(backwards, backwardScores))
  })

  it('top-1 counts environments with a target only and shares the credit of a tie', () => {
    const labels = Uint8Array.of(1, 0, 0, /**/ 0, 0, 0, /**/ 0, 1, 0, /**/ 0, 0, 1)
    const scores = Float64Array.of(9, 1, 2, /**/ 5, 6, 7, /**/ 3, 3, 1, /**/ 4, -1, -2)
    expect(topOneShare(labels, scores, 3)).toBeCloseTo((1 + 0.5 + 0) / 3, EXACT)
    expect(topOneShare(new Uint8Array(3), scores.subarray(0, 3), 3)).toBeNaN()
  })
})

describe('graphs', () => {
  it.each(reference.graph)('distance and edge ranking equal the reference: $name', (graph) => {
    const truth = Uint8Array.from(graph.truth)
    const probability = Float64Array.from(graph.probability)
    expect(hammingDistance(truth, probability, graph.genes)).toBe(graph.shd)
    const pairs = truth.map((_, cell) => cell).filter((cell) => cell % (graph.genes + 1) !== 0)
    expect(pairs).toHaveLength(graph.off_diagonal)
    const labels = pairs.map((cell) => truth[cell]!)
    const scores = Float64Array.from(pairs, (cell) => probability[cell]!)
    expectSame(areaUnderRoc(labels, scores), graph.auroc)
    expectSame(averagePrecision(labels, scores), graph.auprc)
  })

  it('counts a missing, an extra and a reversed edge once each, a 2-cycle once', () => {
    const distance = (truth: number[], claimed: number[]): number =>
      hammingDistance(Uint8Array.from(truth), Float64Array.from(claimed), 2)
    expect(distance([0, 1, 0, 0], [0, 1, 0, 0])).toBe(0)
    expect(distance([0, 1, 0, 0], [0, 0, 0, 0])).toBe(1)
    expect(distance([0, 0, 0, 0], [0, 0, 1, 0])).toBe(1)
    expect(distance([0, 1, 0, 0], [0, 0, 1, 0])).toBe(1)
    expect(distance([0, 1, 0, 0], [0, 1, 1, 0])).toBe(1)
    expect(distance([0, 1, 0, 0], [0, 0.5, 0, 0])).toBe(1)
  })
})

describe('probabilities', () => {
  it.each(reference.probabilities)(
    'calibration error, log loss and cut list equal the reference: $name',
    (study) => {
      const labels = Uint8Array.from(study.labels)
      const probabilities = Float64Array.from(study.probabilities)
      expectSame(calibrationError(calibrationBins(labels, probabilities)), study.ece)
      expectSame(calibrationError(calibrationBins(labels, probabilities, 0.05)), study.ece_above)
      expectSame(logLoss(labels, probabilities), study.log_loss)
      const list = cutAtFdr(labels, estimatedListFdr(probabilities), 0.1)
      expect(list).toEqual({ count: study.listed, falseCount: study.listed_false })
    },
  )

  it('gives tied probabilities the rate of the list that holds them all', () => {
    const rates = estimatedListFdr(Float64Array.of(0.5, 1, 0.5))
    expect([...rates]).toEqual([1 / 3, 0, 1 / 3])
  })
})
