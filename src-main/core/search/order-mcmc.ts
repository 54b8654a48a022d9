import { createRng, type Rng } from '../random/rng'
import { findNeighbours, type Neighbours } from './neighbours'
import type { ScoreTables } from './score-table'

/** Inverse temperatures of the coupled chains; the first samples the posterior. */
export const TEMPERATURES = [1, 0.6, 0.35, 0.2] as const
/** Weights below exp(−40) of the best position are never drawn in practice. */
const NEGLIGIBLE = -40

/** One order with what its moves need. */
interface Order {
  /** [d] gene at each position */
  readonly geneAt: Int32Array
  /** [d] position of each gene */
  readonly rankOf: Int32Array
  /** [d] candidates of each gene that come before it, as a mask */
  readonly before: Int32Array
  score: number
}

export interface OrderChainState {
  readonly sweep: number
  readonly orders: readonly { geneAt: Int32Array }[]
  readonly random: Int32Array
  readonly counts: Int32Array
  readonly trace: Float64Array
}

/**
 * Markov chain over gene orders with parallel tempering.
 *
 * A move takes one gene out and puts it back at a position drawn from its exact conditional (Gibbs). Between the
 * positions of its possible causes and effects the weight is constant, so a move costs O(neighbours), not O(d).
 * Source: Friedman & Koller, Machine Learning 50 (2003) 95–125 (orders); Kuipers, Suter & Moffa, Journal of
 * Computational and Graphical Statistics 31 (2022) 639–650 (candidates); docs/method.md, section 2.
 */
export interface OrderChain {
  /** Runs up to `count` further sweeps of d moves per temperature; returns the sweeps done so far. */
  advance(count: number): number
  readonly totalSweeps: number
  /** [d, 2^m] visits of each predecessor mask after burn-in at temperature 1 */
  readonly counts: Int32Array
  /** [sweeps] log score of the temperature-1 order */
  readonly trace: Float64Array
  state(): OrderChainState
}

/**
 * @param required pairs [cause, effect, …] that every order keeps; the first order is made to
 * @param resumeFrom a state of the same chain
 */
export function createOrderChain(
  scores: ScoreTables,
  sweeps: number,
  burnIn: number,
  seed: number,
  stream: number,
  required: Int32Array,
  resumeFrom?: OrderChainState,
): OrderChain {
  const { genes: d, slots: m, tables } = scores
  const size = 2 ** m
  const rng = createRng(seed, stream)
  const near = findNeighbours(scores)
  const counts = resumeFrom?.counts ?? new Int32Array(d * size)
  const trace = resumeFrom?.trace ?? new Float64Array(sweeps)
  const orders = TEMPERATURES.map((_, c) =>
    makeOrder(resumeFrom?.orders[c]?.geneAt ?? drawOrder(d, rng, required), scores, near),
  )
  if (resumeFrom) rng.restore(resumeFrom.random)
  const move = createMove(scores, near, rng)
  let done = resumeFrom?.sweep ?? 0

  const sweepOnce = (): void => {
    const warming = done < burnIn >> 1 ? 0.1 + (0.9 * done) / (burnIn >> 1) : 1
    for (let c = 0; c < orders.length; c++) {
      const order = orders[c]!
      for (let step = 0; step < d; step++) move(order, TEMPERATURES[c]! * warming)
      order.score = orderScore(order, tables, size)
    }
    for (let c = 0; c + 1 < orders.length; c++) {
      const gain = (TEMPERATURES[c]! - TEMPERATURES[c + 1]!) * (orders[c + 1]!.score - orders[c]!.score)
      if (Math.log(rng.next() + 1e-300) < gain) {
        const swapped = orders[c]!
        orders[c] = orders[c + 1]!
        orders[c + 1] = swapped
      }
    }
    const cold = orders[0]!
    trace[done] = cold.score
    if (done >= burnIn) for (let j = 0; j < d; j++) counts[j * size + cold.before[j]!]!++
    done++
  }
  return {
    totalSweeps: sweeps,
    counts,
    trace,
    advance(count) {
      for (let i = 0; i < count && done < sweeps; i++) sweepOnce()
      return done
    },
    state: () => ({
      sweep: done,
      orders: orders.map(({ geneAt }) => ({ geneAt: geneAt.slice() })),
      random: rng.state(),
      counts: counts.slice(),
      trace: trace.slice(),
    }),
  }
}

