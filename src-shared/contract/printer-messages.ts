/**
 * Messages by which the engine of the desktop app has pages printed. The app is a Chromium itself, so nothing else has to
 * be on the computer: the main process loads the page in a window that is never shown and prints it. Every other host
 * starts a Chromium that it finds and never sends any of these.
 */

/** engine → main */
export type PrintRequest =
  | { readonly type: 'print-page'; readonly id: number; readonly html: string }
  | { readonly type: 'print-stop'; readonly id: number }

/** main → engine; exactly one for every `print-page` that was not stopped */
export type PrintReport =
  | { readonly type: 'printed'; readonly id: number; readonly pdf: Uint8Array }
  | { readonly type: 'not-printed'; readonly id: number; readonly reason: string }

const REQUESTS = new Set<unknown>(['print-page', 'print-stop'])

export function isPrintRequest(message: unknown): message is PrintRequest {
  return typeof message === 'object' && message !== null && 'type' in message && REQUESTS.has(message.type)
}
