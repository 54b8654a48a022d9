import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Finding } from '../../../src-shared/contract/dataset-summary'
import {
  GENE_FATES,
  GENE_REASONS,
  type GeneFate,
  type GeneReason,
  type MeasuredGenes,
} from '../../../src-shared/domain/measured-genes'
import { count, listed, plural, review } from './findings'
import { matchingName } from './gene-names'
import type { GeneStatistics } from './gene-statistics'
import { nearest } from './nearest'
import { selectInPlace } from '../../core/linalg/median'

/** up to this many genes all are analysed without asking */
const ALL_UP_TO = 200
/** chosen automatically from a larger table */
const CHOSEN = 50
/** at most this share of the choice is transcription factors, and at most this share genes that shift; the rest varies */
const FACTOR_SHARE = 0.2
/** half of the choice by shift, the rest by variance: genes that vary together within experiments carry the edges */
const SHIFT_SHARE = 0.5
/** with more genes than this, time grows beyond what an ordinary computer has */
const MANY = 2000
const MOST_ZEROS = 0.97

export interface GeneChoice {
  /** indices of the chosen genes, in the order of the file */
  readonly genes: Int32Array
  /** what became of each gene of the file, and why */
  readonly measured: MeasuredGenes
  readonly findings: readonly Finding[]
}

/** What is known of the genes of the file before they are chosen. */
export interface GenePool {
  /** [G] */
  readonly names: readonly string[]
  /** indices of the genes without missing values */
  readonly candidates: Int32Array
  /** by position in `candidates` */
  readonly statistics: Pick<GeneStatistics, 'shift' | 'variance' | 'zeros'>
  /** samples in use */
  readonly samples: number
}

/** What the user and the annotation say about genes. */
export interface GeneWishes {
  /** known targets, by their name in the file */
  readonly known: ReadonlySet<string>
  /** known and candidate targets that were named by hand */
  readonly named: readonly string[]
  /** kept in any case */
  readonly pinned: readonly string[]
  /** how many to choose; 0 = decide */
  readonly wanted: number
  /** the most genes that memory allows */
  readonly most: number
  readonly isTranscriptionFactor: (name: string) => boolean
}

const takesAll = (candidates: number, wanted: number): boolean => candidates <= ALL_UP_TO && wanted === 0

/** Whether every candidate will be chosen, whatever its values are. */
export const takesAllGenes = (
  candidates: number,
  { genes, geneCount }: Pick<ReadOptions, 'genes' | 'geneCount'>,
): boolean => genes.length === 0 && takesAll(candidates, geneCount)

/** The genes that the user named; names match without the Ensembl version. */
export function namedGenes(pool: GenePool, wanted: readonly string[]): GeneChoice {
  const { names, candidates } = pool
  const matched = matchNames(pool, wanted)
  const genes = candidates.filter((gene) => matched.genes.has(gene))
  const findings = unknownGenes(pool, matched.unknown)
  if (genes.length > MANY) findings.push(manyGenes(genes.length))
  const register = new GeneRegister(names, candidates, 'not-named')
  genes.forEach((gene) => register.take(gene, 'named'))
  return { genes, measured: register.done(), findings }
}

/**
 * All genes of a small table; of a large one the 50 that say most: pinned genes and known targets in any case, then
 * transcription factors that shift (up to a fifth), then genes by the largest shift of any experiment against the control
 * (up to half), then by variance.
 *
 * shift(g) = max_k |mean_k - mean_0| / [(s_g + s̃) √(1/n_k + 1/n_0)], s_g the pooled sd within experiments and s̃ its
 * median over genes, which keeps genes that hardly vary from winning by a tiny divisor (Tusher et al. 2001, PNAS 98:5116).
 * Without a control the mean of all other samples stands for mean_0.
 */
