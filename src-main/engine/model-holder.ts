import type { ModelInfo } from '../../src-shared/contract/engine-info'
import { toErrorFrame } from '../../src-shared/contract/errors'
import type { ProviderChoice } from '../../src-shared/domain/learned-model'
import { reliabilityOf } from '../../src-shared/domain/reliability'
import { loadModel, type TargetModel } from '../model'

/** The one place of an engine that keeps the learned model: loaded on first use, released when idle. */
export interface ModelHolder {
  /**
   * Lends the model; it is not released before `body` has ended.
   * @throws AppError MODEL_UNAVAILABLE, for the first reason that was found: a broken file is not read again and again
   */
  use<R>(body: (model: TargetModel) => Promise<R>): Promise<R>
  /** Tries the model if nobody has yet. */
  info(): Promise<ModelInfo>
  close(): Promise<void>
}

export interface ModelHolderOptions {
  readonly folder: string
  readonly provider: ProviderChoice
  /** of one operation on the CPU; absent = one per core */
  readonly threads?: number
  /** an unused model keeps the memory of its largest study this long */
  readonly idleMilliseconds?: number
}

const IDLE_MILLISECONDS = 60_000

export function createModelHolder({
  folder,
  provider,
  threads,
  idleMilliseconds = IDLE_MILLISECONDS,
}: ModelHolderOptions): ModelHolder {
  let model: Promise<TargetModel> | undefined
  let known: ModelInfo | undefined
  let users = 0
  let idle: ReturnType<typeof setTimeout> | undefined

  function load(): Promise<TargetModel> {
    const loading = loadModel({ folder, provider, threads })
    loading.then(
      (loaded) => (known = describe(loaded)),
      (error: unknown) => (known = { available: false, reason: toErrorFrame(error).message }),
    )
    return loading
  }

  /** A failed load stays as it is. */
  async function release(): Promise<void> {
    clearTimeout(idle)
    const loaded = await model?.catch(() => undefined)
    if (!loaded || users > 0) return
    model = undefined
    await loaded.close()
  }

  async function use<R>(body: (model: TargetModel) => Promise<R>): Promise<R> {
    clearTimeout(idle)
    users++
    try {
      return await body(await (model ??= load()))
    } finally {
      users--
      if (users === 0) {
        clearTimeout(idle)
        idle = setTimeout(() => void release(), idleMilliseconds).unref()
      }
    }
  }

  return {
    use,
    info: async () => known ?? use((loaded) => Promise.resolve(describe(loaded))).catch(() => known!),
    close: release,
  }
}

const describe = ({ manifest, provider }: TargetModel): ModelInfo => ({
  available: true,
  version: manifest.sha256.slice(0, 12),
  featureVersion: manifest.featureVersion,
  provider,
  reliability: reliabilityOf(manifest.evaluation),
})
