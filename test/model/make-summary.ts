import { createRng } from '../../src-main/core/random/rng'
import {
  EXPERIMENT_WIDTH,
  GLOBAL_WIDTH,
  PAIR_WIDTH,
  type StudySummary,
} from '../../src-main/model/study-summary'

/** A study summary of normal numbers, times `scale`. */
export function makeSummary(genes: number, experiments: number, seed = 1, scale = 1): StudySummary {
  const rng = createRng(seed)
  const normals = (length: number): Float32Array => Float32Array.from({ length }, () => scale * rng.normal())
  return {
    genes,
    experiments,
    pair: normals(genes * genes * PAIR_WIDTH),
    experiment: normals(experiments * genes * EXPERIMENT_WIDTH),
    global: normals(experiments * GLOBAL_WIDTH),
  }
}
