import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'
import { lockContents } from './lockdown'
import { SMALLEST_WINDOW, placeWindow, readWindowState, writeWindowState } from './window-state'

export interface MainWindowOptions {
  /** address of the page */
  readonly page: string
  /** absolute path of the built preload */
  readonly preload: string
  readonly stateFile: string
  readonly icon: string
  /** the development server reloads the page when sources change */
  readonly mayReload: (address: string) => boolean
}

const BACKGROUND = { light: '#f1f3f6', dark: '#13161b' }

/** One window, where it was left, shown when its page has been drawn. */
export function openMainWindow(options: MainWindowOptions, isDark: boolean): BrowserWindow {
  const state = readWindowState(options.stateFile)
  const window = new BrowserWindow({
    ...placeWindow(
      state,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: SMALLEST_WINDOW.width,
    minHeight: SMALLEST_WINDOW.height,
    show: false,
    title: 'MetaCaDI Desktop',
    icon: options.icon,
    backgroundColor: isDark ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // The spell checker would fetch dictionaries.
      spellcheck: false,
    },
  })
  lockContents(window.webContents, options.mayReload)
  if (state?.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => {
    writeWindowState(options.stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() })
  })
  void window.loadURL(options.page)
  return window
}

/** The preload beside the main bundle: `out/main/desktop.js` and `out/preload/preload.cjs`. */
export const preloadPath = (outDir: string): string => join(outDir, '../preload/preload.cjs')
