import { datasetOfResult } from '../../../src-shared/domain/dataset-of-result'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { NO_CONSTRAINTS } from '../../../src-shared/domain/constraints'
import { createDirectKernel } from '../../core/evidence/direct'
import {
  createParentSetEvidence,
  type EvidenceKernel,
  type ParentSetEvidence,
} from '../../core/evidence/kernel'
import { createWasmKernel, wasmKernelAvailable } from '../../core/evidence/wasm/wasm-kernel'
import { toParentSets } from '../../core/search/parent-sets'
import { targetPriorOf } from './known-targets'
import { compileRun, type PreparedRun } from './prepare-run'
import { scaleStudy, type ScaledRun } from './scale-study'

/** Evidence of single parent sets of a stored run, calculated again exactly as the run did. */
export interface RebuiltEvidence {
  readonly run: PreparedRun
  readonly scaled: ScaledRun
  /**
   * Score(j, S) of docs/method.md, section 1, averaged over the draws of tied genes.
   * @param parents gene indices, ascending, at most four
   */
  readonly logEvidence: (gene: number, parents: readonly number[]) => number
  /** [K] what the coordinate ascent comes to for the parent set and one draw */
  readonly states: (gene: number, parents: readonly number[], draw: number) => Uint8Array
}

/** The study of a stored run and its evidence kernel. Constraints play no part in the evidence of a parent set. */
export function rebuildEvidence(result: AnalysisResult): RebuiltEvidence {
  const run = compileRun(datasetOfResult(result), { ...result.settings, constraints: NO_CONSTRAINTS })
  const scaled = scaleStudy(run)
  const { study } = scaled
  const kernel: EvidenceKernel = wasmKernelAvailable() ? createWasmKernel(study) : createDirectKernel(study)
  const known = new Map<string, number>()
  const score = (gene: number, parents: readonly number[], draw: number): ParentSetEvidence => {
    const sets = toParentSets([parents.map((_, slot) => slot)], parents.length, parents.length)
    const prior = targetPriorOf(run.given, gene, run.genes, run.prior)
    const out = createParentSetEvidence(1, study.environments)
    kernel.score(gene, draw, Int32Array.from(parents), sets, prior, study.hyper.sweeps, out)
    return out
  }
  return {
    run,
    scaled,
    states: (gene, parents, draw) => score(gene, parents, draw).states,
    logEvidence: (gene, parents) => {
      const key = `${gene}:${parents.join(',')}`
      const before = known.get(key)
      if (before !== undefined) return before
      const draws = study.tied[gene] ? study.effects.length : 1
      let sum = 0
      for (let draw = 0; draw < draws; draw++) sum += score(gene, parents, draw).logEvidence[0]!
      known.set(key, sum / draws)
      return sum / draws
    },
  }
}
