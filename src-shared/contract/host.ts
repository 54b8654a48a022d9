/**
 * What a window needs from its host besides the engine: the desktop hands it over in the preload as
 * `window.metacadi`, the web host answers it over HTTP on the page's own origin. Everything that computes
 * goes through the engine contract instead.
 *
 * This file has no imports so that the preload can share it without bundling a schema library.
 */

/** A file the user chose. The handle goes into `ReadOptions.files` or `run.open`; the path stays in the host. */
export interface GrantedFileHandle {
  readonly handle: string
  readonly name: string
  readonly size: number
}

/** The part of a DOM `File` that is looked at here; the real object crosses the context bridge. */
export interface DroppedFile {
  readonly name: string
  readonly size: number
}

/**
 * `tables`: expression tables and results; `sheet`: one sample sheet; `constraints`: constraints as JSON or Tetrad knowledge.
 * Decides title, filter and multiplicity of the dialog.
 */
export type FilePurpose = 'tables' | 'sheet' | 'constraints'

export const MENU_NAMES = ['file', 'edit', 'view', 'analysis', 'help'] as const
export type MenuName = (typeof MENU_NAMES)[number]

/** One command of the window, as a menu shows it. */
export interface MenuEntry {
  readonly id: string
  readonly label: string
  /** as the window names keys: `Ctrl+Shift+S` */
  readonly shortcut?: string
  readonly enabled: boolean
  /** a line above it */
  readonly divided?: boolean
  readonly checked?: boolean
}

export type MenuDescription = readonly {
  readonly name: MenuName
  readonly label: string
  readonly items: readonly MenuEntry[]
}[]

/** Pages the window may ask the system browser to open; the desktop keeps the addresses. */
export type ExternalPage = 'paper' | 'source'

export interface DesktopHost {
  readonly kind: 'desktop'
  /** Opens the system dialog; an empty list when the user cancels. */
  chooseFiles(purpose: FilePurpose): Promise<readonly GrantedFileHandle[]>
  /** Only for a file that was dropped or picked in this window. */
  grantDroppedFile(file: DroppedFile): Promise<GrantedFileHandle>
  /** Asks where to save a project; answers a handle that the engine may write to, or null when the user cancels. */
  chooseProjectTarget(name: string): Promise<GrantedFileHandle | null>
  /** Asks where to save; answers the chosen file name (no path), or null when the user cancels. */
  saveFile(name: string, bytes: Uint8Array): Promise<string | null>
  /**
   * Asks for a (new) connection to the engine. A MessagePort cannot cross the context bridge, so the preload
   * answers with `window.postMessage(ENGINE_PORT_MESSAGE, location.origin, [port])`; the window takes it only from itself.
   * The host does the same unasked after it restarted a crashed engine.
   */
  connectEngine(): void
  /**
   * Tells the host that a cancel was not answered within CANCEL_GRACE_MS (engine-process-messages.ts).
   * The engine is ended and started again; pending calls fail as DISCONNECTED and a new port follows.
   */
  reportUnansweredCancel(): void
  /** Returns the function that stops listening. */
  onMenuCommand(listener: (id: string) => void): () => void
  /** What the application menu is to show from now on. */
  showMenu(menus: MenuDescription): void
  openExternal(page: ExternalPage): void
}

export const ENGINE_PORT_MESSAGE = 'metacadi:engine-port'

/** The web host, on the page's own origin (the session cookie travels with every request). */
export const WEB_SOCKET_PATH = '/ws'
/** `POST`, body = the file's bytes, answer = GrantedFileHandle as JSON, or ErrorFrame as JSON with a status >= 400. */
export const UPLOAD_PATH = '/upload'
/** Request header with `encodeURIComponent(file.name)`. */
export const UPLOAD_NAME_HEADER = 'x-file-name'
