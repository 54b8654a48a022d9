import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { loadModel, type TargetModel } from '../../src-main/model'
import type { NetworkAnswer } from '../../src-main/core/combine'
import type { StudySummary } from '../../src-main/core/features/summary'
import { integerStudies } from '../model/integer-studies'
import { makeSummary } from '../model/make-summary'

/** One pass at one size on one provider; milliseconds. */
export interface ProviderTiming {
  readonly genes: number
  readonly experiments: number
  /** the first pass of this size: a card makes room and picks its kernels */
  readonly first: number
  /** median of the passes after it */
  readonly median: number
  /** a second pass gave the same bytes */
  readonly repeatable: boolean
  /** largest difference of a log-odds to the CPU's answer; the scale is the largest log-odds */
  readonly difference: number
  readonly scale: number
}

export interface ProviderFigures {
  readonly used: string
  readonly refused: readonly string[]
  /** reading, checking, opening and the self-test, milliseconds */
  readonly opening: number
  /** largest difference to what JAX answered, over the parity fixture; its tolerance */
  readonly parity: number
  readonly tolerance: number
  readonly timings: readonly (ProviderTiming | { genes: number; experiments: number; error: string })[]
}

interface ParityFixture {
  readonly tolerance: number
  readonly cases: readonly {
    readonly seed: number
    readonly batch: number
    readonly genes: number
    readonly experiments: number
    readonly outputs: Record<
      (typeof OUTPUTS)[number],
      { readonly indices: readonly number[]; readonly values: readonly number[] }
    >
  }[]
}

const OUTPUTS = ['edge', 'ancestor', 'target'] as const
const MOST_ROUNDS = 7
const LEAST_ROUNDS = 3
const ENOUGH_MS = 2000

/**
 * The same studies on the CPU and on the card: what differs and how long each takes.
 *
 * @param model folder of the learned model
 * @param fixture parity.json.gz of the tests
 * @param sizes `[genes, experiments]` of studies of random features
 */
export async function compareProviders(
  model: string,
  fixture: string,
  sizes: readonly (readonly [number, number])[],
): Promise<ProviderFigures[]> {
  const parity = JSON.parse(gunzipSync(readFileSync(fixture)).toString('utf8')) as ParityFixture
  const reference = new Map<string, NetworkAnswer>()
  const figures: ProviderFigures[] = []
  for (const provider of ['cpu', 'cuda'] as const) {
    const from = performance.now()
    const loaded = await loadModel({ folder: model, provider })
    const opening = performance.now() - from
    const timings: ProviderFigures['timings'][number][] = []
    // Where CUDA does not run, the CPU would only be timed twice.
    for (const [genes, experiments] of loaded.provider.used === provider ? sizes : [])
      timings.push(await timeSize(loaded, makeSummary(genes, experiments), reference))
    figures.push({
      used: loaded.provider.used,
      refused: loaded.provider.tried.flatMap(({ reason }) => reason ?? []),
      opening,
      parity: await parityDifference(loaded, parity),
      tolerance: parity.tolerance,
      timings,
    })
    await loaded.close()
  }
  return figures
}

async function timeSize(
  model: TargetModel,
  study: StudySummary,
  reference: Map<string, NetworkAnswer>,
): Promise<ProviderFigures['timings'][number]> {
  const { genes, experiments } = study
  const times: number[] = []
  const digests = new Set<string>()
  let answer: NetworkAnswer | undefined
  try {
    const started = performance.now()
    for (let round = 0; round <= MOST_ROUNDS; round++) {
      const from = performance.now()
      if (round > LEAST_ROUNDS && from - started > ENOUGH_MS) break
      answer = await model.infer(study)
      times.push(performance.now() - from)
      digests.add(digestOf(answer))
    }
  } catch (error) {
    return { genes, experiments, error: error instanceof Error ? error.message : String(error) }
  }
  const key = `${genes} ${experiments}`
  const expected = reference.get(key) ?? answer!
  reference.set(key, expected)
  return {
    genes,
    experiments,
    first: times[0]!,
    median: times.slice(1).sort((a, b) => a - b)[Math.floor((times.length - 1) / 2)]!,
    repeatable: digests.size === 1,
    difference: Math.max(...OUTPUTS.map((name) => largest(answer![name], expected[name]))),
    scale: Math.max(...OUTPUTS.map((name) => largest(expected[name], null))),
  }
}

async function parityDifference(model: TargetModel, { cases }: ParityFixture): Promise<number> {
  let most = 0
  for (const { seed, batch, genes, experiments, outputs } of cases) {
    const answers: NetworkAnswer[] = []
    for (const study of integerStudies(seed, batch, genes, experiments))
      answers.push(await model.infer(study))
    for (const name of OUTPUTS) {
      const values = answers.flatMap((answer) => Array.from(answer[name]))
      outputs[name].indices.forEach((at, i) => {
        most = Math.max(most, Math.abs(values[at]! - outputs[name].values[i]!))
      })
    }
  }
  return most
}

function digestOf(answer: NetworkAnswer): string {
  const hash = createHash('sha256')
  for (const name of OUTPUTS) hash.update(answer[name])
  return hash.digest('hex')
}

const largest = (values: Float32Array, from: Float32Array | null): number =>
  values.reduce((most, value, at) => Math.max(most, Math.abs(value - (from?.[at] ?? 0))), 0)
