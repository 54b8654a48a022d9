import { SETTLED, type NextQuestion } from '../../../src-shared/domain/next-experiment'
import type { LearnedResult } from '../../../src-shared/domain/result'
import { setPredictive, type SetPredictive } from '../evidence/set-predictive'
import type { Rng } from '../random/rng'
import type { DrawNetwork } from './draw-network'
import { baseSamples, createResponder, mechanismsOf } from './network-response'
import { storedStudy, studyOfResult } from './stored-study'

/** Relation of a pair (i < j) in a network; 0 = no edge. */
const FORWARD = 1
const BACKWARD = 2
const STATES = 3
/** Probability that a planned experiment also hits a gene that is not meant. */
const OFF_TARGET = 0.01

/** Pairs of genes whose relation is open in the drawn networks. */
export interface OpenPairs {
  /** [P] smaller and larger index of the two genes */
  readonly first: Int32Array
  readonly second: Int32Array
  /** [P, 3] probability of no edge, first → second, second → first */
  readonly probability: Float64Array
  /** [P] entropy in bits */
  readonly entropy: Float64Array
}

/** What one simulated outcome of an experiment says. */
export interface Outcome {
  /** [P] fall of the entropy of each open pair, in bits; negative where it became more open */
  readonly fall: Float64Array
  /** other genes that follow in the network of this outcome */
  readonly followers: number
}

export interface ExperimentPlanner {
  readonly open: OpenPairs
  /** genes by how much of what is open lies on or below them, most first */
  readonly candidates: readonly number[]
  /** Simulates the experiment once. @param rng the same numbers give the same network and samples for every gene */
  readonly simulate: (gene: number, rng: Rng) => Outcome
}

/**
 * Which gene to perturb next: expected fall of the entropy of the open pairs when a gene is held at a level
 * (Tong & Koller 2001, "Active learning for structure in Bayesian networks": entropies of edges, queries by intervention).
 *
 * One outcome: a network and its mechanisms are drawn from the posterior, control samples answer to the intervention in it,
 * and the closed form weighs every drawn network by how well it predicts these samples. The weight of a pair's state counts
 * the terms of its own two genes only, so that hundreds of drawn networks are enough at any number of genes. The gene that
 * is held says nothing about its own causes. docs/method.md#6-looking-closer-at-an-experiment
 *
 * @param draw of `networksOf` this result
 */
export function planExperiment(
  result: LearnedResult,
  draw: DrawNetwork,
  { level, samples }: NextQuestion,
  draws: number,
  rng: Rng,
): ExperimentPlanner {
  const d = result.genes.length
  const { study, basis } = studyOfResult(result)
  const x = study.effects[0]!
  const learned = result.learned.genes
  const networks = new Int32Array(draws * d)
  for (let m = 0; m < draws; m++) draw(rng, networks.subarray(m * d, (m + 1) * d))
  const sets = learned.map(({ parentSets }) => parentSets)
  const { open, state } = openPairs(sets, networks, d)
  const P = open.first.length
  const judged = judgedSets(networks, open, d)
  const predictives = judged.map((used, gene) =>
    used.map((set): SetPredictive => setPredictive(gene, sets[gene]![set]!, OFF_TARGET, study)),
  )
  const reads = sets.map((own) => [...new Set(own.flatMap(({ parents }) => parents))])
  const base = baseSamples(study.starts)
  const rows = new Int32Array(samples)
  const respond = createResponder(result, mechanismsOf(result))(rows)
  const starts = Int32Array.of(0, 0, samples)
  const after = new Float64Array(samples * d)
  const terms = judged.map((used) => new Float64Array((used.at(-1) ?? -1) + 1))
  const weights = new Float64Array(draws)
  const mass = new Float64Array(STATES)

  /** Fills `terms`: what the samples say about the parent sets of every gene they can say something about. */
  function judge(held: number, moved: Uint8Array): void {
    const fresh = storedStudy(basis, after, d, starts)
    for (let gene = 0; gene < d; gene++) {
      const own = terms[gene]!
      own.fill(0)
      if (gene === held || !(moved[gene] === 1 || reads[gene]!.some((parent) => moved[parent] === 1)))
        continue
      judged[gene]!.forEach((set, at) => {
        own[set] = result.settings.evidenceWeight * predictives[gene]![at]!(fresh, 1)
      })
    }
  }

  function entropyAfter(pair: number): number {
    const [i, j] = [open.first[pair]!, open.second[pair]!]
    let highest = -Infinity
    for (let m = 0; m < draws; m++) {
      const [a, b] = [networks[m * d + i]!, networks[m * d + j]!]
      weights[m] = (a < 0 ? 0 : terms[i]![a]!) + (b < 0 ? 0 : terms[j]![b]!)
      if (weights[m]! > highest) highest = weights[m]!
    }
    mass.fill(0)
    for (let m = 0; m < draws; m++) mass[state[pair * draws + m]!]! += Math.exp(weights[m]! - highest)
    const total = mass[0]! + mass[1]! + mass[2]!
    for (let s = 0; s < STATES; s++) mass[s]! /= total
    return entropyOf(mass, 0)
  }

  return {
    open,
    candidates: mostOpen(sets, networks, open, d),
    simulate: (gene, own) => {
      for (let r = 0; r < samples; r++) rows[r] = own.int(base)
      const m = own.int(draws)
      const { change, moved } = respond(
        networks.subarray(m * d, (m + 1) * d),
        [{ gene, kind: 'hold', amount: level }],
        own,
      )
      for (let r = 0; r < samples; r++)
        for (let j = 0; j < d; j++) after[r * d + j] = x[rows[r]! * d + j]! + change[r * d + j]!
      judge(gene, moved)
      const fall = new Float64Array(P)
      for (let pair = 0; pair < P; pair++) fall[pair] = open.entropy[pair]! - entropyAfter(pair)
      return { fall, followers: moved.reduce((sum, value) => sum + value, -1) }
    },
  }
}

