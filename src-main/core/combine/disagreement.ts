import { disagrees } from '../../../src-shared/domain/answer-parts'
import type { ClosedFormAnswer, NetworkAnswer } from './combiner'

/** A cell on which the network and the closed form disagree. */
export interface Disagreement {
  readonly kind: 'target' | 'edge'
  /** experiment of a target, cause of an edge */
  readonly row: number
  readonly gene: number
  readonly closed: number
  readonly network: number
}

/**
 * Cells where the log-odds of the two parts differ by more than 3 and one of them says "more likely than not";
 * two parts that both say no agree, however sure each of them is. Cells that a constraint decides (closed form ±Infinity)
 * are left out. Largest difference first.
 */
export function disagreements(network: NetworkAnswer, closed: ClosedFormAnswer, d: number): Disagreement[] {
  const found: Disagreement[] = []
  collect('target', network.target, closed.target, d, found)
  collect('edge', network.edge, closed.edge, d, found)
  return found.sort((a, b) => Math.abs(b.closed - b.network) - Math.abs(a.closed - a.network))
}

function collect(
  kind: Disagreement['kind'],
  network: Float32Array,
  closed: Float64Array,
  d: number,
  found: Disagreement[],
): void {
  for (let at = 0; at < closed.length; at++) {
    const a = closed[at]!
    const b = network[at]!
    const row = Math.floor(at / d)
    const gene = at % d
    if (!Number.isFinite(a) || (kind === 'edge' && row === gene)) continue
    if (disagrees(b, a)) found.push({ kind, row, gene, closed: a, network: b })
  }
}
