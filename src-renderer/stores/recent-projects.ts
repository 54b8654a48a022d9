import { shallowRef, type ShallowRef } from 'vue'
import type { AppError } from '../../src-shared/contract/errors'
import type { RecentProject } from '../../src-shared/contract/project'
import { asAppError, useEngine } from './engine'

export interface RecentProjects {
  /** newest first; null = not known yet */
  readonly recent: ShallowRef<readonly RecentProject[] | null>
  readonly recentError: ShallowRef<AppError | null>
  readonly loadRecent: () => Promise<void>
}

/** The projects that can be gone on with. */
export function recentProjects(): RecentProjects {
  const engine = useEngine()
  const recent = shallowRef<readonly RecentProject[] | null>(null)
  const recentError = shallowRef<AppError | null>(null)

  async function loadRecent(): Promise<void> {
    try {
      recent.value = await engine.call('project.recent', {})
      recentError.value = null
    } catch (failure) {
      const known = asAppError(failure)
      // While the engine is away the window says so; the start page asks again when it is back.
      recentError.value = known.code === 'DISCONNECTED' ? null : known
    }
  }
  return { recent, recentError, loadRecent }
}
