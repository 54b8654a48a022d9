import type { Page, WebSocketRoute } from '@playwright/test'
import { ERRORS, type ErrorCode } from '../../src-shared/contract/errors'
import { decodeFrame, encodeFrame } from '../../src-shared/rpc/frame-codec'

/** The engine as a test wants it: calls that wait, calls that fail, all others as they are. */
export interface EngineAnswers {
  /** calls of the method wait from now on */
  hold(method: string): void
  fail(method: string, code: ErrorCode, message: string): void
  /** what waits is sent on, and nothing waits or fails any more */
  heal(): void
}

/** To be called before the page is opened. */
export async function interceptEngine(page: Page): Promise<EngineAnswers> {
  const held = new Set<string>()
  const failing = new Map<string, { code: ErrorCode; message: string }>()
  let waiting: (() => void)[] = []
  const answer = (socket: WebSocketRoute, frame: unknown): void =>
    socket.send(Buffer.from(encodeFrame(frame)))

  await page.routeWebSocket(/\/ws$/, (socket) => {
    const engine = socket.connectToServer()
    socket.onMessage((message) => {
      const frame = decodeFrame(Buffer.from(message)) as { type: string; id: number; method?: string }
      const method = frame.type === 'call' ? frame.method : undefined
      const error = method === undefined ? undefined : failing.get(method)
      if (error) answer(socket, { type: 'fail', id: frame.id, error: { ...error, details: {} } })
      else if (method !== undefined && held.has(method)) waiting.push(() => engine.send(message))
      else engine.send(message)
    })
  })
  return {
    hold: (method) => void held.add(method),
    fail: (method, code, message) => void failing.set(method, { code, message }),
    heal: () => {
      held.clear()
      failing.clear()
      for (const send of waiting) send()
      waiting = []
    },
  }
}

/** The heading that a failure of this code has. */
export const titleOf = (code: ErrorCode): string => ERRORS[code].title
