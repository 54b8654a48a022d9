import { randomBytes, timingSafeEqual } from 'node:crypto'

/** Browsers beyond this many have to be let in again, oldest first. */
const MAX_SESSIONS = 100

export interface Sessions {
  /** The token of the next address to hand out; replaced as soon as it has been used. */
  readonly token: () => string
  /** @returns the Set-Cookie header of a new session, or undefined when the token is not the current one */
  readonly redeem: (token: string) => string | undefined
  readonly isSignedIn: (cookieHeader: string | undefined) => boolean
}

/**
 * Who may use this server: whoever opened an address it printed. The token of the address works once; what
 * stays in the browser is a cookie that scripts cannot read and other sites cannot send.
 */
export function createSessions(cookieName: string): Sessions {
  const secret = (): string => randomBytes(24).toString('base64url')
  const sessions = new Set<string>()
  let token = secret()

  return {
    token: () => token,
    redeem: (given) => {
      if (!sameText(given, token)) return undefined
      token = secret()
      const session = secret()
      sessions.add(session)
      for (const oldest of sessions) {
        if (sessions.size <= MAX_SESSIONS) break
        sessions.delete(oldest)
      }
      return `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`
    },
    isSignedIn: (cookieHeader = '') => {
      const given = cookieHeader
        .split(';')
        .map((cookie) => cookie.trim().split('='))
        .filter(([name]) => name === cookieName)
        .map(([, value]) => value ?? '')
      return [...sessions].some((session) => given.some((value) => sameText(value, session)))
    },
  }
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
