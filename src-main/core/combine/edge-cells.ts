import { GLOBAL_FEATURES, type StudySummary } from '../features/summary'
import type { Cells, ClosedFormAnswer, NetworkAnswer } from './combiner'
import { LARGEST_EDGE } from './log-odds'
import { largestOfOthers, takeTopTwo, type TopTwo } from './others'
import { edgeParts, targetParts } from './parts'
import { CELL_QUANTITIES, describeStudy } from './study-quantities'
import { pairColumn } from './summary-columns'
import { meanDisagreement } from './target-cells'

/** Inputs of the combiner for one ordered pair cause → effect. The first two are the two parts themselves. */
export const EDGE_CELL_FEATURES = [
  'closed',
  'network',
  'closedReverse',
  'networkReverse',
  'ancestor',
  'ancestorReverse',
  'correlation',
  'correlationZ',
  'partial',
  'pooledCorrelation',
  'pooledPartial',
  'closedLargestOtherCause',
  'networkLargestOtherCause',
  'closedLargestOtherEffect',
  'networkLargestOtherEffect',
  'closedSumOfOtherCauses',
  'networkSumOfOtherCauses',
  'closedSumOfOtherEffects',
  'networkSumOfOtherEffects',
  'throughOther',
  'commonCause',
  'targetOfCause',
  'targetOfEffect',
  'ratioGain',
  'ratioGainReverse',
  'heteroscedasticity',
  'heteroscedasticityReverse',
  'thirdMoment',
  'thirdMomentReverse',
  'coShift',
  'coShiftReverse',
  'shiftedAlone',
  'shiftedAloneReverse',
  'shiftSlope',
  'shiftSlopeReverse',
  'shiftGain',
  'shiftGainReverse',
  'zeroShareOfCause',
  'zeroShareOfEffect',
  'skewOfCause',
  'skewOfEffect',
  'kurtosisOfEffect',
  'lnSamples',
  'lnControl',
  'lnGenes',
  'lnExperiments',
  'noControl',
  'disagreement',
  ...CELL_QUANTITIES,
] as const

/**
 * Inputs of the combiner for every ordered pair of genes; also written to fit it. Source: docs/method.md, section 4.
 * Cost d³ multiplications.
 *
 * @returns features [d·d, names], row = cause, the diagonal all 0; finite when the log-odds of the network are
 */
