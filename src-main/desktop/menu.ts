import type { MenuItemConstructorOptions } from 'electron'
import type { MenuDescription, MenuEntry } from '../../src-shared/contract/host'

export interface MenuActions {
  /** an entry of the window's own menu was chosen */
  readonly command: (id: string) => void
}

export interface MenuContext {
  readonly isMac: boolean
  /** development tools are offered only when the app is not packaged */
  readonly isPackaged: boolean
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' }

/**
 * The application menu: the menus the window describes, in its language and with its present state, and the entries that belong
 * to the system. The window handles the keys itself, the same way in the browser, so the menu only displays them;
 * otherwise each would act twice.
 */
export function menuTemplate(
  menus: MenuDescription,
  actions: MenuActions,
  { isMac, isPackaged }: MenuContext,
): MenuItemConstructorOptions[] {
  const item = ({ id, label, shortcut, enabled, checked }: MenuEntry): MenuItemConstructorOptions => ({
    id,
    // An ampersand would underline the letter after it.
    label: label.replaceAll('&', '&&'),
    enabled,
    ...(checked === undefined ? {} : { type: 'checkbox', checked }),
    ...(shortcut ? { accelerator: acceleratorOf(shortcut), registerAccelerator: false } : {}),
    click: () => actions.command(id),
  })
  const entries = (list: readonly MenuEntry[]): MenuItemConstructorOptions[] =>
    list.flatMap((entry) => (entry.divided ? [SEPARATOR, item(entry)] : [item(entry)]))
  const ofSystem: Readonly<Record<string, readonly MenuItemConstructorOptions[]>> = {
    file: [SEPARATOR, isMac ? { role: 'close' } : { role: 'quit' }],
    edit: [SEPARATOR, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
    view: [
      SEPARATOR,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      SEPARATOR,
      { role: 'togglefullscreen' },
      ...(isPackaged ? [] : [{ role: 'toggleDevTools' } satisfies MenuItemConstructorOptions]),
    ],
  }
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    ...menus.map(({ name, label, items }) => ({
      label,
      ...(name === 'help' ? { role: 'help' as const } : {}),
      submenu: [...entries(items), ...(ofSystem[name] ?? [])],
    })),
  ]
}

const acceleratorOf = (shortcut: string): string =>
  shortcut.replace(/^Ctrl/, 'CmdOrCtrl').replace(/\bEsc$/, 'Escape')
