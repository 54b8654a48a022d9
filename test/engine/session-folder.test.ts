import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSessionFolder } from '../../src-main/engine/session-folder'
import { scratchFolder, type Scratch } from '../support/simulated-table'

let scratch: Scratch
beforeEach(() => (scratch = scratchFolder()))
afterEach(() => scratch.remove())

describe('The folder of a session', () => {
  it('removes those of sessions that were killed, and no other', () => {
    const make = (name: string, owner: string | null): string => {
      const folder = join(scratch.folder, name)
      mkdirSync(folder)
      writeFileSync(join(folder, 'upload'), 'x')
      if (owner !== null) writeFileSync(join(folder, 'owner.json'), owner)
      return folder
    }
    const alive = createSessionFolder('web-', scratch.folder)
    const own = JSON.parse(readFileSync(join(alive, 'owner.json'), 'utf8')) as { bootedAt: number }
    const killed = make('web-killed', JSON.stringify({ ...own, process: 999_999_999 }))
    const stays = [
      alive,
      make('web-unknown', null),
      make('web-strange', '{}'),
      make('web-far', JSON.stringify({ ...own, computer: 'elsewhere' })),
      make('other-killed', JSON.stringify({ ...own, process: 999_999_999 })),
    ]
    const next = createSessionFolder('web-', scratch.folder)
    expect(existsSync(killed)).toBe(false)
    expect([...stays, next].map((folder) => existsSync(folder))).not.toContain(false)
  })
})
