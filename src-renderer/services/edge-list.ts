import type { Constraints, ConstraintMark, Edge } from '../../src-shared/domain/constraints'
import type { ResultView } from '../../src-shared/contract/result-view'
import { isDisputed } from './answer-parts'

/** The sign is only named when the 95 % interval of the effect leaves out zero. */
export type EdgeSign = 'activates' | 'inhibits' | 'unknown'

export interface EdgeRow {
  /** stable across runs of the same genes */
  readonly id: string
  readonly source: string
  readonly target: string
  readonly probability: number
  readonly logOdds: number
  readonly effect: number
  readonly effectLow: number
  readonly effectHigh: number
  readonly sign: EdgeSign
  readonly chainDifference: number
  /** the constraint the displayed run was made with */
  readonly mark: ConstraintMark
  /** network and closed form disagree about it, and no constraint decided */
  readonly disputed: boolean
}

/** Below this an ordered pair is not listed: it is neither drawn nor of use as a row. */
export const LISTED_FROM = 0.01
/** More edges than this make a picture nobody reads. */
export const DRAWN_AT_MOST = 1_500
const Z95 = 1.959964

export const edgeId = (edge: Edge): string => `${edge.source}\u0000${edge.target}`

export function signOf(effect: number, sd: number): EdgeSign {
  if (!Number.isFinite(effect) || !Number.isFinite(sd)) return 'unknown'
  if (effect - Z95 * sd > 0) return 'activates'
  if (effect + Z95 * sd < 0) return 'inhibits'
  return 'unknown'
}

/** Every ordered pair that is listed, most probable first; pairs with a constraint are always in. */
export function listEdges(view: ResultView): EdgeRow[] {
  const { genes, edges, constraintMarks, parts } = view
  const d = genes.length
  const rows: EdgeRow[] = []
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      const at = i * d + j
      const probability = edges.probability[at]!
      const mark = constraintMarks[at] ?? ''
      const named = mark === 'required' || mark === 'forbidden'
      if (i === j || (!(probability >= LISTED_FROM) && !named)) continue
      const effect = edges.effect[at]!
      const sd = edges.effectSd[at]!
      rows.push({
        id: `${genes[i]!}\u0000${genes[j]!}`,
        source: genes[i]!,
        target: genes[j]!,
        probability,
        logOdds: edges.logOdds[at]!,
        effect,
        effectLow: effect - Z95 * sd,
        effectHigh: effect + Z95 * sd,
        sign: signOf(effect, sd),
        chainDifference: edges.chainDifference[at]!,
        mark,
        disputed: !named && isDisputed(parts?.edges, at),
      })
    }
  }
  return rows.sort((a, b) => b.probability - a.probability || b.logOdds - a.logOdds || (a.id < b.id ? -1 : 1))
}

/** The edges that are drawn at a threshold: the most probable ones up to the cap. `rows` are sorted by probability. */
export function shownEdges(rows: readonly EdgeRow[], threshold: number, cap = DRAWN_AT_MOST): EdgeRow[] {
  const shown: EdgeRow[] = []
  for (const row of rows) {
    if (shown.length >= cap || row.probability < threshold) break
    shown.push(row)
  }
  return shown
}

/** What the user's present constraints say about an edge; the run on screen may be older. */
export function constraintOf(constraints: Constraints, edge: Edge): '' | 'required' | 'forbidden' {
  const same = (other: Edge): boolean => other.source === edge.source && other.target === edge.target
  if (constraints.required.some(same)) return 'required'
  return constraints.forbidden.some(same) ? 'forbidden' : ''
}

/** The constraints with one edge set to a state; any other statement about the edge is removed first. */
export function withConstraint(
  constraints: Constraints,
  edge: Edge,
  state: '' | 'required' | 'forbidden',
): Constraints {
  const others = (edges: readonly Edge[]): Edge[] =>
    edges.filter((other) => other.source !== edge.source || other.target !== edge.target)
  const required = others(constraints.required)
  const forbidden = others(constraints.forbidden)
  const plain: Edge = { source: edge.source, target: edge.target }
  if (state === 'required') required.push(plain)
  if (state === 'forbidden') forbidden.push(plain)
  return { ...constraints, required, forbidden }
}
