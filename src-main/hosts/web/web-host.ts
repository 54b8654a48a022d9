import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { join } from 'node:path'
import { WebSocketServer } from 'ws'
import type { Contract } from '../../../src-shared/contract/contract'
import { AppError, toErrorFrame } from '../../../src-shared/contract/errors'
import { UPLOAD_PATH, WEB_SOCKET_PATH, type GrantedFileHandle } from '../../../src-shared/contract/host'
import { createClient, createInProcessPair, createSocketChannel, type Client } from '../../../src-shared/rpc'
import type { ProviderChoice } from '../../../src-shared/domain/learned-model'
import { PAGE_HEADERS } from '../../../src-shared/contract/page-serving'
import { appRoot } from '../../engine/paths'
import { createSessionFolder } from '../../engine/session-folder'
import { APP_VERSION } from '../../engine/version'
import { superviseEngine } from './engine-supervisor'
import { allowedHostNames, hasAllowedHost, isSameOrigin } from './request-checks'
import { createSessions } from './sessions'
import { createStaticFiles } from './static-files'
import { UPLOAD_LIMITS, createUploads, drain, type UploadLimits } from './uploads'

export interface WebHostOptions {
  /** 127.0.0.1 unless the user asked for another address */
  readonly host: string
  /** 0 = any free port */
  readonly port: number
  /** where the learned model runs; by default the first that works */
  readonly provider?: ProviderChoice
  readonly uploadLimits?: UploadLimits
  /** One line for the person at the terminal. */
  readonly onNotice: (text: string) => void
  /** The engine cannot be kept running. */
  readonly onGiveUp: () => void
}

export interface WebHost {
  /** An address that lets one browser in; every call after it was used gives a new one. */
  readonly address: (fragment?: string) => string
  /** A client of the same engine, for what the host does on the user's behalf at start. */
  readonly client: () => Client<Contract>
  readonly grant: (file: { name: string; path: string }) => Promise<string>
  readonly enginePid: () => number | undefined
  readonly stop: () => Promise<void>
}

/** Calls carry settings and sample names, never data: far below this. */
const MAX_CLIENT_FRAME_BYTES = 16 * 1024 * 1024
const HEARTBEAT_MS = 30_000
/** A large table through a slow tunnel takes its time. */
const REQUEST_TIMEOUT_MS = 60 * 60 * 1000

