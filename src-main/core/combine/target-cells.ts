import { GLOBAL_FEATURES, type StudySummary } from '../features/summary'
import { AGREEMENT_QUANTITIES, describeAgreement } from './agreement'
import type { Cells, ClosedFormAnswer, NetworkAnswer } from './combiner'
import { explainAway, type Explanations } from './explaining-away'
import { LARGEST_TARGET, probability } from './log-odds'
import { largestOfOthers, takeTopTwo, type TopTwo } from './others'
import { edgeParts, targetParts, type BothParts } from './parts'
import { CELL_QUANTITIES, describeStudy } from './study-quantities'
import { experimentColumn, pairColumn, studySizes } from './summary-columns'

/** Inputs of the combiner for one (experiment, gene). The first two are the two parts themselves. */
export const TARGET_CELL_FEATURES = [
  'closed',
  'network',
  'asinhClosed',
  'asinhNetwork',
  'closedLargestOther',
  'networkLargestOther',
  'meanLargestOther',
  'closedSumOfOthers',
  'networkSumOfOthers',
  'closedShareOfGene',
  'networkShareOfGene',
  'absoluteZ',
  'absoluteU',
  'logVarianceRatio',
  'residualLogVarianceRatio',
  'leastRemainder',
  'zeroShift',
  'zeroShareOfGene',
  'explainingAway',
  'explainingAwaySecond',
  'explainedByAncestor',
  'explainedShift',
  'meanAbsoluteZOfExperiment',
  'shiftedShareOfExperiment',
  'disagreementOfExperiment',
  'lnSamples',
  'lnControl',
  'lnGenes',
  'lnExperiments',
  'noControl',
  'disagreement',
  ...CELL_QUANTITIES,
  ...AGREEMENT_QUANTITIES,
  'medianAbsoluteZOfExperiment',
  'medianAbsoluteUOfExperiment',
  'medianLogVarianceRatioOfExperiment',
  'targetAgreementOfExperiment',
] as const

/**
 * Inputs of the combiner for every experiment and gene; also written to fit it. Source: docs/method.md, section 4.
 * Cost K d².
 *
 * @returns features [K·d, names], all finite when the log-odds of the network are
 */
