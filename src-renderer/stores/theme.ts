import { defineStore } from 'pinia'
import { computed, ref, watchEffect } from 'vue'

export type ThemeChoice = 'system' | 'light' | 'dark'
const KEY = 'metacadi.theme'

function stored(): ThemeChoice {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'light' || value === 'dark' ? value : 'system'
  } catch {
    return 'system'
  }
}

/** Light or dark: as the system says until the user decides. */
export const useTheme = defineStore('theme', () => {
  const choice = ref<ThemeChoice>(stored())
  const query = matchMedia('(prefers-color-scheme: dark)')
  const systemDark = ref(query.matches)
  query.addEventListener('change', (event) => (systemDark.value = event.matches))
  const shown = computed<'light' | 'dark'>(() => {
    if (choice.value !== 'system') return choice.value
    return systemDark.value ? 'dark' : 'light'
  })
  watchEffect(
    () => {
      document.documentElement.dataset.theme = shown.value
    },
    { flush: 'sync' },
  )
  function choose(next: ThemeChoice): void {
    choice.value = next
    try {
      localStorage.setItem(KEY, next)
    } catch {
      // Private windows refuse storage; the choice then lasts as long as the window.
    }
  }
  return { choice, shown, choose }
})
