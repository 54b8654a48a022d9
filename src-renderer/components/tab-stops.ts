import { nextTick, onBeforeUnmount, watch, type Ref } from 'vue'

/**
 * Long lists, rows of buttons and tables are one stop of the Tab key each; arrow keys move inside (WAI-ARIA Authoring
 * Practices: toolbar, feed, treegrid). What the pieces hold is theirs: their controls are found in the page and taken
 * out of the Tab order there.
 */
type Root = Readonly<Ref<HTMLElement | null>>

const CONTROL = 'button, input, select, textarea, summary, a[href], [tabindex]'
const controlsIn = (root: HTMLElement): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(CONTROL)]
const usable = (element: HTMLElement): boolean =>
  !element.matches(':disabled') && element.checkVisibility({ visibilityProperty: true })

function setStop(element: HTMLElement, isStop: boolean): void {
  const wanted = isStop ? 0 : -1
  if (element.tabIndex !== wanted) element.tabIndex = wanted
}

/** Runs `sync` whenever something comes, goes or changes its place in the Tab order inside. */
function keep(root: Root, sync: (element: HTMLElement) => void): void {
  let observer: MutationObserver | null = null
  watch(
    root,
    (element) => {
      observer?.disconnect()
      if (!element) return
      sync(element)
      observer = new MutationObserver(() => sync(element))
      observer.observe(element, {
        childList: true,
        subtree: true,
        attributeFilter: ['tabindex', 'disabled', 'data-stop'],
      })
    },
    { immediate: true, flush: 'post' },
  )
  onBeforeUnmount(() => observer?.disconnect())
}

/** Text fields keep the arrow keys until the caret stands at their edge. */
function caretStays(target: HTMLElement, forward: boolean): boolean {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return false
  if (target.matches('[type=checkbox], [type=radio]')) return false
  return forward ? target.selectionEnd !== target.value.length : target.selectionStart !== 0
}

function take(event: KeyboardEvent): void {
  event.preventDefault()
  event.stopPropagation()
}

const plain = (event: KeyboardEvent): boolean => !event.ctrlKey && !event.metaKey && !event.altKey

/**
 * A row of buttons: Left and Right move, Home and End go to its ends.
 * @returns the listener for `keydown` and that for `focusin`
 */
export function useToolbar(root: Root): {
  onKey: (event: KeyboardEvent) => void
  onFocus: (event: FocusEvent) => void
} {
  let current: HTMLElement | null = null
  function sync(element: HTMLElement): void {
    const all = controlsIn(element)
    if (!current || !all.includes(current)) current = all.find(usable) ?? all[0] ?? null
    for (const control of all) setStop(control, control === current)
  }
  keep(root, sync)
  function onKey(event: KeyboardEvent): void {
    if (!root.value || !plain(event)) return
    const all = controlsIn(root.value).filter(usable)
    const at = all.findIndex((control) => control === document.activeElement)
    if (at < 0) return
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (to === undefined) return
    take(event)
    all[(to + all.length) % all.length]?.focus()
  }
  function onFocus({ target }: FocusEvent): void {
    if (!root.value || !(target instanceof HTMLElement) || !controlsIn(root.value).includes(target)) return
    current = target
    sync(root.value)
  }
  return { onKey, onFocus }
}

/**
 * Cards below each other, each marked with `data-card` and able to take the focus: Tab reaches one of them and then
 * what it holds; Up and Down go to the others.
 */
export function useCards(root: Root): {
  onKey: (event: KeyboardEvent) => void
  onFocus: (event: FocusEvent) => void
} {
  let current: HTMLElement | null = null
  const cardsIn = (element: HTMLElement): HTMLElement[] => [
    ...element.querySelectorAll<HTMLElement>('[data-card]'),
  ]
  function sync(element: HTMLElement): void {
    const cards = cardsIn(element)
    if (!current || !cards.includes(current)) current = cards[0] ?? null
    for (const card of cards) {
      setStop(card, card === current)
      for (const control of controlsIn(card)) setStop(control, card === current)
    }
  }
  keep(root, sync)
  function onKey(event: KeyboardEvent): void {
    if (!root.value || !plain(event) || !(event.target instanceof HTMLElement)) return
    const cards = cardsIn(root.value)
    const at = cards.findIndex((card) => card === event.target)
    if (at < 0) {
      const card = event.target.closest<HTMLElement>('[data-card]')
      if (event.key !== 'Escape' || !card) return
      take(event)
      card.focus()
      return
    }
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: cards.length - 1 }[event.key]
    if (to === undefined) return
    take(event)
    cards[Math.max(0, Math.min(cards.length - 1, to))]?.focus()
  }
  function onFocus({ target }: FocusEvent): void {
    const card = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-card]') : null
    if (!root.value || !card) return
    current = card
    sync(root.value)
  }
  return { onKey, onFocus }
}

