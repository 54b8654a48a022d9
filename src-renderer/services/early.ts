import type { ResultView } from '../../src-shared/contract/result-view'
import { keepConnected, type Connection, type ConnectionState } from './connection'
import { parseRoute } from './route'

/**
 * The connection of the window and the result its address names. A window begins with this module alone, which is small: the
 * engine works out the result while the window still reads the rest of the app.
 */
let connection: Connection | null = null
let state: ConnectionState = 'connecting'
let tell: ((state: ConnectionState) => void) | null = null
let first: { readonly runId: string; readonly view: Promise<ResultView | null> } | null = null
let answered: Promise<void> = Promise.resolve()

/** Begins to connect; further calls answer the same connection. */
export function connectEarly(): Connection {
  connection ??= keepConnected((next) => {
    if (next === 'open' && state === 'connecting') askForResult()
    state = next
    tell?.(next)
  })
  return connection
}

/** @param onState told at once how the connection stands, then about every change */
export function connect(onState: (state: ConnectionState) => void): Connection {
  const early = connectEarly()
  tell = onState
  onState(state)
  return early
}

function askForResult(): void {
  const route = parseRoute(location.hash)
  const client = connection?.client()
  if (!client || route.name !== 'results') return
  const { runId } = route
  // Whoever shows the result asks again where this failed, and says why that failed as well.
  const view = client.call('run.view', { runId }).catch(() => null)
  first = { runId, view }
  answered = view.then(() => undefined)
}

/** Of what was asked early, to be had once; null when it was another result, none, or could not be had. */
export async function takeFirstResult(runId: string): Promise<ResultView | null> {
  const asked = first
  first = null
  return asked?.runId === runId ? asked.view : null
}

/** Settled when nothing is awaited any more that was asked early; never rejected. */
export const firstAnswered = (): Promise<void> => answered