export function movingGenes(pool: GenePool, wishes: GeneWishes): GeneChoice {
  const { names, candidates, statistics, samples } = pool
  const pinned = matchNames(pool, wishes.pinned)
  const named = matchNames(pool, wishes.named)
  const findings = unknownGenes(pool, [...pinned.unknown, ...named.unknown])
  const isTarget = (gene: number): boolean => named.genes.has(gene) || wishes.known.has(names[gene]!)
  const given = pinned.genes.size + named.genes.size + wishes.known.size > 0
  if (takesAll(candidates.length, wishes.wanted)) {
    const register = new GeneRegister(names, candidates, 'not-chosen')
    for (const gene of candidates) {
      const reason =
        given && pinned.genes.has(gene) ? 'pinned' : given && isTarget(gene) ? 'known-target' : null
      register.take(gene, reason ?? 'all-genes')
    }
    return { genes: candidates, measured: register.done(), findings }
  }
  const { shift, variance, zeros } = statistics
  const register = new GeneRegister(names, candidates, 'not-chosen')
  const positions = new Int32Array(candidates.length)
  let varying = 0
  for (let position = 0; position < candidates.length; position++) {
    if (!(variance[position]! > 0)) register.leave(candidates[position]!, 'constant')
    else if (zeros[position]! > MOST_ZEROS * samples) register.leave(candidates[position]!, 'mostly-zero')
    else positions[varying++] = position
  }
  const usable = positions.subarray(0, varying)
  if (given)
    for (const gene of candidates) {
      if (pinned.genes.has(gene)) register.take(gene, 'pinned')
      else if (isTarget(gene)) register.take(gene, 'known-target')
    }
  const first = register.taken
  const limit = Math.min(wishes.wanted === 0 ? CHOSEN : wishes.wanted, wishes.most)
  const target = Math.max(limit, first)
  const take = (from: Int32Array, by: Float64Array, until: number, reason: GeneReason): void => {
    for (const position of largest(from, by, register.taken + until))
      if (register.taken < until) register.take(candidates[position]!, reason)
  }
  const open = target - first
  const factors = usable.filter(
    (position) => shift[position]! > 0 && wishes.isTranscriptionFactor(names[candidates[position]!]!),
  )
  take(factors, shift, first + Math.floor(FACTOR_SHARE * open), 'transcription-factor')
  const chosenFactors = register.taken - first
  take(usable, shift, Math.max(register.taken, first + Math.floor(SHIFT_SHARE * open)), 'shift')
  take(usable, variance, target, 'variance')
  const genes = candidates.filter((gene) => register.has(gene))
  findings.push(choiceFinding(pool, genes, { given: first, factors: chosenFactors, register }))
  if (wishes.wanted > wishes.most)
    findings.push(
      review(
        'many-genes',
        `${plural(wishes.wanted, 'gene')} were asked for; ${count(wishes.most)} fit into the memory of this computer.`,
        { count: wishes.wanted },
      ),
    )
  if (genes.length > MANY) findings.push(manyGenes(genes.length))
  return { genes, measured: register.done(), findings }
}

/** What became of the genes when some of the chosen ones are left out after all. */
export function withLeftOut(
  { names, candidates, statistics, samples }: GenePool,
  { genes, measured }: GeneChoice,
  leftOut: ReadonlySet<string>,
): MeasuredGenes {
  if (leftOut.size === 0) return measured
  const fate = measured.fate.slice()
  const reason = measured.reason.slice()
  for (const gene of genes) {
    if (!leftOut.has(names[gene]!)) continue
    const position = candidates.indexOf(gene)
    const why: GeneFate = !(statistics.variance[position]! > 0)
      ? 'constant'
      : statistics.zeros[position]! > MOST_ZEROS * samples
        ? 'mostly-zero'
        : 'identical'
    fate[gene] = GENE_FATES.indexOf(why)
    reason[gene] = 0
  }
  return { names, ids: null, fate, reason }
}

/** Keeps one fate and one reason for each gene of the file. */
class GeneRegister {
  readonly #fate: Uint8Array
  readonly #reason: Uint8Array
  #taken = 0

  constructor(
    readonly names: readonly string[],
    candidates: Int32Array,
    otherwise: GeneFate,
  ) {
    this.#fate = new Uint8Array(names.length).fill(GENE_FATES.indexOf('missing-values'))
    this.#reason = new Uint8Array(names.length)
    for (const gene of candidates) this.#fate[gene] = GENE_FATES.indexOf(otherwise)
  }

  get taken(): number {
    return this.#taken
  }

  has(gene: number): boolean {
    return this.#fate[gene] === 0
  }

