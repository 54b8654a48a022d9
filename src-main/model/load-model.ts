import type { Provider, ProviderChoice, ProviderReport } from '../../src-shared/domain/learned-model'
import type { Combiner, NetworkAnswer } from '../core/combine'
import type { StudySummary } from '../core/features/summary'
import type { ModelManifest } from './manifest'
import { readModelFiles } from './model-files'
import { refuseOtherNetwork, runNetwork } from './network'
import { openSession } from './open-session'
import { loadRuntime, type Session } from './runtime'
import { runSelfTest } from './self-test'
import { unavailable } from './unavailable'

export interface TargetModel {
  readonly manifest: ModelManifest
  readonly provider: ProviderReport
  readonly combiner: Combiner | null
  /**
   * Calls are answered one at a time, in their order.
   * @throws AppError RESOURCE_LIMIT, NUMERIC_FAILURE; MODEL_UNAVAILABLE after `close`
   */
  infer(summary: StudySummary): Promise<NetworkAnswer>
  /** Gives the memory back as soon as the running call is answered. */
  close(): Promise<void>
}

export interface LoadOptions {
  /** holds manifest.json, metacadi.onnx and combiner.json */
  readonly folder: string
  readonly provider: ProviderChoice
  /** of one operation on the CPU; absent = one per core, eight at most. Does not change the answer. */
  readonly threads?: number
  /** bytes that a call may count on; absent = what the system says */
  readonly freeBytes?: () => number
}

/**
 * Opens the learned model: files checked, provider chosen, self-test passed.
 * @throws AppError MODEL_UNAVAILABLE; `details.cause` says which of the checks failed
 */
export async function loadModel({
  folder,
  provider: choice,
  threads,
  freeBytes = () => process.availableMemory(),
}: LoadOptions): Promise<TargetModel> {
  const { manifest, network, combiner } = await readModelFiles(folder)
  const runtime = await loadRuntime()
  const ask = (session: Session, on: Provider, summary: StudySummary): Promise<NetworkAnswer> =>
    runNetwork(runtime, { session, provider: on }, summary, freeBytes())
  const { session, provider } = await openSession(runtime, network, { choice, threads }, (opened, on) => {
    refuseOtherNetwork(opened)
    return runSelfTest(manifest.selfTest, (summary) => ask(opened, on, summary))
  })

  let last: Promise<unknown> = Promise.resolve()
  let closing: Promise<void> | undefined
  return {
    manifest,
    provider,
    combiner,
    infer: (summary) => {
      if (closing)
        return Promise.reject(
          unavailable('released', 'The learned model was released meanwhile. Run the analysis again.'),
        )
      const answer = last.then(() => ask(session, provider.used, summary))
      last = answer.catch(() => undefined)
      return answer
    },
    close: () => (closing ??= last.then(() => session.release())),
  }
}
