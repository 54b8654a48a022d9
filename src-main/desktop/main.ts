/**
 * The desktop app: one window on the built renderer, one engine process behind it. Nothing is computed here;
 * the window talks to the engine over a port of its own, and this process keeps both alive and locked in.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  BrowserWindow,
  Menu,
  MessageChannelMain,
  app,
  dialog,
  nativeTheme,
  protocol,
  session,
} from 'electron'
import type { MenuDescription } from '../../src-shared/contract/host'
import { HOST_CHANNELS } from '../../src-shared/contract/host-channels'
import { APP_ORIGIN, APP_SCHEME, APP_URL, appProtocolHandler } from './app-protocol'
import { engineLauncher } from './engine-process'
import { superviseEngine } from './engine-supervisor'
import { lockSession } from './lockdown'
import { openMainWindow, preloadPath } from './main-window'
import { menuTemplate } from './menu'
import { blockNetwork, silenceChromium } from './network-block'
import { listenToWindows } from './window-messages'

/** `out/main`: the bundles lie beside each other in development and in the package. */
const outDir = import.meta.dirname
/** Set by the development server; a packaged app never listens to it. */
const developmentUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL
const developmentOrigin = developmentUrl === undefined ? undefined : new URL(developmentUrl).origin

function startApp(): void {
  silenceChromium(app, developmentOrigin)
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  app.on('second-instance', () => showWindow(BrowserWindow.getAllWindows()[0]))
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(run)
}

async function run(): Promise<void> {
  lockSession(session.defaultSession)
  await blockNetwork(session.defaultSession, developmentOrigin)
  protocol.handle(APP_SCHEME, appProtocolHandler(join(outDir, '../renderer')))

  /** windows that have asked for the engine; they get a new port after a restart */
  const connected = new Set<BrowserWindow>()
  const sessionDir = mkdtempSync(join(tmpdir(), 'metacadi-session-'))
  app.on('will-quit', () => rmSync(sessionDir, { recursive: true, force: true }))
  const logFile = join(app.getPath('logs'), 'engine.log')
  const engine = superviseEngine({
    start: engineLauncher({ outDir, sessionDir, logFile }),
    onReady: (restarted) => {
      if (restarted) for (const window of connected) connect(window)
    },
    onGivenUp: () => void offerRestart(),
  })

  function connect(window: BrowserWindow): void {
    const { port1, port2 } = new MessageChannelMain()
    engine.connect(port1)
    window.webContents.postMessage(HOST_CHANNELS.enginePort, null, [port2])
  }

  async function offerRestart(): Promise<void> {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: 'The engine ended several times in a row.',
      detail: `Data and results are unchanged. What it printed last is in ${logFile}.`,
      buttons: ['Start it again', 'Quit'],
      defaultId: 0,
      cancelId: 1,
    })
    if (response === 0) engine.restart()
    else app.quit()
  }

  listenToWindows({
    origin: developmentOrigin ?? APP_ORIGIN,
    grant: (file) => engine.grant(file),
    connectEngine: (window) => {
      if (!connected.has(window)) window.once('closed', () => connected.delete(window))
      connected.add(window)
      connect(window)
    },
    unansweredCancel: () => engine.restart(),
    showMenu,
  })

  showMenu([])
  app.setAboutPanelOptions({
    applicationName: 'MetaCaDI Desktop',
    applicationVersion: app.getVersion(),
    copyright: 'Apache License 2.0',
  })

  let engineEnded = false
  app.on('before-quit', (event) => {
    if (engineEnded) return
    event.preventDefault()
    void engine.shutdown().then(() => {
      engineEnded = true
      app.quit()
    })
  })

  openMainWindow(
    {
      page: developmentUrl ?? APP_URL,
      preload: preloadPath(outDir),
      stateFile: join(app.getPath('userData'), 'window.json'),
      icon: join(outDir, '../../build/icons/icon.png'),
      mayReload: (address) =>
        developmentOrigin !== undefined && new URL(address).origin === developmentOrigin,
    },
    nativeTheme.shouldUseDarkColors,
  )
}

/** The window describes its menu as soon as it has been drawn, and again whenever something in it changes. */
function showMenu(menus: MenuDescription): void {
  const command = (id: string): void => {
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
    window?.webContents.send(HOST_CHANNELS.menuCommand, id)
  }
  const context = { isMac: process.platform === 'darwin', isPackaged: app.isPackaged }
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(menus, { command }, context)))
}

function showWindow(window: BrowserWindow | undefined): void {
  if (!window) return
  if (window.isMinimized()) window.restore()
  window.focus()
}

if (app.requestSingleInstanceLock()) startApp()
else app.quit()
