import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEFAULT_SETTINGS } from '../../src-shared/domain/run-settings'
import type { Dataset } from '../../src-shared/domain/dataset'
import { createSummariser } from '../../src-main/core/features/summary'
import { createDirectKernel } from '../../src-main/core/evidence/direct'
import { createParentSetEvidence, type EvidenceKernel } from '../../src-main/core/evidence/kernel'
import { studyOfScaled, type EvidenceStudy } from '../../src-main/core/evidence/study'
import { listedOrder } from '../../src-main/core/evidence/visit-order'
import { createWasmKernel } from '../../src-main/core/evidence/wasm/wasm-kernel'
import { createRng } from '../../src-main/core/random/rng'
import { enumerateParentSets } from '../../src-main/core/search/parent-sets'
import { adapt } from '../../src-main/engine/analysis/adapt'
import { runAnalysis } from '../../src-main/engine/analysis/run-analysis'
import { createModelHolder } from '../../src-main/engine/model-holder'

interface ReferenceStudy {
  n: number
  d: number
  K: number
  genes: number
  seconds: number
  sizes: number[]
  scaled: number[]
  candidates: number[][]
  scores: number[][]
}

const CANDIDATES = 8
const MAX_PARENTS = 3

export interface EvidenceTiming {
  n: number
  reference: number
  typescript: number
  wasm: number
  worstDifference: number
}

/** Evidence of the same genes and parent sets as the reference, one thread, CPU seconds, best of three. */
export function benchEvidence(folder: string, sizes: readonly number[]): EvidenceTiming[] {
  return sizes.map((n) => {
    const stored = JSON.parse(readFileSync(join(folder, `study_${n}.json`), 'utf8')) as ReferenceStudy
    const scaled = Float64Array.from(stored.scaled)
    const starts = Int32Array.from([
      0,
      ...stored.sizes.map((_, k) => stored.sizes.slice(0, k + 1).reduce((a, b) => a + b, 0)),
    ])
    const prepared = studyOfScaled(
      { causes_nd: scaled, effects_nd: [scaled], tied: new Uint8Array(stored.d) },
      stored.d,
      starts,
      0.1,
    )
    // the reference visits experiments as they are listed
    const study = { ...prepared.study, visits: listedOrder(stored.d, stored.K) }
    const wasm = timeKernel(createWasmKernel, study, stored)
    const typescript = timeKernel(createDirectKernel, study, stored)
    return {
      n,
      reference: stored.seconds,
      typescript: typescript.seconds,
      wasm: wasm.seconds,
      worstDifference: Math.max(wasm.worst, typescript.worst),
    }
  })
}

function timeKernel(
  create: (study: EvidenceStudy) => EvidenceKernel,
  study: EvidenceStudy,
  stored: ReferenceStudy,
): { seconds: number; worst: number } {
  const kernel = create(study)
  const sets = enumerateParentSets(CANDIDATES, MAX_PARENTS)
  const out = createParentSetEvidence(sets.count, stored.K)
  const prior = new Float64Array(stored.K).fill(Math.min(0.3, 2 / stored.d))
  let best = Infinity
  let worst = 0
  for (let round = 0; round < 3; round++) {
    const from = process.cpuUsage()
    for (let j = 0; j < stored.genes; j++) {
      kernel.score(j, 0, Int32Array.from(stored.candidates[j]!), sets, prior, 3, out)
      stored.scores[j]!.forEach(
        (score, s) =>
          (worst = Math.max(worst, Math.abs(score - out.logEvidence[s]!) / Math.max(1, Math.abs(score)))),
      )
    }
    const used = process.cpuUsage(from)
    best = Math.min(best, (used.user + used.system) / 1e6)
  }
  return { seconds: best, worst }
}

