import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtApp } from '../support/built-app'
import { scratchFolder, simulatedTable, type Scratch } from '../support/simulated-table'
import { openBrowser } from './browser'

let scratch: Scratch
let cli: string
let study: string

interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

interface Running {
  readonly ended: Promise<Outcome>
  /** resolves when standard error has matched */
  readonly sees: (pattern: RegExp) => Promise<void>
  readonly signal: (name: NodeJS.Signals) => void
  readonly out: () => string
}

function start(...args: string[]): Running {
  const env = { ...process.env, METACADI_DATA_DIR: join(scratch.folder, 'data') }
  const child = spawn(process.execPath, [cli, ...args], { cwd: scratch.folder, env })
  let [out, err] = ['', '']
  const watchers: (() => void)[] = []
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
    for (const watch of watchers) watch()
  })
  return {
    ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err }))),
    sees: (pattern) =>
      new Promise((resolve) => {
        const watch = (): void => {
          if (pattern.test(err)) resolve()
        }
        watchers.push(watch)
        watch()
      }),
    signal: (name) => void child.kill(name),
    out: () => out,
  }
}

const run = (...args: string[]): Promise<Outcome> => start(...args).ended
const inScratch = (...path: string[]): string => join(scratch.folder, ...path)
const read = (...path: string[]): string => readFileSync(inScratch(...path), 'utf8')

beforeAll(async () => {
  cli = (await builtApp()).path('main/cli.js')
  scratch = scratchFolder()
  study = scratch.file('study.csv', simulatedTable(6))
}, 200_000)
afterAll(() => scratch.remove())

describe('metacadi analyze', () => {
  it('writes the three files and says the answer on standard output, nothing on standard error', async () => {
    const { code, out, err } = await run('analyze', study)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('6 genes, 6 experiments')
    expect(out.match(/^ {2}env0\d /gm)).toHaveLength(6)
    expect(out).toMatch(/\d+ edges have a probability above 0\.5/)
    const folder = join('metacadi-out', 'study')
    expect(readdirSync(inScratch(folder)).sort()).toEqual(['edges.tsv', 'result.json', 'targets.tsv'])
    expect(read(folder, 'edges.tsv').trimEnd().split('\n')).toHaveLength(1 + 30)
    expect(read(folder, 'targets.tsv').trimEnd().split('\n')).toHaveLength(1 + 36)
  })

  it('gives one JSON summary on standard output and progress as JSON lines with --json', async () => {
    const { code, out, err } = await run('analyze', study, '--json', '--out', 'json', '--report')
    expect(code).toBe(0)
    expect(out.trimEnd().split('\n')).toHaveLength(1)
    const summary = JSON.parse(out) as Record<string, unknown>
    expect(summary).toMatchObject({
      command: 'analyze',
      genes: 6,
      experiments: 6,
      control: 'control',
      seed: 1,
    })
    const events = err
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; percent: number })
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['progress']))
    expect(events.at(-1)?.percent).toBe(100)
    expect(existsSync(inScratch('json', 'report.html'))).toBe(true)
    expect(read('json', 'result.json')).toContain(String(summary.resultHash))
  })

  it('gives the same files for any number of threads', async () => {
    for (const threads of ['1', '2'])
      await run('analyze', study, '--threads', threads, '--out', `t${threads}`)
    for (const file of ['edges.tsv', 'targets.tsv']) expect(read('t1', file)).toBe(read('t2', file))
  })

  it('obeys constraints, tiers and known targets', async () => {
    const tiers = scratch.file('tiers.txt', '# early genes\nG05\nG06\n')
    const given = [
      '--require',
      'G01>G02',
      '--forbid',
      'G03->G04',
      '--known-targets',
      'env01=G04;?',
      '--tiers',
      tiers,
    ]
    const { code } = await run('analyze', study, ...given, '--out', 'known')
    expect(code).toBe(0)
    const edges = read('known', 'edges.tsv')
    expect(edges).toMatch(/^G01\tG02\t(?:[^\t]*\t){4}1\t.*\trequired\t/m)
    expect(edges).toMatch(/^G03\tG04\t(?:[^\t]*\t){4}0\t.*\tforbidden\t/m)
    expect(edges).toMatch(/^G06\tG05\t(?:[^\t]*\t){4}0\t.*\ttier\t/m)
    expect(read('known', 'targets.tsv')).toMatch(/^env01\tG04\tG04\t1\t1\t.*\tgiven\t/m)
  })

  it('stops on Ctrl+C with 5, writes no result, and goes on with --resume to the same result', async () => {
    const big = scratch.file('big.csv', simulatedTable(20))
    const args = ['analyze', big, '--sweeps', '4000', '--json']
    const first = start(...args, '--out', 'resumed')
    await first.sees(/"stage":"searching"/)
    const before = performance.now()
    first.signal('SIGINT')
    const stopped = await first.ended
    expect(performance.now() - before).toBeLessThan(1_500)
    expect(stopped.code).toBe(5)
    expect(stopped.out).toBe('')
    expect(JSON.parse(stopped.err.trimEnd().split('\n').at(-1)!)).toMatchObject({
      type: 'error',
      code: 'CANCELLED',
    })
    expect(existsSync(inScratch('resumed'))).toBe(false)

    const resumed = await run(...args, '--out', 'resumed', '--resume')
    // Told once at most, as found: no gene is scored again.
    expect([...resumed.err.matchAll(/"stage":"scoring"/g)].length).toBeLessThan(2)
    const whole = await run(...args, '--out', 'whole')
    const hash = (outcome: Outcome): unknown => (JSON.parse(outcome.out) as { resultHash: string }).resultHash
    expect(hash(resumed)).toBe(hash(whole))
  }, 60_000)
})

