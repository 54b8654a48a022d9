import { setImmediate } from 'node:timers/promises'
import type {
  NextCandidate,
  NextExperiments,
  NextQuestion,
  OpenPair,
} from '../../../src-shared/domain/next-experiment'
import type { LearnedResult } from '../../../src-shared/domain/result'
import { planExperiment, type ExperimentPlanner, type OpenPairs } from '../../core/effects/plan-experiment'
import { studyOfResult } from '../../core/effects/stored-study'
import { createRng } from '../../core/random/rng'
import { throwIfAborted } from '../analysis/run-hooks'
import { drawnNetworks } from './predict-what-if'

const DRAWS = 400
/** Genes that are simulated at all, and outcomes of each in the first round. */
const MOST_CANDIDATES = 60
const FIRST_OUTCOMES = { least: 8, most: 40, together: 500 } as const
/** The best of the first round are looked at more closely. */
const FINALISTS = 10
const ALL_OUTCOMES = 60
const PAIRS_SHOWN = 5
/** bits; less is not worth a line */
const LEAST_BITS = 0.01
/** P(direct target) from which an experiment counts as one that hit the gene */
const HIT = 0.5
/** control sd: a level is beyond all samples only when it is seen to be */
const BEYOND = 0.05
/** Streams of the seed of the run: one for the networks, one for each outcome. */
const STREAM = { networks: 7_004, outcome: 7_100 } as const

/** Sums over simulated outcomes of one gene. */
interface Tally {
  readonly gene: number
  readonly fall: Float64Array
  readonly bits: number[]
  followers: number
}

/**
 * Which gene to perturb next to settle what is open in the network. All genes are tried with a few simulated outcomes, the
 * best with more; outcome number b draws the same network and samples for every gene, so that differences between genes are
 * differences of the genes.
 *
 * @param onShare called with the share of the work done, 0 … 1
 */
export async function nextExperiments(
  result: LearnedResult,
  question: NextQuestion,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<NextExperiments> {
  const { seed } = result.settings
  onShare(0)
  await setImmediate()
  const networks = drawnNetworks(result)
  const planner = planExperiment(result, networks, question, DRAWS, createRng(seed, STREAM.networks))
  const tried = planner.candidates.slice(0, MOST_CANDIDATES).map((gene): Tally => ({
    gene,
    fall: new Float64Array(planner.open.first.length),
    bits: [],
    followers: 0,
  }))
  const closer = Math.min(FINALISTS, tried.length)
  const { least, most, together } = FIRST_OUTCOMES
  const first = Math.max(least, Math.min(most, Math.round(together / Math.max(1, tried.length))))
  const work = tried.length * first + closer * (ALL_OUTCOMES - first)
  let done = 0
  const outcomes = async (tally: Tally, from: number, to: number): Promise<void> => {
    for (let b = from; b < to; b++) {
      addOutcome(tally, planner, createRng(seed, STREAM.outcome + b))
      onShare(++done / work)
      await setImmediate()
      throwIfAborted(signal)
    }
  }
  for (const tally of tried) await outcomes(tally, 0, first)
  for (const tally of [...tried].sort(byBits).slice(0, closer)) await outcomes(tally, first, ALL_OUTCOMES)
  return {
    ...question,
    openPairs: planner.open.first.length,
    openBits: planner.open.entropy.reduce((sum, bits) => sum + bits, 0),
    candidates: tried
      .sort(byBits)
      .map((tally) => candidateOf(result, question, planner.open, tally))
      .filter(({ bits }) => bits >= LEAST_BITS),
    leftOut: planner.candidates.length - tried.length,
    draws: DRAWS,
  }
}

function addOutcome(tally: Tally, planner: ExperimentPlanner, rng: ReturnType<typeof createRng>): void {
  const { fall, followers } = planner.simulate(tally.gene, rng)
  let bits = 0
  for (let pair = 0; pair < fall.length; pair++) {
    tally.fall[pair]! += fall[pair]!
    bits += fall[pair]!
  }
  tally.bits.push(bits)
  tally.followers += followers
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const byBits = (a: Tally, b: Tally): number => mean(b.bits) - mean(a.bits) || a.gene - b.gene

function candidateOf(
  result: LearnedResult,
  { level }: NextQuestion,
  open: OpenPairs,
  { gene, fall, bits, followers }: Tally,
): NextCandidate {
  const d = result.genes.length
  const n = bits.length
  const middle = mean(bits)
  const spread = Math.sqrt(bits.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (n - 1))
  const [lowest, highest] = levelsOf(result, gene)
  return {
    gene: result.genes[gene]!,
    bits: middle,
    bitsError: spread / Math.sqrt(n),
    followers: followers / n,
    outcomes: n,
    hitIn: result.environments.filter((_, k) => result.targets.probability[k * d + gene]! >= HIT),
    outside: level < lowest - BEYOND || level > highest + BEYOND,
    pairs: Array.from(fall, (sum, pair) => ({ pair, bits: sum / n }))
      .filter((each) => each.bits >= LEAST_BITS)
      .sort((a, b) => b.bits - a.bits || a.pair - b.pair)
      .slice(0, PAIRS_SHOWN)
      .map((each) => pairOf(result.genes, open, each.pair, each.bits)),
  }
}

function pairOf(genes: readonly string[], open: OpenPairs, pair: number, bits: number): OpenPair {
  const [first, second] = [genes[open.first[pair]!]!, genes[open.second[pair]!]!]
  const [there, back] = [open.probability[pair * 3 + 1]!, open.probability[pair * 3 + 2]!]
  return there >= back
    ? { source: first, target: second, forward: there, backward: back, bits }
    : { source: second, target: first, forward: back, backward: there, bits }
}

/** Least and largest level of a gene over all samples, in control sd. */
function levelsOf(result: LearnedResult, gene: number): [number, number] {
  const d = result.genes.length
  const x = studyOfResult(result).study.effects[0]!
  let [lowest, highest] = [Infinity, -Infinity]
  for (let at = gene; at < x.length; at += d) {
    lowest = Math.min(lowest, x[at]!)
    highest = Math.max(highest, x[at]!)
  }
  return [lowest, highest]
}