/** A sparse nonlinear study; environment k shifts gene k mod d. */
export function makeStudy(d: number, K: number, n: number, seed: number): Dataset {
  const rng = createRng(seed)
  const control = 100
  const rows = control + K * n
  const values = new Float64Array(rows * d)
  const environmentOf = Int32Array.from({ length: rows }, (_, r) =>
    r < control ? 0 : 1 + Math.floor((r - control) / n),
  )
  for (let r = 0; r < rows; r++)
    for (let j = 0; j < d; j++) {
      const first = j > 0 ? Math.tanh(1.5 * values[r * d + ((j * 7) % j)]!) : 0
      const second = j > 2 ? 0.7 * values[r * d + ((j * 5 + 1) % j)]! : 0
      values[r * d + j] =
        first +
        second +
        0.6 * rng.normal() +
        (environmentOf[r]! > 0 && (environmentOf[r]! - 1) % d === j ? 2 : 0)
    }
  return {
    name: `d${d} K${K} n${n}`,
    genes: Array.from({ length: d }, (_, j) => `G${j + 1}`),
    samples: Array.from({ length: rows }, (_, r) => `s${r + 1}`),
    values,
    environmentOf,
    environments: ['control', ...Array.from({ length: K }, (_, k) => `e${k + 1}`)],
    transform: 'none',
    files: [],
  }
}

/** Wall seconds of whole runs. */
export async function benchRun(
  d: number,
  K: number,
  n: number,
  threads: number,
): Promise<{ wall: number; scoring: number; peakMemoryBytes: number; hash: string }> {
  const result = await runAnalysis(
    makeStudy(d, K, n, 1),
    { ...DEFAULT_SETTINGS, mode: 'closed-form' },
    { threads },
  )
  const { seconds } = result.diagnostics
  const wall = Object.values(seconds).reduce((a, b) => a + b, 0)
  return {
    wall,
    scoring: seconds.scoring!,
    peakMemoryBytes: result.diagnostics.peakMemoryBytes,
    hash: result.resultHash,
  }
}

/**
 * Milliseconds for the targets of one new experiment of `n` samples at d genes and d stored experiments, median of
 * eleven: by the closed form, or with a model folder by the network and both combined.
 */
export async function benchNewExperiment(d: number, n: number, modelFolder?: string): Promise<number> {
  const models =
    modelFolder === undefined ? undefined : createModelHolder({ folder: modelFolder, provider: 'cpu' })
  const mode = models ? 'full' : 'closed-form'
  const stored = await runAnalysis(makeStudy(d, d, 5, 1), { ...DEFAULT_SETTINGS, mode }, { models })
  if (stored.mode !== mode) throw new Error(stored.warnings[0])
  const whole = makeStudy(d, 1, n, 2)
  const keep = whole.samples.map((_, r) => r).filter((r) => whole.environmentOf[r]! > 0)
  const fresh: Dataset = {
    ...whole,
    samples: keep.map((r) => whole.samples[r]!),
    values: Float64Array.from(keep.flatMap((r) => Array.from(whole.values.subarray(r * d, (r + 1) * d)))),
    environmentOf: Int32Array.from(keep, () => 1),
    environments: ['', 'new'],
  }
  const times: number[] = []
  for (let round = 0; round < 11; round++) {
    const from = performance.now()
    await adapt(stored, fresh, models)
    times.push(performance.now() - from)
  }
  await models?.close()
  return times.sort((a, b) => a - b)[5]!
}

/** CPU milliseconds of one summary of the network's features, one thread, best of five rounds. */
export function benchSummary(d: number, K: number, control: number, n: number): number {
  const rng = createRng(1)
  const rows = control + K * n
  const values = Float64Array.from({ length: rows * d }, () => rng.normal())
  const starts = Int32Array.from({ length: K + 2 }, (_, e) => (e === 0 ? 0 : control + (e - 1) * n))
  const summarise = createSummariser()
  const repeats = Math.max(2, Math.round(200_000 / (d * d * K)))
  let best = Infinity
  for (let round = 0; round < 6; round++) {
    const from = process.cpuUsage()
    for (let repeat = 0; repeat < repeats; repeat++) summarise(values, d, starts)
    const used = process.cpuUsage(from)
    // the first round warms up
    if (round > 0) best = Math.min(best, (used.user + used.system) / 1e3 / repeats)
  }
  return best
}
