import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { EXPORT_FORMAT_IDS } from '../../src-shared/contract/export-formats'
import { resultHash } from '../../src-main/io/result/result-hash'
import { serialiseResult } from '../../src-main/io/result/serialise-result'
import { makeResult } from '../report/make-result'
import { builtApp } from '../support/built-app'
import { scratchFolder, type Scratch } from '../support/simulated-table'

// hostile names and processes of their own take long on a busy computer
vi.setConfig({ testTimeout: 120_000 })

let scratch: Scratch
let cli: string

const run = (...args: string[]): { code: number | null; out: string; err: string } => {
  const env = { ...process.env, METACADI_DATA_DIR: join(scratch.folder, 'data') }
  const done = spawnSync(process.execPath, [cli, ...args], { cwd: scratch.folder, env, encoding: 'utf8' })
  return { code: done.status, out: done.stdout, err: done.stderr }
}
const inScratch = (...path: string[]): string => join(scratch.folder, ...path)

beforeAll(async () => {
  cli = (await builtApp()).path('main/cli.js')
  scratch = scratchFolder()
  const result = makeResult({ name: 'my study' })
  mkdirSync(inScratch('run'))
  writeFileSync(
    inScratch('run', 'result.json'),
    serialiseResult({ ...result, resultHash: resultHash(result) }),
  )
}, 200_000)
afterAll(() => scratch.remove())

describe('metacadi export', () => {
  it('lists every format with its purpose', () => {
    const { code, out } = run('export', '--list')
    expect(code).toBe(0)
    for (const format of EXPORT_FORMAT_IDS) expect(out).toMatch(new RegExp(`^ {2}${format} `, 'm'))
  })

  it('writes one format to the file that was named', () => {
    const { code, out } = run('export', 'run', '--format', 'graphml', '--out', 'paper/figure1.graphml')
    expect({ code, out }).toEqual({ code: 0, out: `${join('paper', 'figure1.graphml')}\n` })
    expect(readFileSync(inScratch('paper', 'figure1.graphml'), 'utf8')).toContain('<graphml')
  })

  it('writes several formats to a folder, named after the data set', () => {
    const { code } = run('export', 'run', '--format', 'cx2', '--format', 'edges-csv', '--out', 'several')
    expect(code).toBe(0)
    expect(readdirSync(inScratch('several')).sort()).toEqual(['my-study-edges.csv', 'my-study-network.cx2'])
  })

  it('gives the same bytes every time, and fewer edges at a higher probability', () => {
    const edges = (name: string, ...more: string[]): string => {
      expect(run('export', 'run/result.json', '--format', 'edges-tsv', '--out', name, ...more).code).toBe(0)
      return readFileSync(inScratch(name), 'utf8')
    }
    expect(edges('a.tsv')).toBe(edges('b.tsv'))
    expect(edges('c.tsv', '--min-probability', '0.5').length).toBeLessThan(edges('a.tsv').length)
  })

  it.each([
    [['export', 'run'], /--format is missing/],
    [['export', 'run', '--format', 'cx'], /Did you mean 'cx2'/],
    [['export', 'run', '--format', 'cx2', '--min-probability', '2'], /from 0 to 1; '2' was given/],
    [['export', '--format', 'cx2'], /RESULT is missing/],
    [['export', 'none.json', '--format', 'cx2'], /no file 'none\.json'/],
  ])('refuses %j', (args, message) => {
    const { code, err } = run(...args)
    expect(code).toBe(2)
    expect(err).toMatch(message)
  })
})
