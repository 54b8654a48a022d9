import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  lstatSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockFile } from '../../../src-main/io/project/lock'
import { ownerAlive, ownerHere, type Owner } from '../../../src-main/io/project/owner'
import { replaceFile } from '../../../src-main/io/project/replace-file'
import { scratchFolder, type Scratch } from '../../support/simulated-table'

let scratch: Scratch
let path: string
beforeEach(() => {
  scratch = scratchFolder()
  path = scratch.file('study.metacadi', 'old')
})
afterEach(() => scratch.remove())

const own = ownerHere('own')
const leaveLock = (owner: Partial<Owner>, since = new Date().toISOString()): void => {
  const holder = { user: 'somebody', ...own, ...owner, since }
  writeFileSync(join(scratch.folder, '.study.metacadi.lock'), JSON.stringify(holder))
}
const stateOf = async (): Promise<string> => (await lockFile(path, own)).state

describe('The lock of a project file', () => {
  it('is taken from a process that has ended, and not from one that lives', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await once(child, 'spawn')
    const held = { process: child.pid!, instance: 'child', startedAt: undefined }
    leaveLock(held)
    expect(await stateOf()).toBe('taken')
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    expect(await stateOf()).toBe('held')
  })

  it('is free after a restart of the computer, whatever has the number of the process now', async () => {
    leaveLock({ process: process.ppid, instance: 'before', startedAt: undefined })
    expect(await stateOf()).toBe('taken')
    leaveLock({
      process: process.ppid,
      instance: 'before',
      startedAt: undefined,
      bootedAt: own.bootedAt! - 900,
    })
    expect(await stateOf()).toBe('held')
  })

  it.runIf(process.platform === 'linux')('is free when its number belongs to a later process', async () => {
    leaveLock({ process: process.ppid, instance: 'before', startedAt: '1' })
    expect(await stateOf()).toBe('held')
    expect(ownerAlive({ ...own, instance: 'another', startedAt: '1' }, own)).toBe(false)
    expect(ownerAlive(own, own)).toBe(true)
  })

  it('of another computer counts for two days', async () => {
    const ago = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString()
    leaveLock({ computer: 'elsewhere' }, ago(40))
    expect(await stateOf()).toBe('taken')
    leaveLock({ computer: 'elsewhere' }, ago(50))
    expect(await stateOf()).toBe('held')
  })

  it('is held by one of many that find an old one at the same time, and nothing is left beside it', async () => {
    for (let round = 0; round < 10; round++) {
      leaveLock({ computer: 'elsewhere' }, '2000-01-01T00:00:00Z')
      const askers = Array.from({ length: 8 }, (_, index) => ({ ...own, instance: `asker ${index}` }))
      // Each asker takes the others, which live in this process too, for living owners on another computer.
      const computer = (index: number): string => `computer ${index}`
      const attempts = await Promise.all(
        askers.map((asker, index) => lockFile(path, { ...asker, computer: computer(index) })),
      )
      const held = attempts.flatMap((attempt) => (attempt.state === 'held' ? [attempt] : []))
      expect(held.length).toBe(1)
      await held[0]!.release()
      expect(readdirSync(scratch.folder)).toEqual(['study.metacadi'])
    }
  })

  it('can be taken over on purpose; the first then no longer gives it back', async () => {
    const first = await lockFile(path, { ...own, computer: 'a' })
    const second = await lockFile(path, { ...own, computer: 'b' }, true)
    expect([first.state, second.state]).toEqual(['held', 'held'])
    if (first.state === 'held') await first.release()
    expect((await lockFile(path, { ...own, computer: 'c' })).state).toBe('taken')
  })

  it('that is no lock of ours is nobody’s', async () => {
    writeFileSync(join(scratch.folder, '.study.metacadi.lock'), '')
    expect(await stateOf()).toBe('held')
  })
})

describe('A file that is replaced', () => {
  const write = (text: string) => (put: (bytes: Uint8Array) => Promise<void>) => put(Buffer.from(text))

  it.skipIf(process.platform === 'win32')(
    'keeps its permissions; the copy of what it held is whole',
    async () => {
      chmodSync(path, 0o640)
      for (const text of ['new', 'newer']) {
        await replaceFile(path, write(text), { keepPrevious: true })
        expect(statSync(path).mode & 0o777).toBe(0o640)
      }
      expect(readFileSync(`${path}.bak`, 'utf8')).toBe('new')
      expect(readdirSync(scratch.folder).sort()).toEqual(['study.metacadi', 'study.metacadi.bak'])
    },
  )

  it('leaves the earlier copy alone when the new one cannot be made', async () => {
    await replaceFile(path, write('new'), { keepPrevious: true })
    const { realDisk } = await import('../../../src-main/io/project/disk')
    const renames: string[] = []
    const disk = {
      ...realDisk,
      duplicate: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })),
      rename: (from: string, to: string) => {
        renames.push(to)
        return realDisk.rename(from, to)
      },
    }
    await expect(replaceFile(path, write('newer'), { keepPrevious: true, disk })).rejects.toThrow(
      /disk is full/,
    )
    expect([readFileSync(path, 'utf8'), readFileSync(`${path}.bak`, 'utf8')]).toEqual(['new', 'old'])
    expect(renames).toEqual([])
  })

  it.skipIf(process.platform === 'win32')(
    'is not what a link to it names: links are followed before',
    async () => {
      const { realPathOf } = await import('../../../src-main/engine/projects/file-state')
      const link = join(scratch.folder, 'link.metacadi')
      symlinkSync(path, link)
      await replaceFile(await realPathOf(link), write('new'))
      expect(lstatSync(link).isSymbolicLink()).toBe(true)
      expect(readFileSync(link, 'utf8')).toBe('new')
    },
  )
})
