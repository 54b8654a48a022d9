/**
 * Messages by which the engine of the desktop app has readers (the disposable processes in which files are parsed)
 * started and ended. A utility process of Electron cannot start processes itself: the packaged app is no Node. So the
 * main process starts them and carries their messages, which it does not look into, on the control channel of the
 * engine. Every other host starts readers without help and never sends any of these.
 */

/** engine → main */
export type ReaderRequest =
  | { readonly type: 'reader-start'; readonly id: number; readonly heapMegabytes: number }
  | { readonly type: 'reader-send'; readonly id: number; readonly message: unknown }
  | { readonly type: 'reader-kill'; readonly id: number }

/** main → engine; `reader-ended` comes exactly once for every reader that was started */
export type ReaderReport =
  | { readonly type: 'reader-said'; readonly id: number; readonly message: unknown }
  | {
      readonly type: 'reader-ended'
      readonly id: number
      readonly code: number | null
      readonly printed: string
    }

const REQUESTS = new Set<unknown>(['reader-start', 'reader-send', 'reader-kill'])

export function isReaderRequest(message: unknown): message is ReaderRequest {
  return typeof message === 'object' && message !== null && 'type' in message && REQUESTS.has(message.type)
}
