import { setImmediate } from 'node:timers/promises'
import { AppError } from '../../../src-shared/contract/errors'
import type { ConstraintCost, ConstraintCosts } from '../../../src-shared/domain/constraint-cost'
import {
  entryKey,
  listConstraints,
  type ConstraintEntry,
} from '../../../src-shared/domain/constraint-entries'
import {
  isLearned,
  type AnalysisResult,
  type LearnedGene,
  type LearnedResult,
} from '../../../src-shared/domain/result'
import { sigmoid } from '../../core/linalg/log-space'
import { rebuildEvidence } from '../analysis/rebuild-study'
import { throwIfAborted } from '../analysis/run-hooks'

/** Genes whose sets of causes changed by less of their weight than this are not looked at again. */
const LEAST_CHANGE = 0.05
/** Below this a probability of double precision says no more than that it is small. */
const RESOLUTION = 1e-15
/** Parent sets of less weight are not kept in a result (average-gene.ts). */
const KEPT_WEIGHT = 1e-3

/**
 * What every statement that only one of two runs was made with cost (docs/method.md, section 5).
 * @throws AppError INVALID_PARAMS when the runs are not of the same data or hold no mechanisms; CANCELLED
 */
export async function constraintCosts(
  before: AnalysisResult,
  after: AnalysisResult,
  signal?: AbortSignal,
): Promise<ConstraintCosts> {
  const runs = comparable(before, after)
  const evidence = rebuildEvidence(runs.after)
  const mean = (run: LearnedResult, gene: number): number => {
    const { parentSets } = run.learned.genes[gene]!
    let sum = 0
    let weight = 0
    for (const set of parentSets) {
      sum += set.weight * evidence.logEvidence(gene, set.parents)
      weight += set.weight
    }
    return sum / weight
  }
  const change = new Map<number, number>()
  const changeOf = (gene: number): number => {
    const known = change.get(gene)
    if (known !== undefined) return known
    const difference = mean(runs.after, gene) - mean(runs.before, gene)
    change.set(gene, difference)
    return difference
  }

  const statements = differences(runs)
  const genes: { gene: string; logEvidence: number }[] = []
  for (let gene = 0; gene < after.genes.length; gene++) {
    if (distance(runs.before.learned.genes[gene]!, runs.after.learned.genes[gene]!) <= LEAST_CHANGE) continue
    genes.push({ gene: after.genes[gene]!, logEvidence: changeOf(gene) })
    await setImmediate()
    throwIfAborted(signal)
  }
  const about = statements.map(({ entry }) => geneOf(entry))
  return {
    costs: statements.map(({ entry, added }, at): ConstraintCost => {
      const gene = about[at] ?? null
      const index = gene === null ? -1 : after.genes.indexOf(gene)
      const without = added ? runs.before : runs.after
      return {
        entry,
        change: added ? 'added' : 'removed',
        ...costOf(probabilityOf(entry, without), without),
        gene,
        logEvidence: index < 0 ? null : (added ? 1 : -1) * changeOf(index),
        sharing: gene === null ? 0 : about.filter((other) => other === gene).length - 1,
      }
    }),
    genes: genes.sort((a, b) => a.logEvidence - b.logEvidence),
    total: genes.reduce((sum, { logEvidence }) => sum + logEvidence, 0),
    evidenceWeight: after.settings.evidenceWeight,
  }
}

interface Pair {
  readonly before: LearnedResult
  readonly after: LearnedResult
}

function comparable(before: AnalysisResult, after: AnalysisResult): Pair {
  if (!isLearned(before) || !isLearned(after))
    throw new AppError(
      'INVALID_PARAMS',
      'One of the runs is an instant answer, which has no evidence to compare. Run the full search.',
    )
  const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
    a.length === b.length && a.every((value, index) => value === b[index])
  const sameData =
    same(before.genes, after.genes) &&
    same(before.input.samples, after.input.samples) &&
    same(before.input.samplesPerEnvironment, after.input.samplesPerEnvironment) &&
    before.input.values.every((value, index) => value === after.input.values[index])
  if (!sameData)
    throw new AppError(
      'INVALID_PARAMS',
      'The two runs are not of the same data, so their evidence cannot be compared.',
    )
  return { before, after }
}

function differences({ before, after }: Pair): { entry: ConstraintEntry; added: boolean }[] {
  const told = (entry: ConstraintEntry): string =>
    entry.kind === 'tier' ? `${entryKey(entry)}\u0000${entry.tier}` : entryKey(entry)
  const [old, fresh] = [
    listConstraints(before.settings.constraints),
    listConstraints(after.settings.constraints),
  ]
  const [oldKeys, freshKeys] = [new Set(old.map(told)), new Set(fresh.map(told))]
  return [
    ...fresh.filter((entry) => !oldKeys.has(told(entry))).map((entry) => ({ entry, added: true })),
    ...old.filter((entry) => !freshKeys.has(told(entry))).map((entry) => ({ entry, added: false })),
  ]
}

/** The gene whose causes a statement is about. */
function geneOf(entry: ConstraintEntry): string | null {
  if ('edge' in entry) return entry.edge.target
  return entry.kind === 'root' ? entry.gene : null
}

/** Of the closed form, whose posterior the search was made in. */
function probabilityOf(entry: ConstraintEntry, run: LearnedResult): number | null {
  const d = run.genes.length
  const index = (gene: string): number => run.genes.indexOf(gene)
  if ('edge' in entry) {
    const cell = index(entry.edge.source) * d + index(entry.edge.target)
    const logOdds = (run.parts?.edges.closedForm ?? run.edges.logOdds)[cell]!
    return sigmoid(entry.kind === 'required' ? logOdds : -logOdds)
  }
  if (entry.kind !== 'root') return null
  const { parentSets } = run.learned.genes[index(entry.gene)]!
  return parentSets.find((set) => set.parents.length === 0)?.weight ?? 0
}

function costOf(
  probability: number | null,
  run: LearnedResult,
): Pick<ConstraintCost, 'probability' | 'cost' | 'atLeast'> {
  if (probability === null) return { probability, cost: null, atLeast: false }
  if (probability >= RESOLUTION) return { probability, cost: -Math.log(probability), atLeast: false }
  const { exactOrders, effectiveOrders } = run.diagnostics
  const least = exactOrders ? KEPT_WEIGHT : Math.min(KEPT_WEIGHT, 1 / Math.max(1, effectiveOrders))
  return { probability: 0, cost: -Math.log(least), atLeast: true }
}

/** Half the sum of |differences| of the weights of the sets of causes: 0 = the same, 1 = nothing in common. */
function distance(before: LearnedGene, after: LearnedGene): number {
  const weights = new Map<string, number>()
  for (const { parents, weight } of before.parentSets) weights.set(parents.join(','), weight)
  let sum = 0
  for (const { parents, weight } of after.parentSets) {
    const key = parents.join(',')
    sum += Math.abs(weight - (weights.get(key) ?? 0))
    weights.delete(key)
  }
  for (const weight of weights.values()) sum += weight
  return sum / 2
}
