import { onBeforeUnmount, onMounted, watch, type ComputedRef } from 'vue'
import { takeEarlyKeys } from '../services/early-keys'
import type { Command } from './commands'
import { useShell } from './shell'

/** "Ctrl+Shift+Z" for a key press; Cmd counts as Ctrl. */
export function chordOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key === 'Escape' ? 'Esc' : event.key
  const parts = [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey ? 'Shift' : '',
  ]
  return [...parts.filter(Boolean), key].join('+')
}

const ALIASES: Readonly<Record<string, string>> = { 'Ctrl+Y': 'Ctrl+Shift+Z', 'Ctrl+F': 'Ctrl+K' }
/** Inside a text field these belong to the field. */
const FIELD_OWNS = new Set(['Ctrl+Z', 'Ctrl+Shift+Z', 'Ctrl+Y'])

function inField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input:not([type=checkbox], [type=range], [type=number]), textarea')
  )
}

/**
 * Global keys; dialogs and menus take Esc first.
 * @param ready what the window had open before is back; keys pressed earlier wait for it
 */
export function useShortcuts(commands: ComputedRef<readonly Command[]>, ready: () => boolean): void {
  const shell = useShell()
  function onKey(event: KeyboardEvent): void {
    if (!event.defaultPrevented) act(event)
  }
  function act(event: KeyboardEvent): void {
    const chord = chordOf(event)
    if (chord === 'Shift+F6') {
      event.preventDefault()
      shell.nextPanel(-1)
      return
    }
    if (FIELD_OWNS.has(chord) && inField(event.target)) return
    const wanted = ALIASES[chord] ?? chord
    const command = commands.value.find((other) => other.shortcut === wanted)
    if (!command) return
    const overlay = document.querySelector(
      '.el-overlay:not([style*="display: none"]), [popover]:popover-open',
    )
    if (overlay && chord === 'Esc') return
    if (chord !== 'Esc') event.preventDefault()
    if (command.enabled) command.run()
  }
  function begin(): void {
    addEventListener('keydown', onKey)
    for (const event of takeEarlyKeys()) act(event)
  }
  onMounted(() => {
    if (ready()) begin()
    else watch(ready, begin, { once: true })
  })
  onBeforeUnmount(() => removeEventListener('keydown', onKey))
}