/** The Gibbs relocation of one random gene. */
function createMove(scores: ScoreTables, near: Neighbours, rng: Rng): (order: Order, beta: number) => void {
  const { genes: d, slots: m, tables } = scores
  // neighbours sorted by position: key = position << bits | list index
  const width = near.largest + 1
  const bits = 32 - Math.clz32(width)
  const indexMask = (1 << bits) - 1
  const size = 1 << m
  const keys = new Int32Array(width)
  const logWeight = new Float64Array(width)
  const weight = new Float64Array(width)
  const maskAfter = new Int32Array(width)
  return (order, beta) => {
    const { geneAt, rankOf, before } = order
    const i = Math.floor(rng.next() * d)
    const rank = rankOf[i]!
    const from = near.offsets[i]!
    const count = near.offsets[i + 1]! - from
    for (let t = 0; t < count; t++) {
      const position = rankOf[near.gene[from + t]!]!
      const key = ((position > rank ? position - 1 : position) << bits) | t
      let u = t - 1
      while (u >= 0 && keys[u]! > key) {
        keys[u + 1] = keys[u]!
        u--
      }
      keys[u + 1] = key
    }
    // log weight of gene i directly after its t-th neighbour, relative to being first
    let current = 0
    let own = 0
    let best = 0
    logWeight[0] = 0
    maskAfter[0] = 0
    const ownTable = i * size
    for (let t = 0; t < count; t++) {
      const at = from + (keys[t]! & indexMask)
      const neighbour = near.gene[at]!
      const inNeighbour = near.bitInNeighbour[at]!
      const inGene = near.bitInGene[at]!
      if (inNeighbour) {
        const withGene = neighbour * size + (before[neighbour]! | inNeighbour)
        current += tables[withGene - inNeighbour]! - tables[withGene]!
      }
      if (inGene) {
        current += tables[ownTable + (own | inGene)]! - tables[ownTable + own]!
        own |= inGene
      }
      logWeight[t + 1] = current
      maskAfter[t + 1] = own
      if (current > best) best = current
    }
    let total = 0
    let previous = -1
    for (let t = 0; t <= count; t++) {
      const end = t < count ? keys[t]! >> bits : d - 1
      const exponent = beta * (logWeight[t]! - best)
      total += weight[t] = exponent < NEGLIGIBLE ? 0 : (end - previous) * Math.exp(exponent)
      previous = end
    }
    let u = rng.next() * total
    let t = 0
    while (t < count && (u -= weight[t]!) >= 0) t++
    while (weight[t] === 0) t--
    const low = t === 0 ? -1 : keys[t - 1]! >> bits
    const high = t < count ? keys[t]! >> bits : d - 1
    const position = low + 1 + Math.floor(rng.next() * (high - low))
    for (let a = 0; a < count; a++) {
      const at = from + (keys[a]! & indexMask)
      const bit = near.bitInNeighbour[at]!
      if (a < t) before[near.gene[at]!]! &= ~bit
      else before[near.gene[at]!]! |= bit
    }
    before[i] = maskAfter[t]!
    const step = position < rank ? -1 : 1
    for (let a = rank; a !== position; a += step) {
      const shifted = geneAt[a + step]!
      geneAt[a] = shifted
      rankOf[shifted] = a
    }
    geneAt[position] = i
    rankOf[i] = position
  }
}

function makeOrder(geneAt: Int32Array, scores: ScoreTables, near: Neighbours): Order {
  const d = scores.genes
  const rankOf = new Int32Array(d)
  geneAt.forEach((gene, position) => (rankOf[gene] = position))
  const before = new Int32Array(d)
  for (let j = 0; j < d; j++)
    for (let at = near.offsets[j]!; at < near.offsets[j + 1]!; at++)
      if (rankOf[near.gene[at]!]! < rankOf[j]!) before[j]! |= near.bitInGene[at]!
  const order: Order = { geneAt, rankOf, before, score: 0 }
  order.score = orderScore(order, scores.tables, 2 ** scores.slots)
  return order
}

function orderScore(order: Order, tables: Float64Array, size: number): number {
  let sum = 0
  for (let j = 0; j < order.before.length; j++) sum += tables[j * size + order.before[j]!]!
  return sum
}

/** A random order in which required causes precede their effects (repeatedly the first free gene of a shuffle). */
function drawOrder(d: number, rng: Rng, required: Int32Array): Int32Array {
  const shuffled = Int32Array.from({ length: d }, (_, i) => i)
  rng.shuffle(shuffled)
  if (required.length === 0) return shuffled
  const waiting = new Int32Array(d)
  for (let e = 0; e < required.length; e += 2) waiting[required[e + 1]!]!++
  const placed = new Uint8Array(d)
  const order = new Int32Array(d)
  for (let at = 0; at < d; at++) {
    const gene = shuffled.find((candidate) => !placed[candidate] && waiting[candidate] === 0)!
    placed[gene] = 1
    order[at] = gene
    for (let e = 0; e < required.length; e += 2) if (required[e] === gene) waiting[required[e + 1]!]!--
  }
  return order
}
