import type { LearnedResult } from '../../../src-shared/domain/result'
import { FEATURES_PER_GENE, type Basis } from '../features/basis'
import { drawTiedEffects, TIED_DRAWS, tiedSeed } from '../features/preprocess'
import { addEnvironment, packedLength, writeRow } from '../effects/pool'
import { storedStudy, studyOfResult } from '../effects/stored-study'
import { judgeGene, type Draw, type JudgingSet } from './adapt-gene'
import { hardEvidence } from './hard-evidence'
import type { EvidenceStudy } from './study'

/** Samples that are judged as one experiment. */
export interface ExperimentRows {
  /** [m, d] scaled expression */
  readonly scaled: Float64Array
  /** one [m, d] per draw of tied genes */
  readonly effects: readonly Float64Array[]
}

/** A result opened up so that its own samples can be judged again under pools that lack them. */
export interface StoredEvidence {
  readonly result: LearnedResult
  readonly study: EvidenceStudy
  readonly basis: Basis
  /** [n, d]; a tied gene by its mid-rank scores */
  readonly scaled: Float64Array
  /** one [n, d] per draw of tied genes, drawn as in the run; a single one without ties */
  readonly effects: readonly Float64Array[]
}

/** Pools of every gene: [d] lists of parent sets. */
export type Pools = readonly (readonly JudgingSet[])[]

export function openEvidence(result: LearnedResult): StoredEvidence {
  const { study, basis } = studyOfResult(result)
  const scaled = study.effects[0]!
  const effects = drawnEffects(result, scaled)
  // the stored pools are those of the first draw
  return { result, study: { ...study, effects: [effects[0]!] }, basis, scaled, effects }
}

function drawnEffects(result: LearnedResult, scaled: Float64Array): readonly Float64Array[] {
  const { genes } = result.learned.preprocessing
  if (!genes.some((scale) => scale.kind === 'tied')) return [scaled]
  const { values, samples } = result.input
  return Array.from({ length: TIED_DRAWS }, (_, draw) => {
    const drawn = scaled.slice()
    genes.forEach((scale, j) => {
      if (scale.kind !== 'tied') return
      const seed = tiedSeed(result.settings.seed, draw)
      drawTiedEffects(scale, values, drawn, samples.length, genes.length, j, seed)
    })
    return drawn
  })
}

/** The samples of some rows of the study, as they were scaled there. */
export function rowsOf(evidence: StoredEvidence, rows: readonly number[]): ExperimentRows {
  const { genes: d } = evidence.study
  const pick = (values: Float64Array): Float64Array => {
    const out = new Float64Array(rows.length * d)
    rows.forEach((row, at) => out.set(values.subarray(row * d, (row + 1) * d), at * d))
    return out
  }
  return { scaled: pick(evidence.scaled), effects: evidence.effects.map(pick) }
}

/** The stored pools without what one experiment (0 … K − 1) brought to them. */
export function poolsWithoutExperiment({ result, study }: StoredEvidence, environment: number): Pools {
  return result.learned.genes.map(({ parentSets }, gene) =>
    parentSets.map(({ parents, weight, states, pool, pooledCount }) => {
      const less = pool.slice()
      const gone = addEnvironment(study, gene, parents, environment + 1, states[environment]!, -1, less)
      return { parents, weight, pool: less, pooledCount: pooledCount + gone }
    }),
  )
}

/** The stored pools without some samples of the control: its Gram is a plain sum, so their rows are taken away. */
export function poolsWithoutControlSamples(
  { result, study }: StoredEvidence,
  rows: readonly number[],
): Pools {
  return result.learned.genes.map(({ parentSets }, gene) =>
    parentSets.map((set) => {
      const q = 2 + set.parents.length * FEATURES_PER_GENE
      const row = new Float64Array(q)
      const pool = set.pool.slice()
      for (const sample of rows) {
        writeRow(study, study.effects[0]!, gene, set.parents, sample, row)
        for (let a = 0; a < q; a++)
          for (let b = 0; b <= a; b++) pool[packedLength(a) + b]! -= row[a]! * row[b]!
      }
      return { parents: set.parents, weight: set.weight, pool, pooledCount: set.pooledCount - rows.length }
    }),
  )
}

/**
 * Log-odds of every gene that it is a target of these samples, under pools that do not hold them.
 * @returns [d] before the prior on the number of targets
 */
export function judgeRows(
  { result, basis }: StoredEvidence,
  pooled: Pools,
  { scaled, effects }: ExperimentRows,
): Float64Array {
  const d = result.genes.length
  const starts = Int32Array.of(0, 0, scaled.length / d)
  const study = storedStudy(basis, scaled, d, starts)
  const draws: Draw[] = effects.map((drawn) => ({
    effects: drawn,
    hard: hardEvidence(drawn, d, starts, study.hyper),
  }))
  const out = new Float64Array(d)
  const { preprocessing, priorTarget } = result.learned
  for (let j = 0; j < d; j++) {
    const used = preprocessing.genes[j]!.kind === 'tied' ? draws : draws.slice(0, 1)
    out[j] = judgeGene(pooled[j]!, priorTarget, study, used, j).logOdds[0]!
  }
  return out
}
