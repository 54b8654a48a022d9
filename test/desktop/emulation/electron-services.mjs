import { EventEmitter } from 'node:events'
import { onCommand, record } from './control.mjs'

/** Handlers that the main bundle registered; the window emulation asks them as Chromium would. */
export const registered = {
  protocols: new Map(),
  beforeRequest: undefined,
  permissionCheck: undefined,
  invoke: new Map(),
}

export const ipcMain = new (class extends EventEmitter {
  handle(channel, listener) {
    registered.invoke.set(channel, listener)
  }
})()

export const protocol = {
  registerSchemesAsPrivileged: (schemes) => record('schemes', schemes),
  handle: (scheme, handler) => registered.protocols.set(scheme, handler),
}

/** A session and what was registered with it, which the windows of the emulation ask. */
const emulatedSession = (own, note) => ({
  registered: own,
  protocol: { handle: (scheme, handler) => own.protocols.set(scheme, handler) },
  webRequest: { onBeforeRequest: (listener) => (own.beforeRequest = listener) },
  setProxy: (config) => Promise.resolve(note('proxy', config)),
  setPermissionCheckHandler: (handler) => (own.permissionCheck = handler),
  setPermissionRequestHandler: (handler) => (own.permissionRequest = handler),
  setDevicePermissionHandler: (handler) => (own.devicePermission = handler),
  on: () => {},
})
const partitions = new Map()
export const session = {
  defaultSession: emulatedSession(registered, record),
  fromPartition: (name) => {
    if (!partitions.has(name)) {
      const note = (event, detail) => record(`partition-${event}`, { name, ...detail })
      partitions.set(name, emulatedSession({ protocols: new Map(), beforeRequest: undefined }, note))
    }
    return partitions.get(name)
  },
}
onCommand('permission', (name) => {
  let requested
  registered.permissionRequest(null, name, (granted) => (requested = granted))
  return { check: registered.permissionCheck(null, name), request: requested }
})

/** Answers of the next dialogs, in order; a dialog without one is cancelled. */
const answers = []
onCommand('answer-dialog', (answer) => void answers.push(answer))
const ask =
  (kind, cancelled) =>
  (...args) => {
    record(kind, args.at(-1))
    return Promise.resolve(answers.shift() ?? cancelled)
  }
export const dialog = {
  showOpenDialog: ask('open-dialog', { canceled: true, filePaths: [] }),
  showSaveDialog: ask('save-dialog', { canceled: true, filePath: '' }),
  showMessageBox: ask('message-box', { response: 1 }),
}

let menu = []
const all = (items) => items.flatMap((item) => [item, ...all(item.submenu ?? [])])
export const Menu = {
  buildFromTemplate: (template) => template,
  setApplicationMenu: (template) => (menu = template),
}
onCommand('click-menu', (id) => {
  const item = all(menu).find((candidate) => candidate.id === id)
  if (!item) throw new Error(`the menu has no ${id}`)
  item.click()
})

export const shell = { openExternal: (address) => Promise.resolve(record('open-external', { address })) }
export const nativeTheme = { shouldUseDarkColors: false }
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1600, height: 1000 } }] }
