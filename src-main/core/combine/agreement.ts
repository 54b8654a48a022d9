import type { StudySummary } from '../features/summary'
import type { BothParts } from './parts'
import { mean, quantile } from './statistics'
import { experimentColumn } from './summary-columns'

/**
 * What tells how far the closed form's model holds in a study, and how sure the two parts are of it. Where nothing but the
 * actions moves the experiments, small |z| and |u| are those of chance; batches and errors widen them. Where both parts
 * rank alike, they confirm each other.
 */
export const AGREEMENT_QUANTITIES = [
  'medianAbsoluteZ',
  'quartileAbsoluteZ',
  'medianAbsoluteU',
  'quartileAbsoluteU',
  'medianLogVarianceRatio',
  'closedEdgesPerGene',
  'networkEdgesPerGene',
  'closedTargetsPerExperiment',
  'networkTargetsPerExperiment',
  'edgeAgreement',
  'targetAgreement',
  'closedEdgeDoubt',
  'networkEdgeDoubt',
  'targetSpreadRatio',
  'edgeSpreadRatio',
] as const
export type AgreementQuantity = (typeof AGREEMENT_QUANTITIES)[number]

export interface Agreement {
  readonly quantities: Readonly<Record<AgreementQuantity, number>>
  /** of each experiment, [K] */
  readonly medianAbsoluteZ: Float64Array
  readonly medianAbsoluteU: Float64Array
  readonly medianLogVarianceRatio: Float64Array
  readonly targetAgreement: Float64Array
}

/** Keeps the ratio of spreads finite where the network says the same of all cells. */
const LEAST_SPREAD = 0.1
const LEAST_SQUARES = 1e-9

/**
 * Quantities of the study and of its experiments that need both answers. Log-odds of targets enter through asinh, since
 * those of the closed form reach ±20. Cost K d log(K d) + d².
 */
export function describeAgreement(summary: StudySummary, target: BothParts, edge: BothParts): Agreement {
  const { genes: d, experiments: K } = summary
  const z = experimentColumn(summary, 'absz').map(Math.sinh)
  const u = experimentColumn(summary, 'absu').map(Math.sinh)
  const ratio = experimentColumn(summary, 'lvr')
  const closedTarget = target.closed.map(Math.asinh)
  const networkTarget = target.network.map(Math.asinh)
  const off = (x: Float64Array): Float64Array => x.filter((_, at) => at % (d + 1) !== 0)
  const closedEdge = off(edge.closed)
  const networkEdge = off(edge.network)
  const sortedZ = z.slice().sort()
  const sortedU = u.slice().sort()
  const row = (x: Float64Array, k: number): Float64Array => x.subarray(k * d, (k + 1) * d)
  const ofExperiments = (of: (k: number) => number): Float64Array =>
    Float64Array.from({ length: K }, (_, k) => of(k))
  return {
    quantities: {
      medianAbsoluteZ: quantile(sortedZ, 0.5),
      quartileAbsoluteZ: quantile(sortedZ, 0.25),
      medianAbsoluteU: quantile(sortedU, 0.5),
      quartileAbsoluteU: quantile(sortedU, 0.25),
      medianLogVarianceRatio: median(ratio),
      closedEdgesPerGene: sum(edge.closedProbability) / d,
      networkEdgesPerGene: sum(edge.networkProbability) / d,
      closedTargetsPerExperiment: sum(target.closedProbability) / K,
      networkTargetsPerExperiment: sum(target.networkProbability) / K,
      edgeAgreement: correlation(closedEdge, networkEdge),
      targetAgreement: correlation(closedTarget, networkTarget),
      closedEdgeDoubt: doubt(edge.closedProbability) / d,
      networkEdgeDoubt: doubt(edge.networkProbability) / d,
      targetSpreadRatio: spread(target.closed) / (spread(target.network) + LEAST_SPREAD),
      edgeSpreadRatio: spread(closedEdge) / (spread(networkEdge) + LEAST_SPREAD),
    },
    medianAbsoluteZ: ofExperiments((k) => median(row(z, k))),
    medianAbsoluteU: ofExperiments((k) => median(row(u, k))),
    medianLogVarianceRatio: ofExperiments((k) => median(row(ratio, k))),
    targetAgreement: ofExperiments((k) => correlation(row(closedTarget, k), row(networkTarget, k))),
  }
}

const median = (x: Float64Array): number => quantile(x.slice().sort(), 0.5)

const sum = (x: Float64Array): number => x.reduce((a, b) => a + b, 0)

/** Σ 4 p (1 − p): the number of coin tosses among the answers. */
const doubt = (p: Float64Array): number => p.reduce((all, x) => all + 4 * x * (1 - x), 0)

function spread(x: Float64Array): number {
  const centre = mean(x)
  return Math.sqrt(mean(x.map((value) => (value - centre) ** 2)))
}

/** Pearson's; 0 where one of the two does not vary. */
function correlation(x: Float64Array, y: Float64Array): number {
  const [xMean, yMean] = [mean(x), mean(y)]
  let xx = 0
  let yy = 0
  let xy = 0
  for (let i = 0; i < x.length; i++) {
    const a = x[i]! - xMean
    const b = y[i]! - yMean
    xx += a * a
    yy += b * b
    xy += a * b
  }
  return xy / Math.sqrt(xx * yy + LEAST_SQUARES)
}
