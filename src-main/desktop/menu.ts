import type { MenuItemConstructorOptions } from 'electron'
import type { ExternalPage, MenuCommand } from '../../src-shared/contract/host'

export interface MenuActions {
  readonly command: (command: MenuCommand) => void
  readonly openExternal: (page: ExternalPage) => void
}

export interface MenuContext {
  readonly isMac: boolean
  /** development tools are offered only when the app is not packaged */
  readonly isPackaged: boolean
}

/**
 * The application menu: the commands of the interface under the names and keys it shows. The window handles the
 * keys itself, the same way in the browser, so the menu only displays them; otherwise each would act twice.
 */
export function menuTemplate(
  actions: MenuActions,
  { isMac, isPackaged }: MenuContext,
): MenuItemConstructorOptions[] {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label,
    ...(accelerator ? { accelerator, registerAccelerator: false } : {}),
    click: () => actions.command(command),
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }

  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: '&File',
      submenu: [
        item('Open…', 'open', 'CmdOrCtrl+O'),
        separator,
        item('Save HTML Report…', 'export-report', 'CmdOrCtrl+S'),
        item('Save Result (JSON)…', 'export-result'),
        item('Save Edges (TSV)…', 'export-edges'),
        item('Save Targets (TSV)…', 'export-targets'),
        separator,
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        item('Undo', 'undo', 'CmdOrCtrl+Z'),
        item('Redo', 'redo', 'CmdOrCtrl+Shift+Z'),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        separator,
        item('Search…', 'find', 'CmdOrCtrl+K'),
      ],
    },
    {
      label: '&Analysis',
      submenu: [item('Run', 'run', 'CmdOrCtrl+Enter'), item('Cancel the Run', 'cancel', 'Esc')],
    },
    {
      label: '&View',
      submenu: [
        {
          label: 'Theme',
          submenu: [
            item('As the System', 'theme-system'),
            item('Light', 'theme-light'),
            item('Dark', 'theme-dark'),
          ],
        },
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(isPackaged ? [] : [{ role: 'toggleDevTools' } satisfies MenuItemConstructorOptions]),
      ],
    },
    {
      role: 'help',
      label: '&Help',
      submenu: [
        item('Help and Shortcuts', 'help', 'F1'),
        {
          id: 'paper',
          label: 'Open the Paper (arXiv)',
          click: () => actions.openExternal('paper'),
        },
        separator,
        { role: 'about' },
      ],
    },
  ]
}
