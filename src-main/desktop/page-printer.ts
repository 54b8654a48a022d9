import { BrowserWindow, session, type Session } from 'electron'
import type { PrintReport, PrintRequest } from '../../src-shared/contract/printer-messages'
import { APP_ORIGIN, APP_SCHEME } from './app-protocol'
import { lockContents, lockSession } from './lockdown'
import { blockNetwork } from './network-block'

export interface PagePrinter {
  readonly receive: (request: PrintRequest) => void
  /** nobody waits for the pages of an engine that has ended */
  readonly close: () => void
}

/** A page that takes longer than this will not come. */
const LIMIT_MS = 240_000

/** Pages that are being printed, by number: one window each, numbers over all engines. */
const pages = new Map<string, string>()
let nextPage = 1
let locked: Promise<Session> | undefined

/** A session of its own, in memory: no network, no permissions, and no address but those of the pages to be printed. */
async function printSession(): Promise<Session> {
  const own = session.fromPartition('metacadi-print')
  lockSession(own)
  await blockNetwork(own)
  own.protocol.handle(APP_SCHEME, (request) => {
    const html = pages.get(request.url)
    return html === undefined
      ? new Response('There is no such page.', { status: 404 })
      : new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } })
  })
  return own
}

/** Prints pages in windows that are never shown, on behalf of one engine process; see contract/printer-messages. */
export function createPagePrinter(report: (message: PrintReport) => void): PagePrinter {
  const windows = new Map<number, BrowserWindow>()
  let closed = false

  async function print(id: number, html: string): Promise<void> {
    const address = `${APP_ORIGIN}/print/${nextPage++}`
    pages.set(address, html)
    try {
      locked ??= printSession()
      const own = await locked
      if (closed) return
      const window = hiddenWindow(own)
      windows.set(id, window)
      const pdf = await inTime(
        window
          .loadURL(address)
          .then(() => window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true })),
      )
      if (windows.has(id)) report({ type: 'printed', id, pdf: Uint8Array.from(pdf) })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (!closed) report({ type: 'not-printed', id, reason })
    } finally {
      pages.delete(address)
      end(id)
    }
  }

  function end(id: number): void {
    const window = windows.get(id)
    windows.delete(id)
    if (window && !window.isDestroyed()) window.destroy()
  }

  return {
    receive: (request) => {
      if (request.type === 'print-page') void print(request.id, request.html)
      else end(request.id)
    },
    close: () => {
      closed = true
      for (const id of [...windows.keys()]) end(id)
    },
  }
}

function hiddenWindow(own: Session): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    width: 1000,
    height: 800,
    webPreferences: {
      session: own,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  lockContents(window.webContents, () => false)
  return window
}

function inTime<Value>(work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Printing took too long.')), LIMIT_MS)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
