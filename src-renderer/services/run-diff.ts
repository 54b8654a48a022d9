import type { ResultView } from '../../src-shared/contract/result-view'
import { SETTINGS } from '../../src-shared/contract/settings'
import type { ConstraintMark, Edge } from '../../src-shared/domain/constraints'
import { edgeId, signOf, type EdgeSign } from './edge-list'
import { text } from '../strings'

export type ChangeKind = 'gained' | 'lost' | 'changed'

/** From here on an edge, or a target, counts as found. */
export const FOUND_FROM = 0.5
/** A smaller difference is not listed: 0.49 beside 0.51 is the same answer, and chains of one run differ as much. */
const LEAST_DIFFERENCE = 0.05

interface Change {
  readonly id: string
  readonly kind: ChangeKind
  /** probability in each run; NaN where the run does not know the gene or experiment */
  readonly before: number
  readonly after: number
  readonly difference: number
}

export interface EdgeChange extends Change, Edge {
  /** in the run where the edge is more probable */
  readonly sign: EdgeSign
  /**
   * The constraint that decided it; 'released' when it was decided in the earlier run only, 'reversed' when the later one
   * requires the other direction; else it follows from others.
   */
  readonly reason: Exclude<ConstraintMark, ''> | 'released' | 'reversed' | 'follows'
}

export interface TargetChange extends Change {
  readonly environment: string
  readonly gene: string
}

function kindOf(before: number, after: number): ChangeKind | null {
  if (Math.abs((after || 0) - (before || 0)) < LEAST_DIFFERENCE) return null
  const [had, has] = [before >= FOUND_FROM, after >= FOUND_FROM]
  if (had !== has) return has ? 'gained' : 'lost'
  return 'changed'
}

const ORDER: Readonly<Record<ChangeKind, number>> = { gained: 0, lost: 1, changed: 2 }
const byKindAndSize = (a: Change, b: Change): number =>
  ORDER[a.kind] - ORDER[b.kind] || Math.abs(b.difference) - Math.abs(a.difference) || (a.id < b.id ? -1 : 1)

const indexOf = (names: readonly string[]): Map<string, number> =>
  new Map(names.map((name, index) => [name, index]))
const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])]

/** Edges that one run found and the other did not, and those whose probability moved; largest differences first. */
export function diffEdges(before: ResultView, after: ResultView): EdgeChange[] {
  const genes = union(after.genes, before.genes)
  const at = { before: indexOf(before.genes), after: indexOf(after.genes) }
  const cell = (view: ResultView, known: Map<string, number>, source: string, target: string): number => {
    const [i, j] = [known.get(source), known.get(target)]
    return i === undefined || j === undefined ? -1 : i * view.genes.length + j
  }
  const changes: EdgeChange[] = []
  for (const source of genes)
    for (const target of genes) {
      if (source === target) continue
      const [old, now] = [cell(before, at.before, source, target), cell(after, at.after, source, target)]
      const [p, q] = [
        old < 0 ? NaN : before.edges.probability[old]!,
        now < 0 ? NaN : after.edges.probability[now]!,
      ]
      const kind = kindOf(p, q)
      if (kind === null) continue
      const [view, best] = (q || 0) >= (p || 0) ? [after, now] : [before, old]
      const was = before.constraintMarks[old] ?? ''
      const is = after.constraintMarks[now] ?? ''
      const wasBack = before.constraintMarks[cell(before, at.before, target, source)]
      const isBack = after.constraintMarks[cell(after, at.after, target, source)]
      const reversed = isBack === 'required' && wasBack !== 'required'
      changes.push({
        id: edgeId({ source, target }),
        source,
        target,
        kind,
        before: p,
        after: q,
        difference: (q || 0) - (p || 0),
        sign: signOf(view.edges.effect[best]!, view.edges.effectSd[best]!),
        reason: reasonOf(was, is, reversed),
      })
    }
  return changes.sort(byKindAndSize)
}

function reasonOf(was: ConstraintMark, is: ConstraintMark, reversed: boolean): EdgeChange['reason'] {
  if (is !== '' && is !== was) return is
  if (reversed) return 'reversed'
  return was !== '' && is === '' ? 'released' : 'follows'
}

/** Direct targets, likewise. */
export function diffTargets(before: ResultView, after: ResultView): TargetChange[] {
  const at = {
    beforeGene: indexOf(before.genes),
    afterGene: indexOf(after.genes),
    beforeExperiment: indexOf(before.environments),
    afterExperiment: indexOf(after.environments),
  }
  const changes: TargetChange[] = []
  const read = (view: ResultView, k: number | undefined, j: number | undefined): number =>
    k === undefined || j === undefined ? NaN : view.targets.probability[k * view.genes.length + j]!
  for (const environment of union(after.environments, before.environments))
    for (const gene of union(after.genes, before.genes)) {
      const p = read(before, at.beforeExperiment.get(environment), at.beforeGene.get(gene))
      const q = read(after, at.afterExperiment.get(environment), at.afterGene.get(gene))
      const kind = kindOf(p, q)
      if (kind === null) continue
      changes.push({
        id: `${environment}\u0000${gene}`,
        environment,
        gene,
        kind,
        before: p,
        after: q,
        difference: (q || 0) - (p || 0),
      })
    }
  return changes.sort(byKindAndSize)
}

export const countKinds = (changes: readonly Change[]): Readonly<Record<ChangeKind, number>> => {
  const count = { gained: 0, lost: 0, changed: 0 }
  for (const { kind } of changes) count[kind]++
  return count
}

/** What else differs between two runs, in the words of the settings; constraints are listed apart. */
export function diffSettings(before: ResultView, after: ResultView): string[] {
  const scalars = (Object.keys(SETTINGS) as (keyof typeof SETTINGS)[])
    .filter((name) => before.settings[name] !== after.settings[name])
    .map((name) => text.settings[name].label)
  const known = (view: ResultView): string =>
    JSON.stringify(Object.entries(view.settings.knownTargets).sort())
  const files = (view: ResultView): string => view.files.map(({ sha256 }) => sha256).join()
  return [
    ...(files(before) === files(after) ? [] : [text.compare.parts.data]),
    ...scalars,
    ...(known(before) === known(after) ? [] : [text.compare.parts.knownTargets]),
  ]
}
