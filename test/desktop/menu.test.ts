import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from '../../src-main/desktop/menu'
import { ShowMenuMessage } from '../../src-shared/contract/host-messages'
import type { MenuDescription } from '../../src-shared/contract/host'

const MENUS: MenuDescription = [
  {
    name: 'file',
    label: 'Datei',
    items: [
      { id: 'open', label: 'Open…', shortcut: 'Ctrl+O', enabled: true },
      { id: 'save', label: 'Save & keep', shortcut: 'Ctrl+S', enabled: false, divided: true },
    ],
  },
  { name: 'edit', label: 'Edit', items: [{ id: 'undo', label: 'Undo Forbid A → B', enabled: true }] },
  { name: 'view', label: 'View', items: [{ id: 'dark', label: 'Dark', enabled: true, checked: true }] },
  { name: 'help', label: 'Help', items: [{ id: 'help', label: 'Help', shortcut: 'F1', enabled: true }] },
]

function items(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])])
}

function build(context: { isMac: boolean; isPackaged: boolean }): {
  all: MenuItemConstructorOptions[]
  heard: string[]
} {
  const heard: string[] = []
  return { all: items(menuTemplate(MENUS, { command: (id) => heard.push(id) }, context)), heard }
}
const byId = (all: readonly MenuItemConstructorOptions[], id: string): MenuItemConstructorOptions =>
  all.find((item) => item.id === id)!

describe('The application menu', () => {
  it.each([true, false])(
    'offers every command of the window once, in its words and state (macOS: %s)',
    (isMac) => {
      const { all, heard } = build({ isMac, isPackaged: true })
      for (const item of all.filter((candidate) => candidate.id))
        item.click?.(undefined as never, undefined, undefined as never)
      expect(heard).toEqual(MENUS.flatMap((menu) => menu.items.map((item) => item.id)))
      expect(byId(all, 'undo').label).toBe('Undo Forbid A → B')
      expect(byId(all, 'save')).toMatchObject({ enabled: false, label: 'Save && keep' })
      expect(byId(all, 'dark')).toMatchObject({ type: 'checkbox', checked: true })
      expect(all.some((item) => item.label === 'Datei')).toBe(true)
    },
  )

  it('only displays the keys of commands: the window acts on them', () => {
    const { all } = build({ isMac: false, isPackaged: true })
    const withKeys = all.filter((item) => item.accelerator)
    expect(withKeys.map((item) => item.accelerator)).toEqual(['CmdOrCtrl+O', 'CmdOrCtrl+S', 'F1'])
    for (const item of withKeys) expect(item.registerAccelerator).toBe(false)
  })

  it('offers the development tools only in development, and zoom always', () => {
    const roles = (isPackaged: boolean): unknown[] =>
      build({ isMac: false, isPackaged }).all.map((item) => item.role)
    expect([roles(true).includes('toggleDevTools'), roles(false).includes('toggleDevTools')]).toEqual([
      false,
      true,
    ])
    expect(roles(true)).toEqual(expect.arrayContaining(['zoomIn', 'zoomOut', 'resetZoom', 'quit', 'copy']))
  })

  it('is only taken from the window as it is described, and nothing else', () => {
    expect(ShowMenuMessage.safeParse([MENUS]).success).toBe(true)
    const odd = [{ name: 'file', label: 'x', items: [{ id: '../x', label: 'x', enabled: true }] }]
    expect(ShowMenuMessage.safeParse([odd]).success).toBe(false)
    expect(ShowMenuMessage.safeParse([[{ name: 'apple', label: 'x', items: [] }]]).success).toBe(false)
  })
})
