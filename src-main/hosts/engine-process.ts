/**
 * Entry of the engine process of the desktop app (Electron `utilityProcess`) and of the web host
 * (`child_process.fork`). The protocol is described in contract/engine-process-messages.
 */
import { rmSync } from 'node:fs'
import { z } from 'zod'
import {
  SHUTDOWN_GRACE_MS,
  type EngineToHost,
  type GrantedFile,
} from '../../src-shared/contract/engine-process-messages'
import type { PrintRequest } from '../../src-shared/contract/printer-messages'
import type { ReaderRequest } from '../../src-shared/contract/reader-process-messages'
import { ProviderChoice } from '../../src-shared/domain/learned-model'
import { createCloseNotice } from '../../src-shared/rpc/channel'
import { createPortChannel, type Channel, type EmitterPort } from '../../src-shared/rpc'
import { createEngine } from '../engine/engine'
import { defaultDataDir, examplesDir } from '../engine/paths'
import { createSessionFolder } from '../engine/session-folder'
import { createBrokeredPrinter } from './brokered-printer'
import { createBrokeredReaders } from './brokered-reader'

const HostMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connect'), connection: z.number() }),
  z.object({ type: z.literal('disconnect'), connection: z.number() }),
  z.object({ type: z.literal('frame'), connection: z.number(), frame: z.unknown() }),
  z.object({
    type: z.literal('grant'),
    id: z.number(),
    file: z.object({ name: z.string(), path: z.string(), use: z.enum(['save', 'upload']).optional() }),
  }),
  z.object({ type: z.literal('shutdown') }),
  z.object({ type: z.literal('reader-said'), id: z.number(), message: z.unknown() }),
  z.object({ type: z.literal('printed'), id: z.number(), pdf: z.instanceof(Uint8Array) }),
  z.object({ type: z.literal('not-printed'), id: z.number(), reason: z.string() }),
  z.object({
    type: z.literal('reader-ended'),
    id: z.number(),
    code: z.number().nullable(),
    printed: z.string(),
  }),
])

/** `process.parentPort` of an Electron utility process. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: EmitterPort[] }) => void): void
  postMessage(message: EngineToHost | ReaderRequest | PrintRequest): void
}

/** A connection whose frames travel in envelopes on the control channel. */
interface EnvelopeConnection {
  readonly channel: Channel
  readonly receive: (frame: unknown) => void
  readonly end: () => void
}

// Without a session folder from the host, the session lives and ends with this process.
const givenSessionDir = process.env.METACADI_SESSION_DIR
const sessionDir = givenSessionDir ?? createSessionFolder('metacadi-session-')
if (givenSessionDir === undefined)
  process.on('exit', () => rmSync(sessionDir, { recursive: true, force: true }))

const parentPort = (process as { parentPort?: ParentPort }).parentPort
const brokered = parentPort && createBrokeredReaders((request) => parentPort.postMessage(request))
const printing = parentPort && createBrokeredPrinter((request) => parentPort.postMessage(request))
const engine = createEngine({
  dataDir: defaultDataDir(),
  sessionDir,
  examplesDir: examplesDir(),
  startReader: brokered?.start,
  printer: printing?.printer,
  provider: ProviderChoice.safeParse(process.env.METACADI_PROVIDER).data,
})
const connections = new Map<
  number,
  { readonly end: () => void; readonly receive?: (frame: unknown) => void }
>()

const send = (message: EngineToHost): void => {
  if (parentPort) parentPort.postMessage(message)
  else if (process.connected) process.send?.(message)
}

function receive(data: unknown, ports: readonly EmitterPort[]): void {
  const parsed = HostMessage.safeParse(data)
  if (!parsed.success) return
  const message = parsed.data
  switch (message.type) {
    case 'connect':
      connect(message.connection, ports[0])
      return
    case 'disconnect':
      connections.get(message.connection)?.end()
      return
    case 'frame':
      connections.get(message.connection)?.receive?.(message.frame)
      return
    case 'grant':
      void grant(message.id, message.file)
      return
    case 'reader-said':
    case 'reader-ended':
      brokered?.receive(message)
      return
    case 'printed':
    case 'not-printed':
      printing?.receive(message)
      return
    case 'shutdown':
      void shutdown()
  }
}

function connect(connection: number, port: EmitterPort | undefined): void {
  if (port) {
    const channel = createPortChannel(port)
    connections.set(connection, { end: () => channel.close() })
    channel.onClose(() => connections.delete(connection))
    engine.connect(channel)
    return
  }
  const envelope = createEnvelopeConnection(connection)
  connections.set(connection, envelope)
  envelope.channel.onClose(() => connections.delete(connection))
  engine.connect(envelope.channel)
}

function createEnvelopeConnection(connection: number): EnvelopeConnection {
  const notice = createCloseNotice()
  let read: (frame: unknown) => void = () => undefined
  return {
    channel: {
      send: (frame) => {
        if (!notice.closed()) send({ type: 'frame', connection, frame })
      },
      onMessage: (listener) => {
        read = listener
      },
      onClose: notice.listen,
      close: notice.announce,
    },
    receive: (frame) => read(frame),
    end: notice.announce,
  }
}

async function grant(id: number, file: GrantedFile): Promise<void> {
  try {
    send({ type: 'granted', id, handle: await engine.grant(file) })
  } catch (error) {
    send({ type: 'refused', id, message: error instanceof Error ? error.message : String(error) })
  }
}

let ending = false

async function shutdown(): Promise<void> {
  if (ending) return
  ending = true
  // Leave before the host would kill us: a job that does not end must not cost the exit code.
  setTimeout(() => process.exit(0), SHUTDOWN_GRACE_MS * 0.8).unref()
  await engine.shutdown()
  process.exit(0)
}

if (parentPort) parentPort.on('message', ({ data, ports }) => receive(data, ports))
else {
  process.on('message', (data) => receive(data, []))
  process.on('disconnect', () => void shutdown())
}
// A terminal sends Ctrl+C to the whole group; the host decides when the engine ends.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => void shutdown())

send({ type: 'ready' })
