import { createParentSetEvidence, type EvidenceKernel } from '../evidence/kernel'
import { toParentSets, type ParentSets } from './parent-sets'

/** Sweeps of the coordinate ascent while screening. */
const SCREEN_SWEEPS = 1
/** Candidates whose Grams are formed together; small, because their cross products are not needed. */
const BLOCK = 4
const GREEDY_STEPS = 2

/**
 * Candidate causes of one gene when there are too many to try all sets (docs/method.md, section 2, "Screen"):
 * score every single cause, keep a short list, two greedy forward steps; then in order without repeats the greedy
 * picks, the best singles, the last step's ranking, the remaining singles.
 *
 * @param allowed genes that may cause `gene`
 * @param required genes that must stay candidates
 * @param slots m
 * @returns at most m genes; required ones first
 */
export function screenCandidates(
  kernel: EvidenceKernel,
  gene: number,
  allowed: Int32Array,
  required: readonly number[],
  slots: number,
  prior: Float64Array,
): Int32Array {
  const free = allowed.filter((candidate) => !required.includes(candidate))
  if (free.length + required.length <= slots) return Int32Array.from([...required, ...free])
  const singles = rank(free, scoreExtensions(kernel, gene, [], free, prior))
  const shortList = singles.slice(0, Math.max(2 * slots, 16))
  const picked: number[] = [shortList[0]!]
  let last: number[] = []
  for (let step = 0; step < GREEDY_STEPS && picked.length < shortList.length; step++) {
    const rest = Int32Array.from(shortList.filter((candidate) => !picked.includes(candidate)))
    last = rank(rest, scoreExtensions(kernel, gene, picked, rest, prior))
    picked.push(last[0]!)
  }
  const ordered = new Set([...required, ...picked, ...singles.slice(0, slots >> 1), ...last, ...singles])
  return Int32Array.from([...ordered].slice(0, slots))
}

/** Evidence of base ∪ {candidate} for each candidate. */
function scoreExtensions(
  kernel: EvidenceKernel,
  gene: number,
  base: readonly number[],
  candidates: Int32Array,
  prior: Float64Array,
): Float64Array {
  const out = new Float64Array(candidates.length)
  for (let from = 0; from < candidates.length; from += BLOCK) {
    const block = candidates.subarray(from, from + BLOCK)
    const sets = extensionSets(base.length, block.length)
    const evidence = createParentSetEvidence(sets.count, prior.length)
    kernel.score(gene, 0, Int32Array.from([...base, ...block]), sets, prior, SCREEN_SWEEPS, evidence)
    out.set(evidence.logEvidence, from)
  }
  return out
}

const extensionCache = new Map<number, ParentSets>()

/** Sets {0 … base − 1, base + i}. */
function extensionSets(base: number, count: number): ParentSets {
  const key = base * 64 + count
  const cached = extensionCache.get(key)
  if (cached) return cached
  const fixed = Array.from({ length: base }, (_, i) => i)
  const sets = toParentSets(
    Array.from({ length: count }, (_, i) => [...fixed, base + i]),
    base + count,
    base + 1,
  )
  extensionCache.set(key, sets)
  return sets
}

/** Candidates by falling score; ties keep their order. */
function rank(candidates: Int32Array, scores: Float64Array): number[] {
  return Array.from(candidates.keys())
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .map((i) => candidates[i]!)
}
