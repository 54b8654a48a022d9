import { defineStore } from 'pinia'
import { ref } from 'vue'

/** State of the frame itself: what is open over the screen, and the order of its panels. */
export const useShell = defineStore('shell', () => {
  const palette = ref(false)
  const help = ref(false)
  const about = ref(false)
  const preferences = ref(false)
  const tableOpen = ref(true)
  /** the inspector as a drawer, in windows too narrow for it to have a column of its own */
  const drawerOpen = ref(false)

  /** Panels mark themselves with `data-panel`; F6 goes through them in reading order. */
  function nextPanel(step: 1 | -1): void {
    const panels = [...document.querySelectorAll<HTMLElement>('[data-panel]')].filter(
      (panel) => panel.offsetParent !== null,
    )
    if (panels.length === 0) return
    const at = panels.findIndex((panel) => panel.contains(document.activeElement))
    const next = panels[(at + step + panels.length) % panels.length]!
    const inside = next.querySelector<HTMLElement>(
      '[data-focus-first], button:not([disabled]):not([tabindex="-1"]), [tabindex="0"], input, select',
    )
    ;(inside ?? next).focus()
  }
  return { palette, help, about, preferences, tableOpen, drawerOpen, nextPanel }
})
