import type { StudySummary } from '../features/summary'
import type {
  Cells,
  ClosedFormAnswer,
  CombinedAnswer,
  Combiner,
  ForBoth,
  NetworkAnswer,
  TreeEnsemble,
} from './combiner'
import { edgeCells } from './edge-cells'
import { bounded, LARGEST_EDGE, LARGEST_TARGET } from './log-odds'
import { projectPairs } from './pair-projection'
import { targetCells } from './target-cells'
import { evaluateTrees } from './tree-ensemble'

/** Weight of the unbounded mean that orders cells of equal answer; far below any difference that is shown. */
const TIE_BREAK = 1e-8
const LARGEST_FOR_ORDER = 600

/**
 * The full answer: trees blended with the tempered mean of the two parts,
 * blend · trees + (1 − blend) · temperature · (closed + network)/2, then pairs of opposite edges projected.
 * Natural log-odds. Source: docs/method.md, section 4. Cost K d² + d³ + cells × trees.
 *
 * Trees give the same value to many cells; 1e-8 of the mean keeps their order, as ties cost ranking accuracy.
 *
 * @throws RangeError when the combiner was fitted on other cell features
 */
export function combine(
  summary: StudySummary,
  network: NetworkAnswer,
  closed: ClosedFormAnswer,
  combiner: Combiner,
): CombinedAnswer {
  const { edges, temperature, blend } = combiner
  const edge = mean(network.edge, closed.edge, LARGEST_EDGE, temperature.edges)
  mixInTrees(edge, edges, edgeCells(summary, network, closed), blend.edges)
  return {
    target: combineTargets(summary, network, closed, combiner),
    edge: finishEdges(edge, network, closed, summary.genes),
  }
}

/**
 * The targets of {@link combine} alone, from a row on: what new experiments at the end of a study need. The rows before
 * it are context.
 *
 * @param firstExperiment 0 .. K
 * @returns [K − firstExperiment, d]
 * @throws RangeError when the combiner was fitted on other cell features
 */
export function combineTargets(
  summary: StudySummary,
  network: NetworkAnswer,
  closed: ClosedFormAnswer,
  { targets, temperature, blend }: Combiner,
  firstExperiment = 0,
): Float64Array {
  const cells = targetCells(summary, network, closed)
  const from = firstExperiment * summary.genes
  const own = network.target.subarray(from)
  const theirs = closed.target.subarray(from)
  const answer = mean(own, theirs, LARGEST_TARGET, temperature.targets)
  const rows = { names: cells.names, features: cells.features.subarray(from * cells.names.length) }
  mixInTrees(answer, targets, rows, blend.targets)
  orderTies(answer, own, theirs)
  return answer
}

/**
 * The answer without a fitted combiner: temperature · (closed + network)/2 with the closed form within ±20 (targets)
 * and ±9 (edges), then pairs of opposite edges projected. Natural log-odds.
 *
 * @param temperature multiplies; below 1 = less confident
 */
export function meanOfLogOdds(
  network: NetworkAnswer,
  closed: ClosedFormAnswer,
  d: number,
  temperature: ForBoth,
): CombinedAnswer {
  const target = mean(network.target, closed.target, LARGEST_TARGET, temperature.targets)
  const edge = mean(network.edge, closed.edge, LARGEST_EDGE, temperature.edges)
  orderTies(target, network.target, closed.target)
  return { target, edge: finishEdges(edge, network, closed, d) }
}

function mean(network: Float32Array, closed: Float64Array, most: number, factor: number): Float64Array {
  const out = new Float64Array(closed.length)
  for (let i = 0; i < out.length; i++) out[i] = (factor * (bounded(closed[i]!, most) + network[i]!)) / 2
  return out
}

function mixInTrees(answer: Float64Array, ensemble: TreeEnsemble, cells: Cells, weight: number): void {
  const trees = evaluateTrees(ensemble, cells)
  for (let i = 0; i < answer.length; i++) answer[i] = weight * trees[i]! + (1 - weight) * answer[i]!
}

function finishEdges(
  answer: Float64Array,
  network: NetworkAnswer,
  closed: ClosedFormAnswer,
  d: number,
): Float64Array {
  orderTies(answer, network.edge, closed.edge)
  projectPairs(answer, d)
  for (let i = 0; i < d; i++) answer[i * d + i] = -Infinity
  return answer
}

function orderTies(answer: Float64Array, network: Float32Array, closed: Float64Array): void {
  for (let i = 0; i < answer.length; i++)
    answer[i]! += (TIE_BREAK * (bounded(closed[i]!, LARGEST_FOR_ORDER) + network[i]!)) / 2
}
