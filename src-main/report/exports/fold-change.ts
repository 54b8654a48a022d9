import type { AnalysisResult } from '../../../src-shared/domain/result'

/** [K*d] differences of means from control; see `foldChanges`. */
export interface FoldChanges {
  readonly observed: Float64Array
  readonly predicted: Float64Array
}

/**
 * Fold changes of every gene in every experiment against control.
 *
 * After a log transform of the program: log2 fold change of the means of log(1 + x), (mean_k − mean_control) / ln 2. Without
 * one: the difference of the means in the unit of the values, which is a log2 fold change when the values were log2.
 * `predicted` is the shift that the causes explain, put back from control sd; NaN for a gene whose scale is not linear,
 * where one control sd is no fixed difference. NaN without control samples.
 */
export function foldChanges(result: AnalysisResult): FoldChanges {
  const { input, genes, environments, targets } = result
  const [d, K] = [genes.length, environments.length]
  const perLog2 = input.transform === 'none' ? 1 : Math.LN2
  const observed = new Float64Array(K * d).fill(NaN)
  const predicted = new Float64Array(K * d).fill(NaN)
  if (!(input.samplesPerEnvironment[0]! > 0)) return { observed, predicted }
  const means = environmentMeans(result)
  const scales = result.learned?.preprocessing.genes
  for (let k = 0; k < K; k++)
    for (let gene = 0; gene < d; gene++) {
      const cell = k * d + gene
      const scale = scales?.[gene]
      observed[cell] = (means[(k + 1) * d + gene]! - means[gene]!) / perLog2
      if (scale?.kind !== 'linear') continue
      const value = scale.tailMean + scale.tailSd * (scale.mean + scale.sd * targets.predictedShift[cell]!)
      predicted[cell] = (value - means[gene]!) / perLog2
    }
  return { observed, predicted }
}

/** [K + 1, d] */
function environmentMeans({ input, genes }: AnalysisResult): Float64Array {
  const d = genes.length
  const means = new Float64Array(input.samplesPerEnvironment.length * d)
  let row = 0
  input.samplesPerEnvironment.forEach((samples, environment) => {
    for (let i = 0; i < samples; i++, row++)
      for (let gene = 0; gene < d; gene++) means[environment * d + gene]! += input.values[row * d + gene]!
    for (let gene = 0; gene < d; gene++) means[environment * d + gene]! /= samples
  })
  return means
}
