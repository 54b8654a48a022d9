import {
  EXPERIMENT_FEATURES,
  GLOBAL_FEATURES,
  PAIR_FEATURES,
  type StudySummary,
} from '../../src-main/core/features/summary'

/**
 * The inputs of the parity fixture, bit for bit those of models/training/metacadi_training/integer_inputs.py: a linear
 * congruential generator on 32 bits, s ← 1664525 s + 1013904223, fills all pairs, then all experiments, then all global
 * features of a batch with ((s >> 8) − 2²³) / 2²¹ in [−4, 4).
 */
export function integerStudies(
  seed: number,
  batch: number,
  genes: number,
  experiments: number,
): StudySummary[] {
  let state = seed
  const fill = (length: number): Float32Array =>
    Float32Array.from({ length }, () => {
      state = (Math.imul(1664525, state) + 1013904223) >>> 0
      return ((state >>> 8) - 2 ** 23) / 2 ** 21
    })
  const fillAll = (length: number): Float32Array[] => Array.from({ length: batch }, () => fill(length))
  const pair = fillAll(genes * genes * PAIR_FEATURES.length)
  const experiment = fillAll(experiments * genes * EXPERIMENT_FEATURES.length)
  const global = fillAll(experiments * GLOBAL_FEATURES.length)
  return pair.map((of, i) => ({
    genes,
    experiments,
    pair: of,
    experiment: experiment[i]!,
    global: global[i]!,
  }))
}
