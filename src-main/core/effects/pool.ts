import { FEATURES_PER_GENE } from '../features/basis'
import { HARD } from '../evidence/hyperparameters'
import { temper, type EvidenceStudy } from '../evidence/study'

/** Packed length of the lower triangle of a q × q matrix. */
export function packedLength(q: number): number {
  return (q * (q + 1)) / 2
}

/** Features [1, 7 per parent, y] of one sample into `row`. */
export function writeRow(
  study: EvidenceStudy,
  effects: Float64Array,
  gene: number,
  parents: readonly number[],
  sample: number,
  row: Float64Array,
): void {
  row[0] = 1
  for (let i = 0; i < parents.length; i++) {
    const from = (sample * study.genes + parents[i]!) * FEATURES_PER_GENE
    for (let b = 0; b < FEATURES_PER_GENE; b++) row[1 + i * FEATURES_PER_GENE + b] = study.features[from + b]!
  }
  row[1 + parents.length * FEATURES_PER_GENE] = effects[sample * study.genes + gene]!
}

/**
 * Pool Gram of a gene, a parent set and the states of all experiments, with each experiment's own intercept
 * integrated out (A_k of docs/method.md, section 1); without the prior.
 *
 * @param states [K] 0 unchanged, 1 shift, 2 hard (left out)
 * @returns packed lower triangle of [1, 7 per parent, y] and the tempered number of samples
 */
export function poolGram(
  study: EvidenceStudy,
  gene: number,
  parents: readonly number[],
  states: ArrayLike<number>,
): { gram: Float64Array; count: number } {
  const gram = new Float64Array(packedLength(2 + parents.length * FEATURES_PER_GENE))
  let count = 0
  for (let k = 0; k <= study.environments; k++)
    count += addEnvironment(study, gene, parents, k, k === 0 ? 0 : states[k - 1]!, 1, gram)
  return { gram, count }
}

/**
 * Adds `factor` times what one environment (0 = control) brings to a pool Gram in its state.
 * @returns `factor` times its tempered number of samples; 0 when it is left out (hard) or empty
 */
export function addEnvironment(
  study: EvidenceStudy,
  gene: number,
  parents: readonly number[],
  k: number,
  state: number,
  factor: number,
  gram: Float64Array,
): number {
  const t = temper(study, k)
  const n = (study.starts[k + 1]! - study.starts[k]!) * t
  if (state === HARD || n === 0) return 0
  const q = 2 + parents.length * FEATURES_PER_GENE
  const own = new Float64Array(gram.length)
  const row = new Float64Array(q)
  const effects = study.effects[0]!
  for (let r = study.starts[k]!; r < study.starts[k + 1]!; r++) {
    writeRow(study, effects, gene, parents, r, row)
    for (let i = 0, at = 0; i < q; i++) for (let j = 0; j <= i; j++, at++) own[at]! += row[i]! * row[j]! * t
  }
  const variance = state === 1 ? study.hyper.shiftVariance : study.hyper.unchangedVariance
  const shrink = k === 0 ? 0 : 1 / (n + 1 / variance)
  for (let i = 0, at = 0; i < q; i++)
    for (let j = 0; j <= i; j++, at++)
      gram[at]! += factor * (own[at]! - shrink * own[packedLength(i)]! * own[packedLength(j)]!)
  return factor * n
}
