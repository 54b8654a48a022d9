import type { z } from 'zod'
import { AppError, toErrorFrame } from '../contract/errors'
import type { ContractOf } from '../contract/method'
import type { Channel } from './channel'
import { ClientFrame, type ServerFrame } from './frames'
import { PROGRESS_INTERVAL_MS, throttled } from './throttle'
import type { NameOf, ParamsOf, ProgressOf, ResultOf } from './types'

export interface CallContext<G> {
  readonly signal: AbortSignal
  /** May be called as often as one likes; what travels is throttled. */
  readonly progress: (progress: G) => void
}

export type Handler<M> = (
  params: ParamsOf<M>,
  context: CallContext<ProgressOf<M>>,
) => ResultOf<M> | Promise<ResultOf<M>>

export type Handlers<C extends ContractOf> = { readonly [M in NameOf<C>]: Handler<C[M]> }

type AnyHandler = (params: unknown, context: CallContext<unknown>) => unknown

/**
 * Answers the calls that arrive on a channel. When the channel closes, its running calls are aborted.
 * A frame that is not a frame of the protocol closes the channel: nothing can be answered to it.
 */
export function serve<C extends ContractOf>(contract: C, handlers: Handlers<C>, channel: Channel): void {
  const running = new Map<number, AbortController>()
  const send = (frame: ServerFrame): void => channel.send(frame)

  async function answer(id: number, method: string, rawParams: unknown): Promise<void> {
    const controller = new AbortController()
    running.set(id, controller)
    const progress = throttled((value: unknown) => {
      send({ type: 'progress', id, progress: value })
    }, PROGRESS_INTERVAL_MS)
    try {
      if (!Object.hasOwn(contract, method) || !Object.hasOwn(handlers, method))
        throw new AppError('INVALID_PARAMS', `The engine has no method '${method.slice(0, 60)}'.`, { method })
      const params = parseParams(method, contract[method]!.params, rawParams)
      const handler = handlers[method as NameOf<C>] as AnyHandler
      const result = await handler(params, { signal: controller.signal, progress: progress.push })
      progress.flush()
      send({ type: 'done', id, result })
    } catch (error) {
      progress.stop()
      const failure = controller.signal.aborted ? new AppError('CANCELLED', 'The job was cancelled.') : error
      send({ type: 'fail', id, error: sendable(toErrorFrame(failure)) })
    } finally {
      progress.stop()
      running.delete(id)
    }
  }

  channel.onMessage((message) => {
    const frame = ClientFrame.safeParse(message)
    if (!frame.success) {
      channel.close()
      return
    }
    if (frame.data.type === 'cancel') running.get(frame.data.id)?.abort()
    else if (running.has(frame.data.id)) channel.close()
    else void answer(frame.data.id, frame.data.method, frame.data.params)
  })

  channel.onClose(() => {
    for (const controller of running.values()) controller.abort()
  })
}

function parseParams(method: string, schema: z.ZodType, raw: unknown): unknown {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), text: issue.message }))
  const first = issues[0]
  const field = first?.field ? `'${first.field}'` : 'the parameters'
  throw new AppError('INVALID_PARAMS', `${method}: ${field} is not valid. ${first?.text ?? ''}`.trim(), {
    field: first?.field ?? '',
    issues,
  })
}

/** Details may hold anything (a caught Error, a function); what cannot be cloned must not hide the error itself. */
function sendable<T extends { readonly details: Readonly<Record<string, unknown>> }>(frame: T): T {
  try {
    structuredClone(frame.details)
    return frame
  } catch {
    return { ...frame, details: {} }
  }
}