type ParentSetsOf = readonly (readonly { readonly parents: readonly number[] }[])[]

/** @returns the open pairs, and [P, draws] the state of each in every network */
function openPairs(
  sets: ParentSetsOf,
  networks: Int32Array,
  d: number,
): { open: OpenPairs; state: Uint8Array } {
  const draws = networks.length / d
  const seen = new Map<number, Uint8Array>()
  for (let m = 0; m < draws; m++)
    for (let gene = 0; gene < d; gene++) {
      const set = networks[m * d + gene]!
      if (set < 0) continue
      for (const cause of sets[gene]![set]!.parents) {
        const key = Math.min(cause, gene) * d + Math.max(cause, gene)
        const states = seen.get(key) ?? new Uint8Array(draws)
        states[m] = cause < gene ? FORWARD : BACKWARD
        seen.set(key, states)
      }
    }
  const kept = [...seen.entries()]
    .map(([key, states]) => ({ key, states, share: sharesOf(states) }))
    .filter(({ share }) => Math.max(...share) < SETTLED)
    .sort((a, b) => a.key - b.key)
  const state = new Uint8Array(kept.length * draws)
  kept.forEach(({ states }, pair) => state.set(states, pair * draws))
  const probability = Float64Array.from(kept.flatMap(({ share }) => share))
  return {
    open: {
      first: Int32Array.from(kept, ({ key }) => Math.floor(key / d)),
      second: Int32Array.from(kept, ({ key }) => key % d),
      probability,
      entropy: Float64Array.from(kept, (_, pair) => entropyOf(probability, pair * STATES)),
    },
    state,
  }
}

function sharesOf(states: Uint8Array): number[] {
  const share = [0, 0, 0]
  for (const state of states) share[state]! += 1 / states.length
  return share
}

/** Bits of three probabilities from `from` on. */
function entropyOf(probability: Float64Array, from: number): number {
  let bits = 0
  for (let s = from; s < from + STATES; s++) {
    const p = probability[s]!
    if (p > 0) bits -= p * Math.log2(p)
  }
  return bits
}

/** Parent sets that occur in a network, of genes in open pairs; by gene, increasing. */
function judgedSets(networks: Int32Array, { first, second }: OpenPairs, d: number): number[][] {
  const asked = new Uint8Array(d)
  for (const gene of first) asked[gene] = 1
  for (const gene of second) asked[gene] = 1
  return Array.from({ length: d }, (_, gene) => {
    const used = new Set<number>()
    if (asked[gene] === 1)
      for (let at = gene; at < networks.length; at += d) if (networks[at]! >= 0) used.add(networks[at]!)
    return [...used].sort((a, b) => a - b)
  })
}

/** Genes by the entropy of the pairs that they are part of, or upstream of with some probability. */
function mostOpen(sets: ParentSetsOf, networks: Int32Array, open: OpenPairs, d: number): number[] {
  const draws = networks.length / d
  const downstream = new Float64Array(d * d)
  const above = new Int32Array(d).fill(-1)
  const stack: number[] = []
  for (let m = 0; m < draws; m++)
    for (let gene = 0; gene < d; gene++) {
      const mark = m * d + gene
      stack.push(gene)
      for (let current = stack.pop(); current !== undefined; current = stack.pop()) {
        if (above[current] === mark) continue
        above[current] = mark
        downstream[current * d + gene]! += 1 / draws
        const set = networks[m * d + current]!
        if (set >= 0) stack.push(...sets[current]![set]!.parents)
      }
    }
  const worth = new Float64Array(d)
  open.first.forEach((i, pair) => {
    const j = open.second[pair]!
    for (let gene = 0; gene < d; gene++)
      worth[gene]! +=
        open.entropy[pair]! *
        (gene === i || gene === j ? 1 : 0.5 * Math.max(downstream[gene * d + i]!, downstream[gene * d + j]!))
  })
  return Array.from({ length: d }, (_, gene) => gene)
    .filter((gene) => worth[gene]! > 0)
    .sort((a, b) => worth[b]! - worth[a]! || a - b)
}
