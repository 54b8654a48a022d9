import { nextTick, onBeforeUnmount, onMounted, watch } from 'vue'
import { isStep } from '../services/route'
import { useProject } from '../stores/project'
import { useRoute } from '../stores/route'

/** Controls that are remembered: enough to tab through a dialog and still know what opened it. */
const REMEMBERED = 40
/** A dialog gives the focus back by itself first, if it can. */
const PATIENCE_MS = 60

/**
 * The focus of who works with the keyboard. A new screen begins at its page. A control that is switched off while a change
 * is applied has the focus again afterwards, or what it stood in, where it is gone. When the control in focus vanishes (an
 * entry of a menu, a dialog that such an entry opened), the one before it that is still there takes over: Tab never starts anew.
 */
export function useKeptFocus(): void {
  const route = useRoute()
  const project = useProject()
  /** the control that had the focus last, and what it stood in, from the inside out */
  let held: readonly HTMLElement[] = []
  /** controls in the order in which they had the focus, the latest last */
  const before: HTMLElement[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  function onFocus({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement)) return
    const found: HTMLElement[] = []
    for (let at: HTMLElement | null = target; at; at = at.parentElement)
      if (at === target || at.hasAttribute('tabindex')) found.push(at)
    held = found
    before.push(target)
    if (before.length > REMEMBERED) before.shift()
  }
  /** Who presses beside everything wants no focus. */
  function onPress({ target }: PointerEvent): void {
    if (target instanceof Element && target.closest('button, a, input, select, textarea, [tabindex], label'))
      return
    held = []
    before.length = 0
  }

  const isFree = (): boolean => document.activeElement === null || document.activeElement === document.body
  const isThere = (element: HTMLElement): boolean =>
    element.isConnected && !element.matches(':disabled') && element.getClientRects().length > 0
  function giveBack(): void {
    if (!isFree()) return
    for (const element of held) {
      if (!isThere(element)) continue
      element.focus({ preventScroll: true })
      if (!isFree()) return
    }
  }
  /** To the latest control that is there; in an open dialog, to one of its own. */
  function recover(): void {
    // While files are read again, what was pressed is switched off; it has the focus again when they are.
    if (!isFree() || project.reading) return
    const open = [...document.querySelectorAll<HTMLElement>('[role="dialog"], dialog[open]')].findLast(
      isThere,
    )
    for (const element of [...before].reverse()) {
      if (!isThere(element) || (open && !open.contains(element))) continue
      // Ctrl+Z would take back what was typed there, not what was just done.
      if (!open && element.matches('input:not([type="checkbox"], [type="radio"]), textarea')) continue
      // what takes no focus any more leaves it where it is
      element.focus({ preventScroll: true })
      if (!isFree()) return
    }
    giveBack()
  }
  // Looked at a little later: what is hidden loses the focus with the next picture only.
  const observer = new MutationObserver(() => {
    if (timer !== undefined || before.length === 0) return
    timer = setTimeout(() => {
      timer = undefined
      recover()
    }, PATIENCE_MS)
  })

  onMounted(() => {
    addEventListener('focusin', onFocus)
    addEventListener('pointerdown', onPress)
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributeFilter: ['style', 'disabled', 'open', 'hidden'],
    })
  })
  onBeforeUnmount(() => {
    removeEventListener('focusin', onFocus)
    removeEventListener('pointerdown', onPress)
    observer.disconnect()
    clearTimeout(timer)
  })

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
      before.length = 0
      if (isStep(name)) document.querySelector<HTMLElement>('main.page')?.focus({ preventScroll: true })
      else if (isFree()) document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
    },
    { flush: 'post' },
  )
}