export function targetCells(summary: StudySummary, network: NetworkAnswer, closed: ClosedFormAnswer): Cells {
  const { genes: d, experiments: K, global } = summary
  const target = targetParts(network, closed)
  const edge = edgeParts(network, closed, d)
  const study = describeStudy(summary)
  const { quantities } = study
  const agreement = describeAgreement(summary, target, edge)
  const byEdge = explainAway(target.mean, edge.meanProbability, d)
  const byAncestor = explainAway(target.mean, Float64Array.from(network.ancestor, probability), d)
  const explainedShift = takeExplainedShift(summary, byEdge)
  const z = experimentColumn(summary, 'absz')
  const u = experimentColumn(summary, 'absu')
  const variance = experimentColumn(summary, 'lvr')
  const residualVariance = experimentColumn(summary, 'rlvr')
  const remainder = experimentColumn(summary, 'tmin')
  const zeroShift = experimentColumn(summary, 'zeroShift')
  const shareOfGene = sharesOfGenes(target, K, d)
  const row = { closed: top(), network: top(), mean: top() }
  const disagreement = meanDisagreement(target) * d

  const width = TARGET_CELL_FEATURES.length
  const features = new Float32Array(K * d * width)
  for (let k = 0; k < K; k++) {
    takeTopTwo(target.closed, k * d, d, 1, -1, -LARGEST_TARGET, row.closed)
    takeTopTwo(target.network, k * d, d, 1, -1, -LARGEST_TARGET, row.network)
    takeTopTwo(target.mean, k * d, d, 1, -1, -LARGEST_TARGET, row.mean)
    let closedSum = 0
    let networkSum = 0
    let disagreementOfExperiment = 0
    for (let at = k * d; at < (k + 1) * d; at++) {
      closedSum += target.closedProbability[at]!
      networkSum += target.networkProbability[at]!
      disagreementOfExperiment += Math.abs(target.closedProbability[at]! - target.networkProbability[at]!)
    }
    const context = k * GLOBAL_FEATURES.length
    for (let j = 0; j < d; j++) {
      const at = k * d + j
      let to = at * width
      features[to++] = target.closed[at]!
      features[to++] = target.network[at]!
      features[to++] = Math.asinh(target.closed[at]!)
      features[to++] = Math.asinh(target.network[at]!)
      features[to++] = largestOfOthers(row.closed, j)
      features[to++] = largestOfOthers(row.network, j)
      features[to++] = largestOfOthers(row.mean, j)
      features[to++] = closedSum - target.closedProbability[at]!
      features[to++] = networkSum - target.networkProbability[at]!
      features[to++] = shareOfGene.closed[j]!
      features[to++] = shareOfGene.network[j]!
      features[to++] = z[at]!
      features[to++] = u[at]!
      features[to++] = variance[at]!
      features[to++] = residualVariance[at]!
      features[to++] = remainder[at]!
      features[to++] = zeroShift[at]!
      features[to++] = study.zeroShare[j]!
      features[to++] = byEdge.best[at]!
      features[to++] = byEdge.second[at]!
      features[to++] = byAncestor.best[at]!
      features[to++] = explainedShift[at]!
      features[to++] = study.meanAbsoluteZ[k]!
      features[to++] = study.shiftedShare[k]!
      features[to++] = disagreementOfExperiment
      features[to++] = global[context + 1]!
      features[to++] = global[context]!
      features[to++] = global[context + 2]!
      features[to++] = global[context + 3]!
      features[to++] = global[context + 4]!
      features[to++] = disagreement
      for (const name of CELL_QUANTITIES) features[to++] = quantities[name]
      for (const name of AGREEMENT_QUANTITIES) features[to++] = agreement.quantities[name]
      features[to++] = agreement.medianAbsoluteZ[k]!
      features[to++] = agreement.medianAbsoluteU[k]!
      features[to++] = agreement.medianLogVarianceRatio[k]!
      features[to++] = agreement.targetAgreement[k]!
    }
  }
  return { features, names: TARGET_CELL_FEATURES }
}

function top(): TopTwo {
  return { first: 0, second: 0, at: -1 }
}

/** Mean over experiments of P(gene is a target), [d]. */
function sharesOfGenes(
  { closedProbability, networkProbability }: BothParts,
  K: number,
  d: number,
): { closed: Float64Array; network: Float64Array } {
  const closed = new Float64Array(d)
  const network = new Float64Array(d)
  for (let k = 0; k < K; k++)
    for (let j = 0; j < d; j++) {
      closed[j]! += closedProbability[k * d + j]! / K
      network[j]! += networkProbability[k * d + j]! / K
    }
  return { closed, network }
}

/** Mean over cells of |σ(closed) − σ(network)|; times d, the expected number of disagreements per row. */
export function meanDisagreement({ closedProbability, networkProbability }: BothParts): number {
  let sum = 0
  for (let i = 0; i < closedProbability.length; i++)
    sum += Math.abs(closedProbability[i]! - networkProbability[i]!)
  return sum / Math.max(1, closedProbability.length)
}

/**
 * ½[log(1 + z²) − log(1 + z'²)], z' the shift that remains after the control slope on the best explaining gene is taken
 * off, [K, d]. Positive: the explanation fits the size and the sign of the shift.
 */
function takeExplainedShift(summary: StudySummary, { gene }: Explanations): Float64Array {
  const { genes: d, experiments: K } = summary
  const slope = pairColumn(summary, 'r0')
  const difference = experimentColumn(summary, 'D').map(Math.sinh)
  const { controlSamples, experimentSamples } = studySizes(summary)
  const out = new Float64Array(K * d)
  for (let k = 0; k < K; k++) {
    const certainty = 1 / (1 / controlSamples + 1 / experimentSamples[k]!)
    for (let j = 0; j < d; j++) {
      const at = k * d + j
      const cause = gene[at]!
      if (cause < 0) continue
      const shift = difference[at]!
      const rest = shift - slope[cause * d + j]! * difference[k * d + cause]!
      out[at] = 0.5 * (Math.log1p(shift * shift * certainty) - Math.log1p(rest * rest * certainty))
    }
  }
  return out
}
