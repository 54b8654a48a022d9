import { once } from 'node:events'
import { request, type IncomingHttpHeaders } from 'node:http'
import { WebSocket } from 'ws'
import type { Contract } from '../../src-shared/contract/contract'
import { createClient, createSocketChannel, type Client } from '../../src-shared/rpc'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface RequestParts {
  readonly method?: string
  /** sent as it is, also when no browser would */
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body?: Uint8Array | string
}

/** One HTTP request with exactly these headers: what a browser, or somebody who is not one, sends. */
export function send(
  port: number,
  { method = 'GET', path, headers = {}, body }: RequestParts,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text })
      })
      response.on('error', reject)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

export interface Browser {
  readonly port: number
  readonly origin: string
  readonly cookie: string
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Answer>
  readonly upload: (
    name: string,
    body: Uint8Array | string,
    headers?: Record<string, string>,
  ) => Promise<Answer>
  /** @throws when the server refuses the connection */
  readonly connect: (
    headers?: Record<string, string>,
  ) => Promise<{ client: Client<Contract>; socket: WebSocket }>
}

/** Signs in with a printed address and then behaves like the page of the app. */
export async function openBrowser(address: string): Promise<Browser> {
  const url = new URL(address)
  const port = Number(url.port)
  const origin = `http://${url.host}`
  const { headers } = await send(port, { path: `${url.pathname}${url.search}` })
  const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  return {
    port,
    origin,
    cookie,
    get: (path, extra = {}) => send(port, { path, headers: { cookie, ...extra } }),
    upload: (name, body, extra = {}) =>
      send(port, {
        method: 'POST',
        path: '/upload',
        headers: { cookie, origin, 'x-file-name': encodeURIComponent(name), ...extra },
        body,
      }),
    connect: async (extra = {}) => {
      const socket = new WebSocket(`ws://${url.host}/ws`, { headers: { cookie, origin, ...extra } })
      const client = createClient<Contract>(createSocketChannel(socket, { maxFrameBytes: 64_000_000 }))
      await once(socket, 'open')
      return { client, socket }
    },
  }
}
