import { EXPERIMENT_FEATURES, PAIR_FEATURES, type StudySummary } from '../../src-main/core/features/summary'
import type { Combiner, NetworkAnswer } from '../../src-main/core/combine'
import type { LearnedModels } from '../../src-main/engine/analysis/ask-network'
import type { TargetModel } from '../../src-main/model'
import { AppError } from '../../src-shared/contract/errors'

const RESIDUAL_SHIFT = EXPERIMENT_FEATURES.indexOf('absu')
const CORRELATION = PAIR_FEATURES.indexOf('pc0')

/** A hand-made network: a shifted gene is a target, a partial correlation an edge from the earlier to the later gene. */
export function handMadeAnswer(summary: StudySummary): NetworkAnswer {
  const { genes: d, experiments: K, pair, experiment } = summary
  const edge = new Float32Array(d * d)
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++)
      edge[i * d + j] =
        12 * Math.abs(pair[(i * d + j) * PAIR_FEATURES.length + CORRELATION]!) - 3 + (i < j ? 0.5 : -0.5)
  const target = Float32Array.from(
    { length: K * d },
    (_, cell) => 3 * experiment[cell * EXPERIMENT_FEATURES.length + RESIDUAL_SHIFT]! - 6,
  )
  return { edge, ancestor: edge.slice(), target }
}

export interface FakeModels extends LearnedModels {
  /** how often the network was asked */
  readonly asked: () => number
}

/** Lends a model that needs no file and no ONNX Runtime. */
export function fakeModels(
  answer: (summary: StudySummary) => NetworkAnswer = handMadeAnswer,
  combiner: Combiner | null = null,
  sha256 = 'ab'.repeat(32),
): FakeModels {
  let asked = 0
  const model: TargetModel = {
    manifest: {
      format: 'metacadi-model',
      version: 1,
      featureVersion: 1,
      opset: 18,
      sha256,
      bytes: 1,
      inputs: { pair: [], env: [], glob: [] },
      outputs: [],
      training: {},
      evaluation: {},
      selfTest: {
        genes: 1,
        experiments: 1,
        pair: [],
        env: [],
        glob: [],
        edge: [],
        ancestor: [],
        target: [],
        tolerance: 1,
      },
      combiner: combiner && { file: 'combiner.json', sha256: 'cd'.repeat(32) },
    },
    provider: { used: 'cpu', tried: [{ provider: 'cpu', reason: null }] },
    combiner,
    infer: (summary) => {
      asked++
      return Promise.resolve(answer(summary))
    },
    close: () => Promise.resolve(),
  }
  return { use: (body) => body(model), asked: () => asked }
}

/** What an engine without a model file says. */
export const NO_MODELS: LearnedModels = {
  use: () => Promise.reject(new AppError('MODEL_UNAVAILABLE', "'manifest.json' cannot be read.")),
}