describe('bad input ends with the exit code of its kind and names the remedy', () => {
  it.each<[string, () => string[], number, RegExp]>([
    ['no command', () => [], 2, /^$/],
    ['an unknown command', () => ['analyse', study], 2, /Did you mean 'analyze'/],
    [
      'an unknown option',
      () => ['analyze', study, '--sed', '3'],
      2,
      /no option --sed\. Did you mean --seed\?/,
    ],
    ['an option without its value', () => ['analyze', study, '--seed'], 2, /--seed needs a value/],
    ['a switch with a value', () => ['analyze', study, '--json=yes'], 2, /takes no value/],
    [
      'a value that is no choice',
      () => ['analyze', study, '--preset', 'nosy-counts'],
      2,
      /Did you mean 'noisy-counts'/,
    ],
    ['a number out of range', () => ['analyze', study, '--seed', '-4'], 2, /--seed/],
    [
      'a number that is none',
      () => ['analyze', study, '--fdr', 'abc'],
      2,
      /--fdr must be a number from 0\.001 to 0\.5/,
    ],
    ['a missing argument', () => ['analyze'], 2, /Name the data to analyse: metacadi analyze DATA/],
    ['too many arguments', () => ['info', 'x', 'y'], 2, /one argument too many/],
    ['a file that is not there', () => ['analyze', 'none.csv'], 2, /no file 'none\.csv'/],
    [
      'a folder that is no 10x folder',
      () => ['analyze', '.'],
      2,
      /is a folder without matrix\.mtx, barcodes\.tsv and features\.tsv/,
    ],
    ['a malformed edge', () => ['analyze', study, '--require', 'G01'], 2, /--require must look like "A>B"/],
    [
      'malformed known targets',
      () => ['analyze', study, '--known-targets', 'env01='],
      2,
      /--known-targets must look like/,
    ],
    [
      'constraints that contradict each other',
      () => ['analyze', study, '--require', 'G01>G02', '--forbid', 'G01>G02'],
      2,
      /both required and forbidden/,
    ],
    ['an unknown control', () => ['analyze', study, '--control', 'DMSO'], 2, /DMSO/],
    [
      'text where numbers belong',
      () => [
        'analyze',
        scratch.file('text.csv', simulatedTable(6).replace(/^(control,[^,]*,)[^,]*/m, '$1n.d.')),
      ],
      3,
      /--text-cells missing/,
    ],
    ['a table that is none', () => ['analyze', scratch.file('none.csv.gz', '\u001f\u008bgarbage')], 2, /./],
    ['an empty file', () => ['validate', scratch.file('empty.csv', '')], 2, /./],
    ['a result that is none', () => ['targets', study, study], 2, /not a MetaCaDI result/],
    ['an output folder that cannot be made', () => ['analyze', study, '--out', join(study, 'x')], 2, /--out/],
    ['an unknown example', () => ['serve', '--example', 'nothing'], 2, /no example 'nothing'/],
  ])('%s', async (_what, args, expected, message) => {
    const { code, out, err } = await run(...args())
    expect({ code, err }).toMatchObject({ code: expected })
    expect(err).toMatch(message)
    if (expected !== 2 || args().length > 0) expect(out.startsWith('MetaCaDI learns')).toBe(false)
  })

  it('tells errors as JSON with --json and keeps standard output empty', async () => {
    const { code, out, err } = await run('analyze', study, '--json', '--sed', '3')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(JSON.parse(err)).toMatchObject({ type: 'error', code: 'INVALID_PARAMS' })
  })
})

