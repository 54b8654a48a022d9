import { nextTick, onBeforeUnmount, onMounted, watch } from 'vue'
import { isStep } from '../services/route'
import { useProject } from '../stores/project'
import { useRoute } from '../stores/route'

/**
 * The focus of who works with the keyboard. A new step begins at its page. A control that is switched off while a change
 * is applied has the focus again afterwards, or what it stood in, where it is gone.
 */
export function useKeptFocus(): void {
  const route = useRoute()
  const project = useProject()
  /** the control that had the focus last, and what it stood in, from the inside out */
  let held: readonly HTMLElement[] = []

  function onFocus({ target }: FocusEvent): void {
    const found: HTMLElement[] = []
    for (let at = target instanceof HTMLElement ? target : null; at; at = at.parentElement)
      if (at === target || at.hasAttribute('tabindex')) found.push(at)
    held = found
  }
  onMounted(() => addEventListener('focusin', onFocus))
  onBeforeUnmount(() => removeEventListener('focusin', onFocus))

  const isFree = (): boolean => document.activeElement === null || document.activeElement === document.body
  function giveBack(): void {
    if (!isFree()) return
    for (const element of held) {
      if (!element.isConnected || element.matches(':disabled')) continue
      element.focus({ preventScroll: true })
      if (!isFree()) return
    }
  }
  watch(
    () => [project.reading, project.dataset] as const,
    ([reading]) => {
      if (!reading) void nextTick(giveBack)
    },
    { flush: 'post' },
  )
  watch(
    () => route.current.name,
    (name) => {
      if (isStep(name)) document.querySelector<HTMLElement>('main.page')?.focus({ preventScroll: true })
    },
    { flush: 'post' },
  )
}
