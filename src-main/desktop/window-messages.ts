import { BrowserWindow, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import type { MenuDescription } from '../../src-shared/contract/host'
import { HOST_CHANNELS, type HostReply } from '../../src-shared/contract/host-channels'
import {
  ChooseFilesMessage,
  ChooseProjectTargetMessage,
  EmptyMessage,
  GrantDroppedFileMessage,
  OpenExternalMessage,
  SaveFileMessage,
  ShowMenuMessage,
} from '../../src-shared/contract/host-messages'
import { openExternalPage } from './external-pages'
import { chooseFiles, chooseProjectTarget, grantPath, saveWithDialog, type Grant } from './file-dialogs'

export interface WindowMessageHandlers {
  /** only the top frame of a page with this origin is listened to */
  readonly origin: string
  readonly grant: Grant
  readonly connectEngine: (window: BrowserWindow) => void
  readonly unansweredCancel: () => void
  readonly showMenu: (menus: MenuDescription) => void
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false }
}

/** Everything a window may ask of the main process. Sender and payload are checked before anything else happens. */
export function listenToWindows({
  origin,
  grant,
  connectEngine,
  unansweredCancel,
  showMenu,
}: WindowMessageHandlers): void {
  function senderOf(event: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow | undefined {
    const frame = event.senderFrame
    if (frame?.parent !== null || !isOf(origin, frame.url)) return undefined
    return BrowserWindow.fromWebContents(event.sender) ?? undefined
  }

  function answer<M, T>(
    channel: string,
    schema: Schema<M>,
    handler: (window: BrowserWindow, message: M) => Promise<T>,
  ): void {
    ipcMain.handle(channel, async (event, ...message: unknown[]): Promise<HostReply<T>> => {
      const window = senderOf(event)
      const parsed = schema.safeParse(message)
      if (!window || !parsed.success) return { ok: false, message: 'The request was refused.' }
      try {
        return { ok: true, value: await handler(window, parsed.data) }
      } catch (error) {
        return { ok: false, message: error instanceof Error ? error.message : String(error) }
      }
    })
  }

  function hear<M>(
    channel: string,
    schema: Schema<M>,
    handler: (window: BrowserWindow, message: M) => void,
  ): void {
    ipcMain.on(channel, (event, ...message: unknown[]) => {
      const window = senderOf(event)
      const parsed = schema.safeParse(message)
      if (window && parsed.success) handler(window, parsed.data)
    })
  }

  answer(HOST_CHANNELS.chooseFiles, ChooseFilesMessage, (window, [purpose]) =>
    chooseFiles(window, purpose, grant),
  )
  answer(HOST_CHANNELS.grantDroppedFile, GrantDroppedFileMessage, (_window, [path]) => grantPath(path, grant))
  answer(HOST_CHANNELS.saveFile, SaveFileMessage, (window, [name, bytes]) =>
    saveWithDialog(window, name, bytes),
  )
  answer(HOST_CHANNELS.chooseProjectTarget, ChooseProjectTargetMessage, (window, [name]) =>
    chooseProjectTarget(window, name, grant),
  )
  hear(HOST_CHANNELS.openExternal, OpenExternalMessage, (_window, [page]) => openExternalPage(page))
  hear(HOST_CHANNELS.connectEngine, EmptyMessage, (window) => connectEngine(window))
  hear(HOST_CHANNELS.showMenu, ShowMenuMessage, (_window, [menus]) => showMenu(menus))
  hear(HOST_CHANNELS.unansweredCancel, EmptyMessage, () => unansweredCancel())
}

function isOf(origin: string, address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host } = new URL(address)
  return `${protocol}//${host}` === origin
}
