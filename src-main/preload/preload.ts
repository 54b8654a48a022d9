/**
 * The only bridge between a window and the main process: a handful of named functions, no generic `invoke`.
 * It runs sandboxed and is built as one CommonJS file; it imports `electron` and names without code.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { ENGINE_PORT_MESSAGE, type DesktopHost } from '../../src-shared/contract/host'
import { HOST_CHANNELS, type HostReply } from '../../src-shared/contract/host-channels'

/** The few DOM names used here; the preload is compiled without the DOM library. */
declare const window: {
  readonly location: { readonly origin: string }
  postMessage(message: string, targetOrigin: string, transfer: readonly unknown[]): void
}

async function ask<T>(channel: string, ...message: readonly unknown[]): Promise<T> {
  const reply = (await ipcRenderer.invoke(channel, ...message)) as HostReply<T>
  if (!reply.ok) throw new Error(reply.message)
  return reply.value
}

const host: DesktopHost = {
  kind: 'desktop',
  chooseFiles: (purpose) => ask(HOST_CHANNELS.chooseFiles, purpose),
  // Only a File that came from the user has a path: the page cannot name one.
  grantDroppedFile: (file) =>
    ask(
      HOST_CHANNELS.grantDroppedFile,
      webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]),
    ),
  chooseProjectTarget: (name) => ask(HOST_CHANNELS.chooseProjectTarget, name),
  saveFile: (name, bytes) => ask(HOST_CHANNELS.saveFile, name, bytes),
  connectEngine: () => ipcRenderer.send(HOST_CHANNELS.connectEngine),
  reportUnansweredCancel: () => ipcRenderer.send(HOST_CHANNELS.unansweredCancel),
  onMenuCommand: (listener) => {
    const forward = (_event: unknown, command: string): void => listener(command)
    ipcRenderer.on(HOST_CHANNELS.menuCommand, forward)
    return () => void ipcRenderer.off(HOST_CHANNELS.menuCommand, forward)
  },
  showMenu: (menus) => ipcRenderer.send(HOST_CHANNELS.showMenu, menus),
  openExternal: (page) => ipcRenderer.send(HOST_CHANNELS.openExternal, page),
}

ipcRenderer.on(HOST_CHANNELS.enginePort, (event) => {
  window.postMessage(ENGINE_PORT_MESSAGE, window.location.origin, event.ports)
})

contextBridge.exposeInMainWorld('metacadi', host)
