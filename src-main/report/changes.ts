import type { ChangeSummary, ExperimentDifferential } from '../../src-shared/contract/differential-view'
import {
  CHANGE_CLASSES,
  CHANGED_AT,
  type ChangeClass,
  type DifferentialExpression,
} from '../../src-shared/domain/differential'
import { isLearned, type AnalysisResult } from '../../src-shared/domain/result'
import { changedFrom, experimentStatistics, moderatedTOf } from '../core/differential/moderated-t'
import { acyclicParents, propagateTargets } from '../core/effects/propagate-targets'
import { targetsOf } from './findings'

/** the effect of the targets accounts for a gene when it leaves at most this share of its squared shift */
const LEFT_OF_DOWNSTREAM = 0.5

/** Differential expression of a run in numbers. */
export interface DifferentialOverview {
  /** unit of the fold changes */
  readonly unit: 'log2' | 'value'
  readonly freedom: number
  readonly experiments: readonly ChangeSummary[]
}

/** What changed in a run, beside what its network says about it. */
export interface Changes {
  readonly overview: DifferentialOverview
  /** @param environment 0 … K − 1 */
  readonly experiment: (environment: number) => ExperimentDifferential
}

const known = new WeakMap<AnalysisResult, Changes | null>()

/** Without a control, without replicates and in older results nothing can be said of changes. */
export const hasChanges = ({ differential, measured }: AnalysisResult): boolean =>
  differential !== null && measured !== null

/** @returns null where the result holds no differential expression; the same object for the same result */
export function changesOf(result: AnalysisResult): Changes | null {
  const before = known.get(result)
  if (before !== undefined) return before
  const { differential, measured } = result
  const changes = differential && measured ? createChanges(result, differential, measured.names) : null
  known.set(result, changes)
  return changes
}

/** What the network says of the shifts of one experiment. */
interface Explanation {
  readonly targets: ReadonlySet<number>
  /** [d] */
  readonly propagated: Float64Array
}

function createChanges(
  result: AnalysisResult,
  differential: DifferentialExpression,
  names: readonly string[],
): Changes {
  const unit = result.input.transform === 'none' ? 'value' : 'log2'
  const inNetwork = networkIndices(result, differential, names)
  const genes = Array.from(differential.genes, (gene) => names[gene]!)
  const explanationOf = perExperiment(explainer(result))
  const summaryOf = perExperiment((k) => summarise(result, differential, inNetwork, k, explanationOf(k)))
  const views = new Map<number, ExperimentDifferential>()
  const view = (k: number): ExperimentDifferential => {
    const { t, pValue, adjusted } = experimentStatistics(differential, k)
    const T = genes.length
    return {
      environment: result.environments[k]!,
      summary: summaryOf(k),
      unit,
      genes,
      inNetwork,
      averageExpression: Float64Array.from(differential.averageExpression),
      logFoldChange: Float64Array.from(differential.logFoldChange.subarray(k * T, (k + 1) * T)),
      t,
      pValue,
      adjusted,
      changeClass: Uint8Array.from(inNetwork, (gene, at) =>
        CHANGE_CLASSES.indexOf(classOf(result, k, gene, adjusted[at]! <= CHANGED_AT, explanationOf(k))),
      ),
      propagatedShift: Float64Array.from(inNetwork, (gene) =>
        gene < 0 ? NaN : explanationOf(k).propagated[gene]!,
      ),
    }
  }
  let overview: DifferentialOverview | undefined
  return {
    get overview() {
      return (overview ??= {
        unit,
        freedom: differential.freedom,
        experiments: result.environments.map((_, k) => summaryOf(k)),
      })
    },
    experiment: (k) => {
      const drawn = views.get(k) ?? view(k)
      // one experiment is looked at for a while; all of a large study would be held at once otherwise
      if (views.size > 8) views.clear()
      views.set(k, drawn)
      return drawn
    },
  }
}

function networkIndices(
  result: AnalysisResult,
  { genes }: DifferentialExpression,
  names: readonly string[],
): Int32Array {
  const index = new Map(result.genes.map((gene, at) => [gene, at]))
  return genes.map((gene) => index.get(names[gene]!) ?? -1)
}

/** Worked out when it is first asked for: a window shows one experiment at a time. */
function perExperiment<T>(work: (environment: number) => T): (environment: number) => T {
  const known = new Map<number, T>()
  return (environment) => {
    const before = known.get(environment)
    if (before !== undefined) return before
    const answer = work(environment)
    known.set(environment, answer)
    return answer
  }
}

function explainer(result: AnalysisResult): (environment: number) => Explanation {
  const d = result.genes.length
  const { probability, effect } = result.edges
  const parents = isLearned(result) ? acyclicParents(probability, d) : null
  return (k) => {
    const targets = targetsOf(result, k)
      .filter((target) => target.confident || target.known)
      .map((target) => target.gene)
    const observed = result.targets.observedShift.subarray(k * d, (k + 1) * d)
    return {
      targets: new Set(targets),
      propagated:
        parents && targets.length > 0
          ? propagateTargets(parents, probability, effect, observed, targets)
          : new Float64Array(d).fill(NaN),
    }
  }
}

function classOf(
  result: AnalysisResult,
  k: number,
  gene: number,
  changed: boolean,
  { targets, propagated }: Explanation,
): ChangeClass {
  if (gene >= 0 && targets.has(gene)) return 'direct'
  if (!changed) return 'unchanged'
  if (gene < 0) return 'outside'
  const observed = result.targets.observedShift[k * result.genes.length + gene]!
  const left = (observed - propagated[gene]!) ** 2
  return left <= LEFT_OF_DOWNSTREAM * observed ** 2 ? 'downstream' : 'unexplained'
}

function summarise(
  result: AnalysisResult,
  differential: DifferentialExpression,
  inNetwork: Int32Array,
  k: number,
  { targets, propagated }: Explanation,
): ChangeSummary {
  const d = result.genes.length
  const cut = changedFrom(differential, k, CHANGED_AT)
  const t = moderatedTOf(differential, k)
  let [up, down, changedInNetwork, others, whole, left] = [0, 0, 0, 0, 0, 0]
  for (let at = 0; at < t.length; at++) {
    if (!(Math.abs(t[at]!) >= cut)) continue
    if (t[at]! > 0) up++
    else down++
    const gene = inNetwork[at]!
    if (gene < 0) continue
    changedInNetwork++
    if (targets.has(gene)) continue
    others++
    const observed = result.targets.observedShift[k * d + gene]!
    whole += observed ** 2
    left += (observed - propagated[gene]!) ** 2
  }
  const share = 1 - left / whole
  return {
    environment: result.environments[k]!,
    tested: differential.tested,
    changed: up + down,
    up,
    down,
    changedInNetwork,
    others,
    targets: [...targets].map((gene) => result.genes[gene]!),
    explained: Number.isFinite(share) ? Math.max(0, share) : null,
  }
}
