import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from '../../src-main/desktop/menu'
import { MENU_COMMANDS } from '../../src-shared/contract/host'

function items(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])])
}

function build(context: { isMac: boolean; isPackaged: boolean }): {
  all: MenuItemConstructorOptions[]
  heard: string[]
} {
  const heard: string[] = []
  const template = menuTemplate(
    { command: (command) => heard.push(command), openExternal: (page) => heard.push(`page:${page}`) },
    context,
  )
  return { all: items(template), heard }
}

describe('The application menu', () => {
  it.each([true, false])('offers every command of the interface exactly once (macOS: %s)', (isMac) => {
    const { all, heard } = build({ isMac, isPackaged: true })
    for (const item of all.filter((candidate) => candidate.id && candidate.id !== 'paper'))
      item.click?.(undefined as never, undefined, undefined as never)
    expect(heard.sort()).toEqual([...MENU_COMMANDS].sort())
  })

  it('only displays the keys of commands: the window acts on them', () => {
    const { all } = build({ isMac: false, isPackaged: true })
    const withKeys = all.filter((item) => item.accelerator)
    expect(withKeys.length).toBeGreaterThan(4)
    for (const item of withKeys) expect(item.registerAccelerator).toBe(false)
  })

  it('offers the development tools only in development', () => {
    const hasTools = (isPackaged: boolean): boolean =>
      build({ isMac: false, isPackaged }).all.some((item) => item.role === 'toggleDevTools')
    expect([hasTools(true), hasTools(false)]).toEqual([false, true])
  })
})
