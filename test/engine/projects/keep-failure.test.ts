import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-shared/contract/errors'
import { keepFailure } from '../../../src-main/engine/projects/keep-failure'
import { copyWhole, holdFile, makeFolders, workspaceAt } from '../../../src-main/engine/projects/workspace'
import { scratchFolder, type Scratch } from '../../support/simulated-table'

let scratch: Scratch
beforeEach(() => (scratch = scratchFolder()))
afterEach(() => scratch.remove())

describe('Work that cannot be kept', () => {
  it.each([
    ['ENOSPC', 'is full. Free some space'],
    ['EDQUOT', 'is full. Free some space'],
    ['EROFS', 'Make it writable'],
    ['EIO', 'could not be written'],
  ])('names the cause %s and what to do', (code, words) => {
    const failure = keepFailure(Object.assign(new Error(code), { code }))
    expect(failure).toMatchObject({ code: 'FILE_ACCESS', details: { code } })
    expect(failure.message).toContain(words)
  })

  it('for a reason that is known already keeps that reason', () => {
    const known = new AppError('INVALID_PARAMS', 'known')
    expect(keepFailure(known)).toBe(known)
  })
})

describe('A file that is taken into what is kept', () => {
  it('has its name only when all of it is there', async () => {
    const workspace = workspaceAt(scratch.folder, 'abcdefghijklmnopqrstu')
    await makeFolders(workspace)
    const path = scratch.file('table.csv', 'sample,TP53\ns1,4\n')
    const { sha256 } = await holdFile(workspace, path, 'table.csv')
    expect(readFileSync(workspace.dataFile(sha256), 'utf8')).toBe('sample,TP53\ns1,4\n')
    expect(readdirSync(join(workspace.folder, 'data'))).toEqual([sha256])
    // What a crash in the middle of a copy leaves is no file of that name, and is in nobody's way.
    writeFileSync(join(scratch.folder, 'part.tmp'), 'sam')
    await copyWhole(path, join(scratch.folder, 'part'))
    expect(readFileSync(join(scratch.folder, 'part'), 'utf8')).toBe('sample,TP53\ns1,4\n')
  })

  it('leaves nothing behind when it cannot be copied', async () => {
    mkdirSync(join(scratch.folder, 'taken'))
    const path = scratch.file('table.csv', 'x')
    await expect(copyWhole(path, join(scratch.folder, 'taken'))).rejects.toThrow()
    expect(readdirSync(scratch.folder).sort()).toEqual(['table.csv', 'taken'])
  })
})
