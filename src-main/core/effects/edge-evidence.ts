import type { EdgeEvidence } from '../../../src-shared/domain/evidence'
import type { LearnedResult, LearnedParentSet } from '../../../src-shared/domain/result'
import { FEATURES_PER_GENE, writeFeatures } from '../features/basis'
import {
  combinationLeverage,
  combinationMean,
  priorPrecision,
  solveMechanism,
  type Mechanism,
} from './mechanism'
import { writeRow } from './pool'
import { environmentOfSamples, studyOfResult } from './stored-study'

const CURVE_POINTS = 61
/** Half width of a 95 % interval of a normal distribution, in sd. */
const Z95 = 1.959963984540054
const MOST_PARENT_SETS = 8

/**
 * Why an edge has its probability: the fitted mechanism along the cause, the samples it was fitted to, and the parent
 * sets it comes from. Averaged over the kept parent sets that hold the cause.
 */
export function edgeEvidence(result: LearnedResult, source: number, target: number): EdgeEvidence {
  const d = result.genes.length
  const { study, basis } = studyOfResult(result)
  const learned = result.learned.genes[target]!
  const holding = learned.parentSets.filter((set) => set.parents.includes(source))
  const total = holding.reduce((sum, set) => sum + set.weight, 0)
  const fits = holding.map((set) => ({
    set,
    share: set.weight / total,
    slot: set.parents.indexOf(source),
    mechanism: solveMechanism(
      set.pool,
      priorPrecision(set.parents.length, study.variances, study.hyper),
      set.pooledCount,
      study.hyper,
    ),
  }))

  const scaled = study.effects[0]!
  const x = Float64Array.from({ length: study.samples }, (_, r) => scaled[r * d + source]!)
  const y = Float64Array.from({ length: study.samples }, (_, r) => scaled[r * d + target]!)
  const [low, high] = range(x)
  const curve = emptyCurve(fits.length === 0 ? 0 : CURVE_POINTS)
  for (let i = 0; i < curve.x.length; i++) {
    const at = low + ((high - low) * i) / (CURVE_POINTS - 1)
    let mean = 0
    let second = 0
    for (const { set, share, slot, mechanism } of fits) {
      const row = restingRow(mechanism, set, (parent, out, offset) =>
        writeFeatures(basis, parent, 0, 0, out, offset),
      )
      writeFeatures(basis, source, at, 0, row, 1 + slot * FEATURES_PER_GENE)
      const value = combinationMean(mechanism, row)
      mean += share * value
      second += share * (combinationLeverage(mechanism, row) * mechanism.noiseVariance + value * value)
    }
    const margin = Z95 * Math.sqrt(Math.max(0, second - mean * mean))
    curve.x[i] = at
    curve.mean[i] = mean
    curve.low[i] = mean - margin
    curve.high[i] = mean + margin
  }
  for (const { set, share, slot, mechanism } of fits) {
    const row = new Float64Array(2 + set.parents.length * FEATURES_PER_GENE)
    const resting = restingRow(mechanism, set, (parent, out, offset) =>
      writeFeatures(basis, parent, 0, 0, out, offset),
    )
    const ownFrom = 1 + slot * FEATURES_PER_GENE
    for (let r = 0; r < study.samples; r++) {
      writeRow(study, scaled, target, set.parents, r, row)
      const full = combinationMean(mechanism, row)
      const alone = resting.slice()
      for (let b = 0; b < FEATURES_PER_GENE; b++) alone[ownFrom + b] = row[ownFrom + b]!
      y[r]! -= share * (full - combinationMean(mechanism, alone))
    }
  }

  const environment = environmentOfSamples(study.starts)
  const unused = Uint8Array.from(environment, (k) =>
    k > 0 && result.targets.probability[(k - 1) * d + target]! > 0.5 ? 1 : 0,
  )
  const at = source * d + target
  const effect = result.edges.effect[at]!
  const margin = Z95 * result.edges.effectSd[at]!
  return {
    source: result.genes[source]!,
    target: result.genes[target]!,
    probability: result.edges.probability[at]!,
    reverseProbability: result.edges.probability[target * d + source]!,
    effect,
    effectLow: effect - margin,
    effectHigh: effect + margin,
    chainDifference: result.edges.chainDifference[at]!,
    curve,
    points: { samples: result.input.samples, environment, x, y, unused },
    parentSets: learned.parentSets
      .slice(0, MOST_PARENT_SETS)
      .map((set) => ({ parents: set.parents.map((parent) => result.genes[parent]!), weight: set.weight })),
  }
}

/** The feature row with every parent at the control mean. */
function restingRow(
  mechanism: Mechanism,
  set: LearnedParentSet,
  write: (parent: number, out: Float64Array, offset: number) => void,
): Float64Array {
  const row = new Float64Array(mechanism.columns)
  row[0] = 1
  set.parents.forEach((parent, i) => write(parent, row, 1 + i * FEATURES_PER_GENE))
  return row
}

function emptyCurve(points: number): {
  x: Float64Array
  mean: Float64Array
  low: Float64Array
  high: Float64Array
} {
  return {
    x: new Float64Array(points),
    mean: new Float64Array(points),
    low: new Float64Array(points),
    high: new Float64Array(points),
  }
}

function range(values: Float64Array): [number, number] {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return [low, high]
}
