import type { IncomingMessage } from 'node:http'
import { hostname, networkInterfaces } from 'node:os'

/** Host names a request may carry. The port is left open: through an SSH tunnel the browser sees another one. */
export function allowedHostNames(listenHost: string): ReadonlySet<string> {
  const names = new Set(['localhost', '127.0.0.1', '::1', listenHost.toLowerCase()])
  if (listenHost === '0.0.0.0' || listenHost === '::') {
    names.add(hostname().toLowerCase())
    for (const addresses of Object.values(networkInterfaces()))
      for (const { address } of addresses ?? []) names.add(address)
  }
  return names
}

/** Refuses names that only a rebound DNS entry can lead here. */
export function hasAllowedHost(request: IncomingMessage, allowed: ReadonlySet<string>): boolean {
  const url = parse(`http://${request.headers.host ?? ''}`)
  return url !== undefined && allowed.has(url.hostname.replace(/^\[|\]$/g, '').toLowerCase())
}

/** A page of another origin may neither read nor change anything; browsers always name the origin of such requests. */
export function isSameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  return origin !== undefined && parse(origin)?.host === parse(`http://${host ?? ''}`)?.host
}

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined
}
