import type { ChangeSources } from '../../../src-shared/domain/change-sources'
import type { LearnedResult } from '../../../src-shared/domain/result'
import { explainChange } from '../../core/effects/explain-change'
import { acyclicParents } from '../../core/effects/propagate-targets'
import { targetsOf } from '../../report/findings'

/** A source that adds less than this share of the largest contribution, or of the shift, is summed up with the others. */
const LEAST_SHARE = 0.03
const MOST_SOURCES = 8
const MOST_PATHS = 3

/**
 * Which genes upstream account for the shift of a gene in an experiment, how much, and along which paths. The targets are
 * those that the volcano plot follows: confident or given.
 */
export function changeSources(result: LearnedResult, environment: number, gene: number): ChangeSources {
  const d = result.genes.length
  const { probability, effect } = result.edges
  const observed = result.targets.observedShift.subarray(environment * d, (environment + 1) * d)
  const isTarget = new Uint8Array(d)
  for (const target of targetsOf(result, environment))
    if (target.confident || target.known) isTarget[target.gene] = 1
  const { sources, own } = explainChange(
    acyclicParents(probability, d),
    probability,
    effect,
    observed,
    isTarget,
    gene,
    MOST_PATHS,
  )
  const least = LEAST_SHARE * Math.max(Math.abs(observed[gene]!), Math.abs(sources[0]?.contribution ?? 0))
  const listed = sources.filter(({ contribution }) => Math.abs(contribution) >= least).slice(0, MOST_SOURCES)
  const sum = (some: typeof sources): number =>
    some.reduce((total, { contribution }) => total + contribution, 0)
  return {
    environment: result.environments[environment]!,
    gene: result.genes[gene]!,
    observed: observed[gene]!,
    sources: listed.map((source) => ({
      gene: result.genes[source.gene]!,
      isTarget: isTarget[source.gene] === 1,
      probability: result.targets.probability[environment * d + source.gene]!,
      own: source.own,
      contribution: source.contribution,
      paths: source.paths.map((path) => ({
        genes: path.genes.map((each) => result.genes[each]!),
        contribution: path.weight * source.own,
      })),
    })),
    others: sum(sources) - sum(listed),
    own,
    isTarget: isTarget[gene] === 1,
  }
}
