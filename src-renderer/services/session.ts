/** What a window has open, kept by the browser for as long as the window lives: a reload comes back to it. */
export interface Session {
  readonly projectId: string | null
  readonly datasetId: string | null
}

const KEY = 'metacadi.session'
const NOTHING: Session = { projectId: null, datasetId: null }

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

export function sessionOf(): Session {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    if (typeof stored !== 'object' || stored === null) return NOTHING
    const { projectId, datasetId } = stored as Record<string, unknown>
    return { projectId: textOrNull(projectId), datasetId: textOrNull(datasetId) }
  } catch {
    return NOTHING
  }
}

export function rememberSession(session: Session): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(session))
  } catch {
    // Private windows may refuse storage; a reload then begins at the start page, where the project is listed.
  }
}
