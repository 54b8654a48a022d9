/**
 * Keys that were pressed while the app was still being read. A window begins with a small script (see `early.ts`); what is
 * pressed before the rest is there would otherwise go to the browser or be lost.
 */
let held: KeyboardEvent[] = []

/** With Ctrl or Cmd; the browser's own use of others stays. */
const LETTERS = new Set(['o', 's', 'k', 'f', 'z', 'y', ',', 'enter'])
const MOST = 10

function hold(event: KeyboardEvent): void {
  const isOurs =
    (event.ctrlKey || event.metaKey) && !event.altKey
      ? LETTERS.has(event.key.toLowerCase())
      : event.key === 'F1' || event.key === 'F6'
  if (!isOurs || held.length >= MOST) return
  event.preventDefault()
  held.push(event)
}

/** Begins to hold keys. */
export const holdEarlyKeys = (): void => addEventListener('keydown', hold)

/** Ends that. @returns what was pressed meanwhile, in order */
export function takeEarlyKeys(): readonly KeyboardEvent[] {
  removeEventListener('keydown', hold)
  const taken = held
  held = []
  return taken
}
