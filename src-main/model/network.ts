import { AppError } from '../../src-shared/contract/errors'
import type { Provider } from '../../src-shared/domain/learned-model'
import type { NetworkAnswer } from '../core/combine'
import {
  EXPERIMENT_FEATURES,
  GLOBAL_FEATURES,
  PAIR_FEATURES,
  type StudySummary,
} from '../core/features/summary'
import { cudaReason } from './cuda-reason'
import { cardTooSmall, refuseTooLarge, tooLarge } from './memory'
import type { Runtime, Session } from './runtime'
import { messageOf, unavailable } from './unavailable'

const INPUTS = {
  pair: PAIR_FEATURES.length,
  env: EXPERIMENT_FEATURES.length,
  glob: GLOBAL_FEATURES.length,
} as const
const OUTPUTS = ['edge', 'ancestor', 'target'] as const

/**
 * The manifest's promise, checked on the network itself.
 * @throws AppError MODEL_UNAVAILABLE when it reads or answers something else than this program
 */
export function refuseOtherNetwork(session: Session): void {
  const difference = differenceOf(session)
  if (difference !== null)
    throw unavailable(
      'other-features',
      `The learned model was made for another program version: ${difference}`,
    )
}

function differenceOf(session: Session): string | null {
  for (const [name, width] of Object.entries(INPUTS)) {
    const input = session.inputMetadata.find((metadata) => metadata.name === name)
    if (!input?.isTensor) return `it has no input '${name}'.`
    const found = input.shape.at(-1)
    if (found !== width) return `its input '${name}' has ${String(found)} features instead of ${width}.`
  }
  const absent = OUTPUTS.find((name) => !session.outputNames.includes(name))
  return absent === undefined ? null : `it has no output '${absent}'.`
}

/**
 * One pass of the network. The same summary gives the same bytes, for any number of threads.
 * ONNX Runtime computes on the calling thread: nothing else happens in the process meanwhile.
 *
 * @throws AppError RESOURCE_LIMIT when the memory will not do, NUMERIC_FAILURE when an answer is not a number,
 * MODEL_UNAVAILABLE when the card fails
 */
export async function runNetwork(
  { Tensor }: Runtime,
  { session, provider }: { readonly session: Session; readonly provider: Provider },
  { genes: d, experiments: K, pair, experiment, global }: StudySummary,
  freeBytes: number,
): Promise<NetworkAnswer> {
  if (K < 1) throw new RangeError('A study summary has at least one row of experiments.')
  refuseTooLarge(d, K, freeBytes)
  const feeds = {
    pair: new Tensor('float32', pair, [1, d, d, INPUTS.pair]),
    env: new Tensor('float32', experiment, [1, K, d, INPUTS.env]),
    glob: new Tensor('float32', global, [1, K, INPUTS.glob]),
  }
  let outputs: Awaited<ReturnType<Session['run']>>
  try {
    outputs = await session.run(feeds, OUTPUTS)
  } catch (error) {
    const text = messageOf(error)
    const noMemory = /alloc|out of memory/i.test(text)
    if (provider === 'cpu') throw noMemory ? tooLarge(d, K, freeBytes) : error
    throw noMemory
      ? cardTooSmall(d, K)
      : unavailable('card', `The learned model failed on the card: ${cudaReason(text, null)}`)
  }
  return {
    edge: logOdds(outputs, 'edge', d * d),
    ancestor: logOdds(outputs, 'ancestor', d * d),
    target: logOdds(outputs, 'target', K * d),
  }
}

function logOdds(outputs: Awaited<ReturnType<Session['run']>>, name: string, length: number): Float32Array {
  const data = outputs[name]?.data
  if (data instanceof Float32Array && data.length === length && data.every(Number.isFinite)) return data
  throw new AppError(
    'NUMERIC_FAILURE',
    'The learned model gave an answer that is not a number for this study. The closed form can be used instead.',
    { output: name },
  )
}
