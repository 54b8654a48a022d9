import { createRng } from '../../src-main/core/random/rng'
import {
  EXPERIMENT_FEATURES,
  GLOBAL_FEATURES,
  PAIR_FEATURES,
  type StudySummary,
} from '../../src-main/core/features/summary'

/** A study summary of normal numbers, times `scale`. */
export function makeSummary(genes: number, experiments: number, seed = 1, scale = 1): StudySummary {
  const rng = createRng(seed)
  const normals = (length: number): Float32Array => Float32Array.from({ length }, () => scale * rng.normal())
  return {
    genes,
    experiments,
    pair: normals(genes * genes * PAIR_FEATURES.length),
    experiment: normals(experiments * genes * EXPERIMENT_FEATURES.length),
    global: normals(experiments * GLOBAL_FEATURES.length),
  }
}
