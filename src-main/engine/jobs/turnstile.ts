import { AppError } from '../../../src-shared/contract/errors'
import { deferred } from './deferred'

/**
 * Lets one analysis through at a time: a run uses every core, so two at once would only slow each other down
 * and double the memory. Waiting ends at once when the waiting job is cancelled.
 */
export function createTurnstile(): <R>(signal: AbortSignal, body: () => Promise<R>) => Promise<R> {
  let last: Promise<unknown> = Promise.resolve()

  return async (signal, body) => {
    const before = last
    const { promise: left, resolve: leave } = deferred<undefined>()
    last = Promise.all([before, left])
    try {
      await untilAborted(before, signal)
      return await body()
    } finally {
      leave(undefined)
    }
  }
}

async function untilAborted(turn: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const { promise: aborted, reject } = deferred<never>()
  const stop = (): void => reject(new AppError('CANCELLED', 'The job was cancelled.'))
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    await Promise.race([turn, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
