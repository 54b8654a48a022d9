import type { EdgeSupport } from '../../../src-shared/domain/edge-support'
import type { LearnedResult } from '../../../src-shared/domain/result'
import { edgeAlternatives } from '../../core/effects/edge-alternatives'
import { experimentTerms, type ExperimentTerms } from '../../core/evidence/experiment-terms'
import { HARD } from '../../core/evidence/hyperparameters'
import { targetPriorOf } from '../analysis/known-targets'
import { rebuildEvidence, type RebuiltEvidence } from '../analysis/rebuild-study'

/** Of the sets of causes, by weight, so many are compared; the others weigh little. */
const MOST_SETS = 6
const MOST_CAUSES = 4
const MOST_SHARED = 5

/** Making the study of a result again takes longer than anything that is asked of it. */
const rebuilt = new WeakMap<LearnedResult, RebuiltEvidence>()

/**
 * Which experiments support an edge and which contradict it, and what it competes with (docs/method.md, section 5). Every
 * kept parent set that holds the cause is compared with itself without the cause, weighted; where no kept set holds it,
 * the kept sets are compared with themselves with the cause added.
 */
export function edgeSupport(result: LearnedResult, source: number, target: number): EdgeSupport {
  const evidence = rebuilt.get(result) ?? rebuildEvidence(result)
  rebuilt.set(result, evidence)
  const { study } = evidence.scaled
  const { parentSets } = result.learned.genes[target]!
  const holding = parentSets.filter((set) => set.parents.includes(source))
  const open = parentSets.filter((set) => set.parents.length < MOST_CAUSES)
  const used = (holding.length > 0 ? holding : open).slice(0, MOST_SETS)
  const total = used.reduce((sum, set) => sum + set.weight, 0)
  const prior = targetPriorOf(evidence.run.given, target, study.genes, evidence.run.prior)
  const draws = study.tied[target] ? study.effects.length : 1

  const K = study.environments
  const support = new Float64Array(K)
  const replaced = new Float64Array(K)
  let control = 0
  for (const set of used) {
    const other = (
      holding.length > 0 ? set.parents.filter((parent) => parent !== source) : [...set.parents, source]
    ).toSorted((a, b) => a - b)
    const [withCause, without] = holding.length > 0 ? [set.parents, other] : [other, set.parents]
    const share = set.weight / total / draws
    for (let draw = 0; draw < draws; draw++) {
      const one = terms(withCause, draw)
      const two = terms(without, draw)
      control += share * (one.terms.control - two.terms.control)
      for (let k = 0; k < K; k++) {
        support[k]! += share * (one.terms.experiments[k]! - two.terms.experiments[k]!)
        if (one.states[k] === HARD) replaced[k]! += share
      }
    }
  }
  const at = source * study.genes + target
  const { sharedCauses, ...alternatives } = edgeAlternatives(
    result.learned.genes,
    source,
    target,
    result.edges.probability[at]!,
    result.edges.probability[target * study.genes + source]!,
  )
  return {
    control: used.length === 0 || Number.isNaN(control) ? null : control,
    experiments: result.environments.map((environment, k) => ({
      environment,
      support: support[k]!,
      replaced: replaced[k]! > 0.5,
    })),
    comparedBy: used.length === 0 ? 'nothing' : holding.length > 0 ? 'removing' : 'adding',
    alternatives,
    sharedCauses: sharedCauses
      .slice(0, MOST_SHARED)
      .map(({ gene, probability }) => ({ gene: result.genes[gene]!, probability })),
  }

  function terms(parents: readonly number[], draw: number): { terms: ExperimentTerms; states: Uint8Array } {
    const states = evidence.states(target, parents, draw)
    return { terms: experimentTerms(study, draw, target, parents, states, prior), states }
  }
}
