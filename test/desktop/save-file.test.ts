import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { safeFileName, saveFile } from '../../src-main/desktop/save-file'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metacadi-save-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('Saving a file', () => {
  it('replaces the old content and leaves nothing else behind', async () => {
    const path = join(folder, 'edges.tsv')
    writeFileSync(path, 'old')
    await saveFile(path, new TextEncoder().encode('new'))
    expect(readFileSync(path, 'utf8')).toBe('new')
    expect(readdirSync(folder)).toEqual(['edges.tsv'])
  })

  it('keeps the target and cleans up when it cannot be replaced', async () => {
    const path = join(folder, 'taken')
    mkdirSync(join(path, 'inside'), { recursive: true })
    await expect(saveFile(path, new Uint8Array([1]))).rejects.toThrow()
    expect(readdirSync(folder)).toEqual(['taken'])
    expect(readdirSync(path)).toEqual(['inside'])
  })
})

describe('A suggested file name', () => {
  it.each([
    ['targets of Drug A.tsv', 'targets of Drug A.tsv'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['a/b\\c:d*e?.tsv', 'a_b_c_d_e_.tsv'],
    ['line\nbreak\u0000.json', 'line_break_.json'],
    ['  .hidden. ', 'hidden'],
    ['', '_'],
    ['CON.tsv', '_CON.tsv'],
    ['Größe β.html', 'Größe β.html'],
  ])('%j becomes %j', (given, safe) => {
    expect(safeFileName(given)).toBe(safe)
  })

  it('keeps its extension when it is cut', () => {
    const safe = safeFileName(`${'x'.repeat(500)}.tsv`)
    expect(safe.endsWith('.tsv')).toBe(true)
    expect(safe.length).toBeLessThanOrEqual(121)
  })
})
