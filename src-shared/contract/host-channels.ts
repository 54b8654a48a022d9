/**
 * Names and answers of the messages between a desktop window's preload and the main process. Their payloads are
 * checked by the schemas of host-messages.ts; this file has no imports because the preload bundles it.
 */
export const HOST_CHANNELS = {
  /** window → main, answered */
  chooseFiles: 'host:choose-files',
  grantDroppedFile: 'host:grant-dropped-file',
  saveFile: 'host:save-file',
  chooseProjectTarget: 'host:choose-project-target',
  /** window → main, not answered */
  openExternal: 'host:open-external',
  connectEngine: 'engine:connect',
  showMenu: 'host:show-menu',
  unansweredCancel: 'engine:unanswered-cancel',
  /** main → window; `enginePort` carries one MessagePort */
  enginePort: 'engine:port',
  menuCommand: 'host:menu-command',
} as const

/** Electron prefixes the message of a rejected answer with its own words, so refusals travel as values. */
export type HostReply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string }
