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
  /** where the model is to run */
  chosen(): ProviderChoice
  /** From now on the model runs elsewhere; what is under way ends where it began. */
  choose(provider: ProviderChoice): void
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
  let choice = provider
  const uses = new Set<Promise<unknown>>()
  let idle: ReturnType<typeof setTimeout> | undefined

  function load(): Promise<TargetModel> {
    const asked = choice
    const tell = (info: ModelInfo): void => {
      if (asked === choice) known = info
    }
    const loading = loadModel({ folder, provider: asked, threads })
    loading.then(
      (loaded) => tell(describe(loaded)),
      (error: unknown) => tell({ available: false, reason: toErrorFrame(error).message }),
    )
    return loading
  }

  /** A failed load stays as it is. */
  async function release(): Promise<void> {
    clearTimeout(idle)
    const loaded = await model?.catch(() => undefined)
    if (!loaded || uses.size > 0) return
    model = undefined
    await loaded.close()
  }

  async function use<R>(body: (model: TargetModel) => Promise<R>): Promise<R> {
    clearTimeout(idle)
    const using = (model ??= load()).then(body)
    uses.add(using)
    try {
      return await using
    } finally {
      uses.delete(using)
      if (uses.size === 0) {
        clearTimeout(idle)
        idle = setTimeout(() => void release(), idleMilliseconds).unref()
      }
    }
  }

  return {
    use,
    chosen: () => choice,
    choose: (next) => {
      if (next === choice) return
      choice = next
      known = undefined
      const before = model
      model = undefined
      clearTimeout(idle)
      const ended = Promise.allSettled([...uses])
      void ended.then(() => before?.then((loaded) => loaded.close())).catch(() => undefined)
    },
    info: async () =>
      known ??
      use((loaded) => Promise.resolve(describe(loaded))).catch((error: unknown) => ({
        available: false,
        reason: toErrorFrame(error).message,
      })),
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
