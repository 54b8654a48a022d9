import type { App, Session } from 'electron'
import { APP_SCHEME } from './app-protocol'

const LOCAL_PROTOCOLS: ReadonlySet<string> = new Set([`${APP_SCHEME}:`, 'blob:', 'data:'])

/** Whether a window may load this address. `developmentOrigin`: the development server, never set in a packaged app. */
export function isLocalAddress(address: string, developmentOrigin?: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (LOCAL_PROTOCOLS.has(url.protocol)) return true
  if (developmentOrigin === undefined) return false
  return url.protocol === 'devtools:' || url.origin.replace(/^ws/, 'http') === developmentOrigin
}

/** Chromium's own errands: component updates, reports, name look-ups, proxy discovery. Call before the app is ready. */
export function silenceChromium(app: App, developmentOrigin?: string): void {
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'no-pings',
  ])
    app.commandLine.appendSwitch(name)
  app.commandLine.appendSwitch('dns-prefetch-disable')
  if (developmentOrigin === undefined) app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
}

/** Refuses every request that is not local, whoever makes it. */
export async function blockNetwork(session: Session, developmentOrigin?: string): Promise<void> {
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !isLocalAddress(details.url, developmentOrigin) })
  })
  await session.setProxy({ mode: 'direct' })
}
