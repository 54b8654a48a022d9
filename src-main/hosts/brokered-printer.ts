import { AppError } from '../../src-shared/contract/errors'
import type { PrintReport, PrintRequest } from '../../src-shared/contract/printer-messages'
import { chromiumPrinter } from '../engine/printing/chromium-printer'
import type { PagePrinter } from '../engine/printing/page-printer'

interface Pending {
  readonly resolve: (pdf: Uint8Array) => void
  readonly reject: (error: AppError) => void
}

/** Pages that the desktop's main process prints for this engine; see contract/printer-messages. */
export function createBrokeredPrinter(send: (request: PrintRequest) => void): {
  readonly printer: PagePrinter
  readonly receive: (report: PrintReport) => void
} {
  const pending = new Map<number, Pending>()
  let nextId = 1

  function pdf(html: string, signal: AbortSignal): Promise<Uint8Array> {
    const id = nextId++
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        pending.delete(id)
        send({ type: 'print-stop', id })
        reject(new AppError('CANCELLED', 'The job was cancelled.'))
      }
      if (signal.aborted) {
        reject(new AppError('CANCELLED', 'The job was cancelled.'))
        return
      }
      signal.addEventListener('abort', stop, { once: true })
      const settle =
        <Value>(done: (value: Value) => void) =>
        (value: Value): void => {
          pending.delete(id)
          signal.removeEventListener('abort', stop)
          done(value)
        }
      pending.set(id, { resolve: settle(resolve), reject: settle(reject) })
      send({ type: 'print-page', id, html })
    })
  }

  return {
    // The window paints pictures by itself; only the command line has them painted.
    printer: { pdf, png: chromiumPrinter.png },
    receive: (report) => {
      const found = pending.get(report.id)
      if (!found) return
      if (report.type === 'printed') found.resolve(report.pdf)
      else
        found.reject(
          new AppError('INTERNAL', 'The page could not be printed. Save HTML or SVG instead.', {
            error: report.reason,
          }),
        )
    },
  }
}
