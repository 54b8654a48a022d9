import type { Session, WebContents } from 'electron'

/** Copying a table needs the clipboard; nothing else is granted. */
const GRANTED_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** No permissions, no downloads past the save dialog. */
export function lockSession(session: Session): void {
  session.setPermissionCheckHandler((_contents, permission) => GRANTED_PERMISSIONS.has(permission))
  session.setPermissionRequestHandler((_contents, permission, callback) =>
    callback(GRANTED_PERMISSIONS.has(permission)),
  )
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
}

/** A window stays on its page: no navigation, no new windows, no embedded browsers. */
export function lockContents(contents: WebContents, mayReload: (address: string) => boolean): void {
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !mayReload(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
