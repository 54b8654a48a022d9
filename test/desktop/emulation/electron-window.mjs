import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { CHROMIUM_ARGS, findChromium } from '../../../build/chromium.mjs'
import { app } from './electron-app.mjs'
import { onCommand, record } from './control.mjs'
import { ipcMain, registered } from './electron-services.mjs'
import { preloadScript } from './page-preload.mjs'

/** Chromium knows no `app:` here; the pages live under this origin and every request goes to the app's own handler. */
const STAND_IN = 'https://metacadi.test'
const toStandIn = (address) => address.replace(/^app:\/\/metacadi/, STAND_IN)
const toApp = (address) => address.replace(STAND_IN, 'app://metacadi')

let browser
async function openBrowser() {
  const debuggingPort = Number(process.env.EMULATED_DEBUGGING_PORT)
  const args = [...CHROMIUM_ARGS, `--remote-debugging-port=${debuggingPort}`]
  return chromium.launch({ executablePath: (await findChromium()) ?? undefined, args })
}

const windows = new Set()
app.closeWindows = async () => {
  for (const window of [...windows]) await window.close()
  await (await browser)?.close()
}

class WebContents extends EventEmitter {
  page
  openHandler = () => ({ action: 'allow' })
  ports = new Map()
  nextPort = 1
  loaded = Promise.resolve()

  setWindowOpenHandler(handler) {
    this.openHandler = handler
  }
  send(channel, ...args) {
    void this.deliver({ channel, args, ports: [] })
  }
  postMessage(channel, message, ports = []) {
    const ids = ports.map((port) => {
      const id = this.nextPort++
      const back = port.transfer(
        (data) => void this.deliver({ port: id, data }),
        () => {
          this.ports.delete(id)
          void this.deliver({ port: id, closed: true })
        },
      )
      this.ports.set(id, back)
      return id
    })
    void this.deliver({ channel, args: [message], ports: ids })
  }

  /** As Chromium prints; what Electron hands over is a Buffer, too. */
  async printToPDF({ preferCSSPageSize, printBackground }) {
    const pdf = await this.page.pdf({ preferCSSPageSize, printBackground })
    record('printed', { address: toApp(this.page.url()), bytes: pdf.length })
    return pdf
  }

  /** Messages keep their order, as on a pipe. */
  deliver(message) {
    this.loaded = this.loaded
      .then(() => this.page.evaluate((m) => globalThis[Symbol.for('emulated-electron')].receive(m), message))
      .catch((error) => record('lost-message', { error: String(error) }))
    return this.loaded
  }

  fromPage({ frame }, message) {
    if ('port' in message) {
      const port = this.ports.get(message.port)
      if (message.closed) port?.close()
      else port?.post(message.data)
      return undefined
    }
    const senderFrame = { url: toApp(frame.url()), parent: frame.parentFrame() }
    const event = { sender: this, senderFrame, ports: [] }
    if (!message.invoke) return void ipcMain.emit(message.channel, event, ...message.args)
    const handler = registered.invoke.get(message.channel)
    if (!handler) throw new Error(`No handler registered for '${message.channel}'`)
    return handler(event, ...message.args)
  }
}

export class BrowserWindow extends EventEmitter {
  webContents = new WebContents()
  #options
  #maximized = false

  constructor(options) {
    super()
    const preferences = options.webPreferences ?? {}
    if (
      preferences.sandbox !== true ||
      preferences.contextIsolation !== true ||
      preferences.nodeIntegration === true
    )
      throw new Error('The emulation opens sandboxed, isolated windows only.')
    this.#options = options
    windows.add(this)
    const { session: own, ...shown } = preferences
    record(own ? 'hidden-window' : 'window', { ...options, webPreferences: shown })
  }

  static getAllWindows() {
    return [...windows]
  }
  static getFocusedWindow() {
    return [...windows][0] ?? null
  }
  static fromWebContents(contents) {
    return [...windows].find((window) => window.webContents === contents) ?? null
  }