/**
 * The same app in a browser: static files, one WebSocket per window, uploads. Whoever can reach the port
 * still needs an address printed on the terminal; see sessions.ts and request-checks.ts.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const sessionDir = createSessionFolder('metacadi-web-')
  const removeSession = (): void => rmSync(sessionDir, { recursive: true, force: true })
  process.on('exit', removeSession)
  const engine = superviseEngine({
    entry: join(appRoot(), 'out', 'main', 'engine.js'),
    env: {
      ...process.env,
      METACADI_SESSION_DIR: join(sessionDir, 'engine'),
      ...(options.provider && { METACADI_PROVIDER: options.provider }),
    },
    onRestart: () => options.onNotice('The engine ended unexpectedly and was started again.'),
    onGiveUp: options.onGiveUp,
  })
  const files = createStaticFiles(join(appRoot(), 'out', 'renderer'))
  const receive = createUploads(join(sessionDir, 'uploads'), options.uploadLimits ?? UPLOAD_LIMITS)
  const hostNames = allowedHostNames(options.host)
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_CLIENT_FRAME_BYTES,
    perMessageDeflate: false,
  })

  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    void answer(request, response)
  })
  server.listen(options.port, options.host)
  await once(server, 'listening')
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : options.port
  // Cookies do not know ports: the name keeps two servers on one computer apart.
  const sessions = createSessions(`metacadi-${port}`)

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value)
    const url = requestUrl(request)
    if (!url || !hasAllowedHost(request, hostNames)) {
      refuse(response, 403, 'This address is not served here.')
      return
    }
    const reads = request.method === 'GET' || request.method === 'HEAD'
    const token = url.searchParams.get('token')
    if (reads && url.pathname === '/' && token !== null) {
      signIn(request, response, token)
      return
    }
    if (!sessions.isSignedIn(request.headers.cookie)) {
      refuse(
        response,
        403,
        'Open the address that MetaCaDI printed on the terminal. It works once; the terminal shows a new one after that.',
      )
      return
    }
    if (request.method === 'POST' && url.pathname === UPLOAD_PATH) await upload(request, response)
    else if (!reads) refuse(response, 405, 'This method is not supported.')
    else if (url.pathname === '/host.json') json(response, 200, hostDescription(options.uploadLimits))
    else if (!files.answer(url.pathname, request, response)) refuse(response, 404, 'There is no such page.')
  }

  function signIn(request: IncomingMessage, response: ServerResponse, token: string): void {
    const cookie = sessions.redeem(token)
    if (cookie !== undefined) {
      response.setHeader('set-cookie', cookie)
      options.onNotice(`To open another browser: ${address()}`)
    } else if (!sessions.isSignedIn(request.headers.cookie)) {
      refuse(
        response,
        403,
        'This address was used already. Open the newest one that MetaCaDI printed on the terminal.',
      )
      return
    }
    response.writeHead(303, { location: '/', 'cache-control': 'no-store' }).end()
  }

  async function upload(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isSameOrigin(request)) {
      refuse(response, 403, 'Uploads are taken from the app itself only.')
      return
    }
    try {
      const { name, path, size } = await receive(request)
      const granted: GrantedFileHandle = {
        handle: await engine.grant({ name, path, use: 'upload' }),
        name,
        size,
      }
      json(response, 200, granted)
    } catch (error) {
      await drain(request)
      response.setHeader('connection', 'close')
      const status = error instanceof AppError && error.code === 'RESOURCE_LIMIT' ? 413 : 500
      json(response, status, toErrorFrame(error))
    }
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const allowed =
      requestUrl(request)?.pathname === WEB_SOCKET_PATH &&
      hasAllowedHost(request, hostNames) &&
      isSameOrigin(request) &&
      sessions.isSignedIn(request.headers.cookie)
    if (!allowed) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      let alive = true
      webSocket.on('pong', () => (alive = true))
      const heartbeat = setInterval(() => {
        if (!alive) webSocket.terminate()
        alive = false
        webSocket.ping()
      }, HEARTBEAT_MS)
      webSocket.on('close', () => clearInterval(heartbeat))
      engine.connect(createSocketChannel(webSocket, { maxFrameBytes: MAX_CLIENT_FRAME_BYTES }))
    })
  })

  const shownHost = options.host.includes(':') ? `[${options.host}]` : options.host
  const address = (fragment = ''): string =>
    `http://${shownHost}:${port}/?token=${sessions.token()}${fragment}`

  return {
    address,
    client: () => {
      const [own, other] = createInProcessPair()
      engine.connect(other)
      return createClient<Contract>(own)
    },
    grant: engine.grant,
    enginePid: engine.pid,
    stop: async () => {
      for (const socket of sockets.clients) socket.close(1001)
      server.close()
      server.closeAllConnections()
      await engine.stop()
      for (const socket of sockets.clients) socket.terminate()
      removeSession()
      process.off('exit', removeSession)
    },
  }
}

function requestUrl(request: IncomingMessage): URL | undefined {
  const target = request.url ?? ''
  return target.startsWith('/') && URL.canParse(target, 'http://localhost')
    ? new URL(target, 'http://localhost')
    : undefined
}

const hostDescription = ({ fileBytes } = UPLOAD_LIMITS): object => ({
  kind: 'web',
  version: APP_VERSION,
  capabilities: { upload: { maxBytes: fileBytes }, download: true, nativeDialogs: false },
})

function refuse(response: ServerResponse, status: number, text: string): void {
  response.setHeader('connection', 'close')
  response
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end(`${text}\n`)
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(value))
}
