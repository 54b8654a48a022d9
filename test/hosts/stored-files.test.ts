import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { FileDescription } from '../../src-shared/contract/file-description'
import type { PredictedGene } from '../../src-shared/domain/what-if'
import { startEngine } from '../engine/engine-fixture'
import { builtApp } from '../support/built-app'
import { scratchFolder, type Scratch } from '../support/simulated-table'

vi.setConfig({ testTimeout: 60_000 })

const FIXTURES = resolve(import.meta.dirname, '../fixtures')
const PROJECT = join(FIXTURES, 'projects/version-1.metacadi')
const RESULT = join(FIXTURES, 'result/version-1.json')

let scratch: Scratch
let cli: string

const run = (...args: string[]): { code: number | null; out: string; err: string } => {
  const env = { ...process.env, METACADI_DATA_DIR: join(scratch.folder, 'data') }
  const done = spawnSync(process.execPath, [cli, ...args], { cwd: scratch.folder, env, encoding: 'utf8' })
  return { code: done.status, out: done.stdout, err: done.stderr }
}
const described = (path: string): FileDescription =>
  JSON.parse(run('info', path, '--json').out) as FileDescription

beforeAll(async () => {
  cli = (await builtApp()).path('main/cli.js')
  scratch = scratchFolder()
}, 200_000)
afterAll(() => scratch.remove())

describe('metacadi what-if', () => {
  it('gives the numbers that the window shows for the same question', async () => {
    const { code, out } = run('what-if', RESULT, '--hold', 'G01=-2', '--shift', 'G03=1', '--json')
    expect(code).toBe(0)
    const said = JSON.parse(out) as { genes: PredictedGene[]; interventions: unknown[]; draws: number }
    const fixture = startEngine()
    try {
      const { runId } = await fixture.client.call('run.open', { file: await fixture.grant(RESULT) })
      const answer = await fixture.client.call('run.whatIf', {
        runId,
        interventions: [
          { gene: 'G01', kind: 'hold', amount: -2 },
          { gene: 'G03', kind: 'shift', amount: 1 },
        ],
      })
      expect(said.interventions).toEqual(answer.interventions)
      expect(said.draws).toBe(answer.draws)
      for (const [j, gene] of answer.genes.entries())
        expect(said.genes.find((row) => row.gene === gene)).toMatchObject({
          shift: answer.shift[j],
          low: answer.low[j],
          high: answer.high[j],
          downstream: answer.downstream[j],
        })
    } finally {
      await fixture.end()
    }
    // What was done stands first, in both.
    expect(said.genes.slice(0, 2).map(({ gene, acted }) => [gene, acted])).toEqual([
      ['G01', true],
      ['G03', true],
    ])
  })

  it('does what an experiment did, beside what was observed, for the run that a project shows', () => {
    const { code, out } = run('what-if', PROJECT, '--as', 'env02', '--all')
    expect(code).toBe(0)
    expect(out).toMatch(/^ {2}G0\d (held at|shifted by) [+-]\d/m)
    expect(out).toMatch(/gene +shift +95 % interval +P\(follows\) +in env02/)
    expect(out.match(/^ {2}G0\d +[+-]\d\.\d\d +[+-]\d/gm)?.length).toBeGreaterThanOrEqual(2)
  })

  it('says what is wrong with a question', () => {
    expect(run('what-if', RESULT).err).toContain('Nothing is held or shifted')
    expect(run('what-if', RESULT, '--hold', 'G01').err).toContain('must look like "GENE=AMOUNT"')
    expect(run('what-if', RESULT, '--shift', 'G01=99').err).toContain("from -20 to 20; 'G01=99' was given")
    const unknown = run('what-if', RESULT, '--shift', 'G1=1')
    expect(unknown).toMatchObject({ code: 2, out: '' })
    expect(unknown.err).toContain("'G1' is no gene of this run. Did you mean 'G01'?")
  })
})

describe('metacadi info FILE', () => {
  it('tells what is in a project, with hashes, settings and constraints of its runs', () => {
    expect(described(PROJECT)).toMatchObject({
      command: 'info',
      kind: 'project',
      name: 'study',
      version: 1,
      constraints: { required: 1, forbidden: 1, tier: 0, root: 0, leaf: 0 },
      steps: { undo: 1, redo: 0 },
      files: [{ name: 'study.csv', bytes: 856, state: 'held' }],
      runs: [
        { seed: 1, shown: false, state: 'held', constraints: { required: 0, forbidden: 1 } },
        { seed: 2, shown: true, deleted: false, state: 'held' },
      ],
    })
    const text = run('info', PROJECT).out
    expect(text).toContain('constraints  2 (1 required, 1 forbidden)')
    expect(text).toMatch(/study\.csv +856 B +d77f33ad03aa/)
  })

  it('tells which part of a project is damaged', () => {
    const bytes = readFileSync(PROJECT)
    const entry = bytes.indexOf('data/d77f33ad03aa')
    bytes.fill(0x55, entry + 100, entry + 160)
    const damaged = join(scratch.folder, 'damaged.metacadi')
    writeFileSync(damaged, bytes)
    expect(described(damaged)).toMatchObject({ files: [{ state: 'damaged' }], runs: [{ state: 'held' }, {}] })
  })

  it('tells what is in a result, and in a report with the project that it carries', () => {
    const result = described(RESULT)
    expect(result).toMatchObject({
      kind: 'result',
      samples: 21,
      run: { genes: 4, environments: 3, mode: 'closed-form', seed: 1, constraints: { forbidden: 1 } },
    })
    expect(run('report', RESULT, '--out', 'report.html').code).toBe(0)
    const report = described('report.html')
    expect(report).toMatchObject({ kind: 'report', samples: 21, project: { runs: [{ state: 'held' }] } })
    if (report.kind === 'report' && result.kind === 'result')
      expect(report.run.resultHash).toBe(result.run.resultHash)
    expect(run('info', 'report.html').out).toContain('It carries a project')
  })

  it('says what to choose where a file is none of these', () => {
    const table = scratch.file('table.csv', 'gene,a,b\nX,1,2\n')
    expect(run('info', table)).toMatchObject({ code: 2, out: '' })
  })
})