export function edgeCells(summary: StudySummary, network: NetworkAnswer, closed: ClosedFormAnswer): Cells {
  const { genes: d, experiments: K, global } = summary
  const edge = edgeParts(network, closed, d)
  const { meanProbability: targetProbability } = targetParts(network, closed)
  const study = describeStudy(summary)
  const { quantities } = study
  const absolute = (name: Parameters<typeof pairColumn>[1]): Float64Array =>
    pairColumn(summary, name).map(Math.abs)
  const correlation = absolute('r0')
  const correlationZ = absolute('zr0')
  const partial = absolute('pc0')
  const pooledCorrelation = absolute('rw')
  const pooledPartial = absolute('pcw')
  const ratioGain = pairColumn(summary, 'etagain')
  const heteroscedasticity = pairColumn(summary, 'het')
  const thirdMoment = absolute('m21')
  const coShift = pairColumn(summary, 'coshift')
  const alone = pairColumn(summary, 'dirshift')
  const slope = absolute('slopeD')
  const gain = pairColumn(summary, 'invgain_w')
  const { through, common } = takeRoutes(edge.meanProbability, d)
  const closedSides = takeSides(edge.closed, edge.closedProbability, d)
  const networkSides = takeSides(edge.network, edge.networkProbability, d)
  const hits = new Float64Array(d)
  for (let k = 0; k < K; k++) for (let j = 0; j < d; j++) hits[j]! += targetProbability[k * d + j]!
  let lnSamples = 0
  for (let k = 0; k < K; k++) lnSamples += global[k * GLOBAL_FEATURES.length + 1]! / K
  const disagreement = meanDisagreement(edge) * d

  const width = EDGE_CELL_FEATURES.length
  const features = new Float32Array(d * d * width)
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) {
      if (i === j) continue
      const at = i * d + j
      const back = j * d + i
      let to = at * width
      features[to++] = edge.closed[at]!
      features[to++] = edge.network[at]!
      features[to++] = edge.closed[back]!
      features[to++] = edge.network[back]!
      features[to++] = network.ancestor[at]!
      features[to++] = network.ancestor[back]!
      features[to++] = correlation[at]!
      features[to++] = correlationZ[at]!
      features[to++] = partial[at]!
      features[to++] = pooledCorrelation[at]!
      features[to++] = pooledPartial[at]!
      features[to++] = largestOfOthers(closedSides.causes[j]!, i)
      features[to++] = largestOfOthers(networkSides.causes[j]!, i)
      features[to++] = largestOfOthers(closedSides.effects[i]!, j)
      features[to++] = largestOfOthers(networkSides.effects[i]!, j)
      features[to++] = closedSides.causeSum[j]! - edge.closedProbability[at]!
      features[to++] = networkSides.causeSum[j]! - edge.networkProbability[at]!
      features[to++] = closedSides.effectSum[i]! - edge.closedProbability[at]!
      features[to++] = networkSides.effectSum[i]! - edge.networkProbability[at]!
      features[to++] = through[at]!
      features[to++] = common[at]!
      features[to++] = hits[i]!
      features[to++] = hits[j]!
      features[to++] = ratioGain[at]!
      features[to++] = ratioGain[back]!
      features[to++] = heteroscedasticity[at]!
      features[to++] = heteroscedasticity[back]!
      features[to++] = thirdMoment[at]!
      features[to++] = thirdMoment[back]!
      features[to++] = coShift[at]!
      features[to++] = coShift[back]!
      features[to++] = alone[at]!
      features[to++] = alone[back]!
      features[to++] = slope[at]!
      features[to++] = slope[back]!
      features[to++] = gain[at]!
      features[to++] = gain[back]!
      features[to++] = study.zeroShare[i]!
      features[to++] = study.zeroShare[j]!
      features[to++] = Math.abs(study.skew[i]!)
      features[to++] = Math.abs(study.skew[j]!)
      features[to++] = study.kurtosis[j]!
      features[to++] = lnSamples
      features[to++] = global[0]!
      features[to++] = global[2]!
      features[to++] = global[3]!
      features[to++] = global[4]!
      features[to++] = disagreement
      for (const name of CELL_QUANTITIES) features[to++] = quantities[name]
    }
  return { features, names: EDGE_CELL_FEATURES }
}

interface Sides {
  /** two largest log-odds into each gene, and out of it [d] */
  readonly causes: readonly TopTwo[]
  readonly effects: readonly TopTwo[]
  /** expected number of causes, and of effects [d] */
  readonly causeSum: Float64Array
  readonly effectSum: Float64Array
}

function takeSides(logOdds: Float64Array, probability: Float64Array, d: number): Sides {
  const causes: TopTwo[] = []
  const effects: TopTwo[] = []
  const causeSum = new Float64Array(d)
  const effectSum = new Float64Array(d)
  for (let g = 0; g < d; g++) {
    causes.push({ first: 0, second: 0, at: -1 })
    effects.push({ first: 0, second: 0, at: -1 })
    takeTopTwo(logOdds, g, d, d, g, -LARGEST_EDGE, causes[g]!)
    takeTopTwo(logOdds, g * d, d, 1, g, -LARGEST_EDGE, effects[g]!)
  }
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) {
      causeSum[j]! += probability[i * d + j]!
      effectSum[i]! += probability[i * d + j]!
    }
  return { causes, effects, causeSum, effectSum }
}

/** Best route i → m → j and best common cause i ← m → j, as products of probabilities [d, d]. */
function takeRoutes(probability: Float64Array, d: number): { through: Float64Array; common: Float64Array } {
  const through = new Float64Array(d * d)
  const common = new Float64Array(d * d)
  for (let i = 0; i < d; i++)
    for (let m = 0; m < d; m++) {
      if (i === m) continue
      const out = probability[i * d + m]!
      const into = probability[m * d + i]!
      // the diagonal of the probabilities is 0, so that m = j adds nothing
      for (let j = 0; j < d; j++) {
        const last = probability[m * d + j]!
        if (out * last > through[i * d + j]!) through[i * d + j] = out * last
        if (into * last > common[i * d + j]!) common[i * d + j] = into * last
      }
    }
  return { through, common }
}