describe('the other commands', () => {
  it('targets answers new experiments under a stored result', async () => {
    await run('analyze', study, '--out', 'stored')
    const fresh = scratch.file('fresh.csv', simulatedTable(6, 4))
    const { code, out } = await run('targets', 'stored', fresh, '--json', '--out', 'fresh')
    expect(code).toBe(0)
    expect((JSON.parse(out) as { targets: unknown[] }).targets).toHaveLength(6)
    expect(read('fresh', 'targets.tsv').trimEnd().split('\n')).toHaveLength(1 + 36)
  })

  it('validate lists what was found and ends with 0 when nothing blocks', async () => {
    const { code, out } = await run('validate', study)
    expect(code).toBe(0)
    expect(out).toContain('genes-in-columns, comma')
    expect(out).toMatch(/control +30 +control/)
  })

  it('simulate writes a study that analyze reads, the same for the same seed', async () => {
    for (const out of ['sim1', 'sim2']) await run('simulate', '--genes', '5', '--seed', '9', '--out', out)
    expect(read('sim1', 'study.csv')).toBe(read('sim2', 'study.csv'))
    const truth = JSON.parse(read('sim1', 'study.truth.json')) as { edges: unknown[] }
    expect(truth.edges.length).toBeGreaterThan(0)
    expect((await run('analyze', join('sim1', 'study.csv'))).code).toBe(0)
  })

  it('benchmark scores the studies of a list against their truth', async () => {
    const list = {
      families: [{ family: 'lin', sizes: [{ genes: 4, samplesPerEnvironment: 5 }], seeds: [1, 2] }],
    }
    const spec = scratch.file('list.json', JSON.stringify(list))
    expect((await run('simulate', spec, '--out', 'bench')).code).toBe(0)
    const { code, out } = await run('benchmark', join('bench', 'manifest.json'), '--json', '--out', 'scores')
    expect(code).toBe(0)
    const report = JSON.parse(out) as { datasets: unknown[]; failures: unknown[] }
    expect(report.datasets).toHaveLength(2)
    expect(report.failures).toEqual([])
    expect(statSync(inScratch('scores', 'benchmark.json')).size).toBeGreaterThan(100)
  })

  it('info tells the version of the package', async () => {
    const { out } = await run('info', '--json')
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect(JSON.parse(out)).toMatchObject({ command: 'info', version })
    expect((await run('--version')).out.trim()).toBe(version)
  })

  it.each(['analyze', 'targets', 'validate', 'simulate', 'benchmark', 'serve', 'info', 'what-if'])(
    '%s has a help with an example',
    async (command) => {
      const { code, out } = await run(command, '--help')
      expect(code).toBe(0)
      expect(out).toContain(`Example: metacadi ${command}`)
    },
  )

  it('serve opens a stored result and ends cleanly on Ctrl+C', async () => {
    await run('analyze', study, '--out', 'served')
    const server = start('serve', 'served', '--json')
    while (server.out() === '') await new Promise((resolve) => setTimeout(resolve, 50))
    const { address, run: runId } = JSON.parse(server.out()) as { address: string; run: string }
    expect(address).toContain(`#/results/${runId}/`)
    const browser = await openBrowser(address)
    const { client } = await browser.connect()
    expect((await client.call('run.view', { runId })).genes).toHaveLength(6)
    client.close()
    server.signal('SIGINT')
    expect((await server.ended).code).toBe(0)
  })
})