  count(reason: GeneReason): number {
    const index = GENE_REASONS.indexOf(reason)
    let found = 0
    for (const each of this.#reason) if (each === index) found++
    return found
  }

  take(gene: number, reason: GeneReason): void {
    if (this.has(gene)) return
    this.#fate[gene] = 0
    this.#reason[gene] = GENE_REASONS.indexOf(reason)
    this.#taken++
  }

  leave(gene: number, fate: GeneFate): void {
    this.#fate[gene] = GENE_FATES.indexOf(fate)
  }

  done(): MeasuredGenes {
    return { names: this.names, ids: null, fate: this.#fate, reason: this.#reason }
  }
}

function choiceFinding(
  { names, candidates }: GenePool,
  genes: Int32Array,
  { given, factors, register }: { given: number; factors: number; register: GeneRegister },
): Finding {
  const parts = [
    ...(given > 0 ? [plural(given, 'pinned gene or known target', 'pinned genes and known targets')] : []),
    ...(factors > 0 ? [`${plural(factors, 'transcription factor')} that shift most`] : []),
    `${count(register.count('shift'))} by the largest shift of any experiment against the control`,
  ]
  const text =
    `${count(genes.length)} of ${count(candidates.length)} genes were chosen: ${parts.join(', ')}, the rest by variance. ` +
    'Choose the genes yourself to analyse others (up to 200 run well).'
  return review('gene-choice', text, {
    count: genes.length,
    examples: Array.from(genes, (gene) => names[gene]!),
  })
}

/** Genes of the pool by name, without the Ensembl version. */
function matchNames(
  { names, candidates }: GenePool,
  wanted: readonly string[],
): { genes: ReadonlySet<number>; unknown: string[] } {
  if (wanted.length === 0) return { genes: new Set(), unknown: [] }
  const exact = new Set(wanted)
  const loose = new Set(wanted.map(matchingName))
  const genes = candidates.filter((gene) => exact.has(names[gene]!) || loose.has(matchingName(names[gene]!)))
  const found = new Set([...genes].flatMap((gene) => [names[gene]!, matchingName(names[gene]!)]))
  return {
    genes: new Set(genes),
    unknown: [...exact].filter((name) => !found.has(name) && !found.has(matchingName(name))),
  }
}

function unknownGenes({ names, candidates }: GenePool, unknown: readonly string[]): Finding[] {
  if (unknown.length === 0) return []
  const pool = Array.from(candidates, (gene) => names[gene]!)
  const near = unknown.slice(0, 3).flatMap((name) => nearest(name, pool, 1))
  const hint = near.length > 0 ? ` Nearest: ${listed(near)}.` : ''
  const text = `${plural(unknown.length, 'chosen gene')} ${unknown.length === 1 ? 'is' : 'are'} not in the data: ${listed(unknown)}.${hint}`
  return [review('unknown-genes', text, { count: unknown.length, examples: unknown })]
}

function manyGenes(genes: number): Finding {
  const gigabytes = (edgeBytes(genes) / 1e9).toPrecision(2)
  const text = `${count(genes)} genes need about ${gigabytes} GB for the edges alone and hours of time. Choose fewer genes; up to 200 run well.`
  return review('many-genes', text, { count: genes })
}

/** two posterior matrices and their accumulators, 8 bytes each */
const edgeBytes = (genes: number): number => 6 * 8 * genes * genes

/** The most genes whose edges fit into a third of the free memory. */
export function mostGenes(freeBytes: number): number {
  return Math.max(CHOSEN, Math.floor(Math.sqrt(freeBytes / 3 / edgeBytes(1))))
}

/** The `most` positions with the largest values, largest first, equal ones in order; without sorting all of them. */
function largest(positions: Int32Array, values: Float64Array, most: number): Int32Array {
  let candidates = positions
  if (positions.length > most) {
    const pool = new Float64Array(positions.length)
    for (let index = 0; index < pool.length; index++) pool[index] = values[positions[index]!]!
    const threshold = selectInPlace(pool, pool.length - most)
    candidates = positions.filter((position) => values[position]! >= threshold)
  }
  return candidates.toSorted((a, b) => values[b]! - values[a]! || a - b).subarray(0, most)
}