export interface GridRows {
  /** the element with the role of a grid; its body rows carry `aria-rowindex`, the heading being row 1 */
  readonly grid: Root
  readonly count: () => number
  /** index of the row that is chosen, -1 = none */
  readonly chosen: () => number
  readonly choose: (index: number) => void
  /** Enter on a row; without it Enter goes into the row */
  readonly activate?: (index: number) => void
  /** rows that PageUp and PageDown go */
  readonly page: () => number
}

/**
 * A table whose rows are chosen with Up and Down. Right, or F2, goes to what can be pressed in the row, Left and Right
 * move there, Up and Down do as well unless the control needs them, Esc comes back; Up from the first row reaches the
 * headings. Controls marked with `data-row-name` repeat what choosing the row does and are passed over.
 * @returns the listener for `keydown` in the capture phase, before the controls have it
 */
export function useGridKeys({
  grid,
  count,
  chosen,
  choose,
  activate,
  page,
}: GridRows): (event: KeyboardEvent) => void {
  keep(grid, (element) => controlsIn(element).forEach((control) => setStop(control, false)))

  const rowAt = (index: number): HTMLElement | null =>
    grid.value?.querySelector<HTMLElement>(`tbody tr[aria-rowindex="${index + 2}"]`) ?? null
  const inRow = (row: HTMLElement): HTMLElement[] =>
    controlsIn(row).filter((control) => usable(control) && !control.hasAttribute('data-row-name'))
  const headings = (): HTMLElement[] =>
    [...(grid.value?.querySelectorAll<HTMLElement>('thead button') ?? [])].filter(usable)

  /** A row that is far away is drawn when the table has scrolled to it. */
  async function enter(index: number, at: number): Promise<void> {
    const to = Math.max(0, Math.min(count() - 1, index))
    if (chosen() !== to) choose(to)
    await nextTick()
    if (!rowAt(to)) await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    const row = rowAt(to)
    const controls = row ? inRow(row) : []
    controls[Math.min(at, controls.length - 1)]?.focus()
  }

  function onGrid(event: KeyboardEvent): void {
    const at = chosen()
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page(),
      PageUp: at - page(),
      Home: 0,
      End: count() - 1,
    }[event.key]
    if (event.key === 'ArrowUp' && at <= 0 && headings().length > 0) {
      take(event)
      headings()[0]?.focus()
    } else if (to !== undefined) {
      take(event)
      if (count() > 0) choose(Math.max(0, Math.min(count() - 1, to)))
    } else if (event.key === 'ArrowRight' || event.key === 'F2' || (event.key === 'Enter' && !activate)) {
      take(event)
      void enter(at, 0)
    } else if (event.key === 'Enter' && at >= 0) {
      take(event)
      activate?.(at)
    }
  }

  function onHeading(event: KeyboardEvent, target: HTMLElement): void {
    const all = headings()
    const at = all.findIndex((heading) => heading === target)
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      take(event)
      all[(at + (event.key === 'ArrowRight' ? 1 : -1) + all.length) % all.length]?.focus()
    } else if (event.key === 'ArrowDown' || event.key === 'Escape') {
      take(event)
      grid.value?.focus()
    }
  }

  function onControl(event: KeyboardEvent, target: HTMLElement): void {
    const row = target.closest<HTMLElement>('tr')
    if (!row) return
    const controls = inRow(row)
    const at = controls.indexOf(target)
    if (event.key === 'Escape') {
      // an open list closes first
      if (target.getAttribute('aria-expanded') === 'true') return
      take(event)
      grid.value?.focus()
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const forward = event.key === 'ArrowRight'
      if (caretStays(target, forward)) return
      take(event)
      if (!forward && at <= 0) grid.value?.focus()
      else controls[Math.min(controls.length - 1, at + (forward ? 1 : -1))]?.focus()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!target.matches('button, [type=checkbox]')) return
      take(event)
      const index = Number(row.getAttribute('aria-rowindex')) - 2
      void enter(index + (event.key === 'ArrowDown' ? 1 : -1), at)
    }
  }

  return (event) => {
    const { target } = event
    if (!plain(event) || !(target instanceof HTMLElement)) return
    if (target === grid.value) onGrid(event)
    else if (target.closest('thead')) onHeading(event, target)
    else onControl(event, target)
  }
}