  async loadURL(address) {
    const contents = this.webContents
    browser ??= openBrowser()
    const { width, height } = this.#options
    const context = await (await browser).newContext({ viewport: { width, height } })
    const page = await context.newPage()
    contents.page = page
    await context.route('**/*', (route) => this.#serve(route))
    await page.exposeBinding('__toMain', (source, message) => contents.fromPage(source, message))
    const { preload } = this.#options.webPreferences
    if (preload !== undefined) await page.addInitScript(preloadScript(readFileSync(preload, 'utf8')))
    context.on('page', (opened) => {
      if (opened !== page) void opened.close()
    })
    page.on('pageerror', (error) => record('page-error', { text: String(error) }))
    page.on('console', (message) => {
      if (message.type() === 'error') record('console-error', { text: message.text() })
    })
    await page.goto(toStandIn(address))
    this.emit('ready-to-show')
  }

  async #serve(route) {
    const request = route.request()
    const address = toApp(request.url())
    if (request.isNavigationRequest() && this.#navigated(request, address)) return route.abort('aborted')
    const own = this.#options.webPreferences.session?.registered ?? registered
    const cancelled = await new Promise((done) =>
      own.beforeRequest({ url: address }, ({ cancel }) => done(cancel)),
    )
    record('request', { address, cancelled })
    const handler = own.protocols.get(new URL(address).protocol.slice(0, -1))
    if (cancelled || !handler) return route.abort('blockedbyclient')
    const response = await handler(new Request(address, { method: request.method() }))
    return route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  }

  /** A navigation that the page started, not the app. @returns true when the app refused it */
  #navigated(request, address) {
    const frame = frameOf(request)
    if (!frame) {
      const { action } = this.webContents.openHandler({ url: address })
      record('window-open', { address, action })
      return action !== 'allow'
    }
    const isMainFrame = frame === this.webContents.page.mainFrame()
    if (isMainFrame && frame.url() === 'about:blank') return false
    let prevented = false
    const details = { url: address, isMainFrame, preventDefault: () => (prevented = true) }
    this.webContents.emit('will-frame-navigate', details)
    if (isMainFrame) this.webContents.emit('will-navigate', details, address)
    record('navigation', { address, prevented })
    return prevented
  }

  async close() {
    this.emit('close', { preventDefault: () => {} })
    windows.delete(this)
    for (const port of this.webContents.ports.values()) port.close()
    await this.webContents.page?.context().close()
    this.emit('closed')
    if (windows.size === 0) app.emit('window-all-closed')
  }

  destroy() {
    void this.close()
  }
  isDestroyed() {
    return !windows.has(this)
  }
  show() {
    record('shown', {})
  }
  focus() {
    record('focused', {})
  }
  restore() {}
  isMinimized() {
    return false
  }
  maximize() {
    this.#maximized = true
  }
  isMaximized() {
    return this.#maximized
  }
  getNormalBounds() {
    const { x, y, width, height } = this.#options
    return { x, y, width, height }
  }
}

/** A window that the page opens asks before it has a frame. */
function frameOf(request) {
  try {
    return request.frame()
  } catch {
    return undefined
  }
}

onCommand('close-window', () => {
  for (const window of windows) void window.close()
})
onCommand('file-path', ({ name, path }) =>
  [...windows][0].webContents.page.evaluate(
    (entry) => globalThis[Symbol.for('emulated-electron')].paths.set(entry.name, entry.path),
    { name, path },
  ),
)
onCommand('second-instance', () => void app.emit('second-instance', {}, [], ''))
/** What a page of another origin, or a frame inside ours, would get. */
onCommand('foreign-invoke', ({ channel, args, url, isFrame }) => {
  const sender = [...windows][0].webContents
  return registered.invoke.get(channel)(
    { sender, senderFrame: { url, parent: isFrame ? {} : null } },
    ...args,
  )
})
