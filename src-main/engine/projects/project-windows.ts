/** A window, as far as projects are concerned: a connection to the engine. */
export interface ProjectWindow {
  /** The project goes on here; a window that had it is told so at its next change. */
  readonly take: (projectId: string) => void
  /** It is changed from here. @returns false when it went on in another window, which has the newer work */
  readonly mayChange: (projectId: string) => boolean
  /** It is done with it. @returns false when another window has it */
  readonly leave: (projectId: string) => boolean
  /** The window is gone. */
  readonly end: () => void
}

export interface ProjectWindows {
  readonly open: () => ProjectWindow
  /** a window shows it now */
  readonly isShown: (projectId: string) => boolean
}

/** A window that is reloaded, or whose connection was cut, is back sooner. */
const BACK_WITHIN_MS = 5_000

interface Use {
  window: ProjectWindow
  /** windows that had it before */
  readonly before: Set<ProjectWindow>
}

/**
 * Which window shows which project. A browser does not say that a tab was closed, so a project whose window is gone is closed
 * after a while; and of two tabs with the same project only the one that opened it last writes it.
 * @param close gives the project back; it can be opened again
 */
export function createProjectWindows(
  close: (projectId: string) => Promise<void>,
  backWithinMs = BACK_WITHIN_MS,
): ProjectWindows {
  const uses = new Map<string, Use>()

  function take(projectId: string, window: ProjectWindow): void {
    const before = uses.get(projectId)?.before ?? new Set()
    const last = uses.get(projectId)?.window
    if (last && last !== window) before.add(last)
    before.delete(window)
    uses.set(projectId, { window, before })
  }

  function open(): ProjectWindow {
    const window: ProjectWindow = {
      take: (projectId) => take(projectId, window),
      mayChange: (projectId) => {
        if (uses.get(projectId)?.before.has(window)) return false
        take(projectId, window)
        return true
      },
      leave: (projectId) => {
        if (uses.get(projectId)?.window === window) uses.delete(projectId)
        return !uses.has(projectId)
      },
      end: () => {
        for (const [projectId, use] of uses) {
          use.before.delete(window)
          if (use.window !== window) continue
          uses.delete(projectId)
          setTimeout(() => {
            if (!uses.has(projectId)) void close(projectId).catch(() => undefined)
          }, backWithinMs).unref()
        }
      },
    }
    return window
  }

  return { open, isShown: (projectId) => uses.has(projectId) }
}
