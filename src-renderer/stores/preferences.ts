import { defineStore } from 'pinia'
import { ref, watch, watchEffect } from 'vue'
import { ProviderChoice } from '../../src-shared/domain/learned-model'
import { useEngine } from './engine'
import { LANGUAGES, language, rememberLanguage, type Language } from '../strings'

export type Motion = 'system' | 'reduced'
const KEY = 'metacadi.preferences'

interface Stored {
  readonly threads: number
  readonly provider: ProviderChoice | null
  readonly motion: Motion
  readonly tourSeen: boolean
}
const DEFAULTS: Stored = { threads: 0, provider: null, motion: 'system', tourSeen: false }

function stored(): Stored {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    if (typeof value !== 'object' || value === null) return DEFAULTS
    const { threads, provider, motion, tourSeen } = value as Partial<Record<keyof Stored, unknown>>
    return {
      threads: typeof threads === 'number' && Number.isInteger(threads) && threads >= 0 ? threads : 0,
      provider: ProviderChoice.safeParse(provider).data ?? null,
      motion: motion === 'reduced' ? 'reduced' : 'system',
      tourSeen: tourSeen === true,
    }
  } catch {
    return DEFAULTS
  }
}

/** What the user wants of this program on this computer, whatever project is open. Kept by the browser. */
export const usePreferences = defineStore('preferences', () => {
  const engine = useEngine()
  const first = stored()
  /** of a run; 0 = one per core. Does not change results. */
  const threads = ref(first.threads)
  /** where the learned model runs; null = as the program was started */
  const provider = ref<ProviderChoice | null>(first.provider)
  const motion = ref<Motion>(first.motion)
  const tourSeen = ref(first.tourSeen)
  /** step of the tour on screen; null = it is not */
  const tourStep = ref<number | null>(null)

  watchEffect(() => {
    const value: Stored = {
      threads: threads.value,
      provider: provider.value,
      motion: motion.value,
      tourSeen: tourSeen.value,
    }
    try {
      localStorage.setItem(KEY, JSON.stringify(value))
    } catch {
      // Private windows refuse storage; the choices then last as long as the window.
    }
  })
  watchEffect(() => {
    document.documentElement.dataset.motion = motion.value
  })

  watch(
    () => [provider.value, engine.reconnections] as const,
    ([wanted]) => {
      if (wanted !== null) void engine.chooseProvider(wanted)
    },
    { immediate: true },
  )

  /** The words of the window are bound to its language when it is made, so it is made again: the project comes back. */
  function chooseLanguage(next: Language): void {
    if (next === language) return
    rememberLanguage(next)
    location.reload()
  }
  function startTour(): void {
    tourStep.value = 0
  }
  function endTour(): void {
    tourStep.value = null
    tourSeen.value = true
  }
  return {
    threads,
    provider,
    motion,
    tourSeen,
    tourStep,
    language,
    languages: LANGUAGES,
    chooseLanguage,
    startTour,
    endTour,
  }
})
