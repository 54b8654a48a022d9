import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Contract } from '../../src-shared/contract/contract'
import type { EngineInfo } from '../../src-shared/contract/engine-info'
import type { ProviderChoice } from '../../src-shared/domain/learned-model'
import { AppError } from '../../src-shared/contract/errors'
import type {
  CallOptions,
  Connection,
  ConnectionState,
  NameOf,
  ParamsInput,
  ProgressOf,
  ResultOf,
} from '../services/connection'
import { connect, firstAnswered } from '../services/early'
import { text } from '../strings'

/** How often it is looked whether the engine is free, and how long that is waited for. */
const LOOK_MS = 50
const LONGEST_WAIT_MS = 2_000

/** The connection to the engine and what it says about itself. All calls of the window go through here. */
export const useEngine = defineStore('engine', () => {
  const state = ref<ConnectionState>('connecting')
  const info = shallowRef<EngineInfo | null>(null)
  /** grows when a lost connection is back: views that mirror the engine reload on it */
  const reconnections = ref(0)
  let connection: Connection | null = null
  const waiting: (() => void)[] = []
  /** calls that are not answered yet */
  let open = 0

  function start(): void {
    if (connection) return
    let wasLost = false
    connection = connect((next) => {
      state.value = next
      if (next !== 'connecting') for (const resume of waiting.splice(0)) resume()
      if (next === 'lost') wasLost = true
      if (next !== 'open') return
      // What was asked before the first connection has waited for it and is not asked again.
      if (wasLost) reconnections.value++
      setTimeout(() => void loadInfo())
    })
  }

  /** After what is to be shown: the engine loads the learned model to say what it is, and answers nothing else meanwhile. */
  async function loadInfo(): Promise<void> {
    const latest = performance.now() + LONGEST_WAIT_MS
    await firstAnswered()
    while (open > 0 && performance.now() < latest) await new Promise((done) => setTimeout(done, LOOK_MS))
    try {
      info.value = await call('engine.info', {})
    } catch {
      // The engine is away; it is asked again when it is back.
    }
  }

  /** Calls made while the first connection is still being opened wait for it. */
  async function call<M extends NameOf<Contract>>(
    method: M,
    params: ParamsInput<Contract[M]>,
    options?: CallOptions<ProgressOf<Contract[M]>>,
  ): Promise<ResultOf<Contract[M]>> {
    if (state.value === 'connecting') await new Promise<void>((resolve) => waiting.push(resolve))
    const client = connection?.client()
    if (!client) throw new AppError('DISCONNECTED', text.errors.disconnectedText)
    open++
    try {
      return await client.call(method, params, options)
    } finally {
      open--
    }
  }

  /** Where the learned model runs from now on; what became of it stands in `info`. */
  async function chooseProvider(provider: ProviderChoice): Promise<void> {
    try {
      info.value = await call('engine.chooseProvider', { provider })
    } catch {
      // The engine is away; the choice is told again when it is back.
    }
  }

  return { state, info, reconnections, start, call, chooseProvider, retryNow: () => connection?.retryNow() }
})

/** Anything thrown, as the error the interface can show. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  return new AppError('INTERNAL', text.errors.unexpected, {
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  })
}
