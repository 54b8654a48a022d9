import { AppError, fromErrorFrame } from '../contract/errors'
import type { ContractOf } from '../contract/method'
import type { Channel } from './channel'
import { ServerFrameSchema, type ClientFrame } from './frames'
import type { NameOf, ParamsInput, ProgressOf, ResultOf } from './types'

export interface CallOptions<G> {
  /** Aborting sends a cancel message; the call then ends with CANCELLED when the engine has stopped. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: G) => void
}

export interface Client<C extends ContractOf> {
  /** @throws AppError: the engine's own error, CANCELLED, or DISCONNECTED when the channel closed */
  call<M extends NameOf<C>>(
    method: M,
    params: ParamsInput<C[M]>,
    options?: CallOptions<ProgressOf<C[M]>>,
  ): Promise<ResultOf<C[M]>>
  onClose(listener: () => void): void
  close(): void
}

interface PendingCall {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: AppError) => void
  readonly report: (progress: unknown) => void
}

const disconnected = (): AppError =>
  new AppError(
    'DISCONNECTED',
    'The connection to the engine ended before it answered. The data and earlier results are unchanged.',
  )

/** Calls the methods of a contract over a channel. */
export function createClient<C extends ContractOf>(channel: Channel): Client<C> {
  const pending = new Map<number, PendingCall>()
  let nextId = 0
  let closed = false

  channel.onMessage((message) => {
    const parsed = ServerFrameSchema.safeParse(message)
    if (!parsed.success) {
      channel.close()
      return
    }
    const frame = parsed.data
    const call = pending.get(frame.id)
    if (!call) return
    if (frame.type === 'progress') {
      call.report(frame.progress)
      return
    }
    pending.delete(frame.id)
    if (frame.type === 'done') call.resolve(frame.result)
    else call.reject(fromErrorFrame(frame.error))
  })

  channel.onClose(() => {
    closed = true
    const calls = [...pending.values()]
    pending.clear()
    for (const call of calls) call.reject(disconnected())
  })

  const send = (frame: ClientFrame): void => channel.send(frame)

  function callRaw(method: string, params: unknown, options: CallOptions<unknown>): Promise<unknown> {
    const { signal, onProgress } = options
    if (closed) return Promise.reject(disconnected())
    if (signal?.aborted) return Promise.reject(new AppError('CANCELLED', 'The job was cancelled.'))
    const id = nextId++
    const cancel = (): void => send({ type: 'cancel', id })
    const answered = new Promise<unknown>((resolve, reject) => {
      pending.set(id, { resolve, reject, report: onProgress ?? (() => undefined) })
      try {
        send({ type: 'call', id, method, params })
      } catch (error) {
        pending.delete(id)
        const reason = error instanceof Error ? error.message : String(error)
        reject(
          new AppError('INVALID_PARAMS', `The parameters of ${method} cannot be sent.`, { error: reason }),
        )
      }
    })
    signal?.addEventListener('abort', cancel, { once: true })
    return answered.finally(() => signal?.removeEventListener('abort', cancel))
  }

  return {
    // The one place where the wire meets the types of the contract: results of our own engine are not parsed again.
    call: (method, params, options = {}) =>
      callRaw(method, params, options as CallOptions<unknown>) as Promise<ResultOf<C[typeof method]>>,
    onClose: (listener) => channel.onClose(listener),
    close: () => channel.close(),
  }
}
