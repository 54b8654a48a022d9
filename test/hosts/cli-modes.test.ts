import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyOfGood } from '../model/tiny-model'
import { builtApp } from '../support/built-app'
import { scratchFolder, simulatedTable } from '../support/simulated-table'

const scratch = scratchFolder()
const model = copyOfGood()
let cli: string
let study: string

beforeAll(async () => {
  cli = (await builtApp()).path('main/cli.js')
  study = scratch.file('study.csv', simulatedTable(6))
  model.changeManifest({ combiner: null }) // the combiner of the tiny model reads features of its own
}, 200_000)
afterAll(() => {
  scratch.remove()
  model.remove()
})

interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

const run = (modelDir: string, ...args: string[]): Promise<Outcome> =>
  promisify(execFile)(process.execPath, [cli, ...args], {
    cwd: scratch.folder,
    env: {
      ...process.env,
      METACADI_DATA_DIR: join(scratch.folder, 'data'),
      METACADI_MODEL_DIR: modelDir,
    },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (error: unknown) => {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
      return { code, out: stdout, err: stderr }
    },
  )
const none = join(scratch.folder, 'no-model')

describe('metacadi analyze --mode', () => {
  it('says which method answered, and writes the same record', async () => {
    const full = await run(model.folder, 'analyze', study, '--provider', 'cpu', '--out', 'full')
    expect(full.out).toMatch(/^method: network and closed form combined; model [0-9a-f]{12} on cpu$/m)
    const instant = await run(
      model.folder,
      'analyze',
      study,
      '--mode',
      'instant',
      '--json',
      '--out',
      'instant',
    )
    expect(JSON.parse(instant.out)).toMatchObject({ mode: 'instant', model: { provider: 'cpu' } })
    const closed = await run(model.folder, 'analyze', study, '--mode', 'closed-form', '--out', 'closed')
    expect(closed.out).toMatch(/^method: closed form alone$/m)
    for (const [folder, mode] of [
      ['full', 'full'],
      ['instant', 'instant'],
      ['closed', 'closed-form'],
    ] as const)
      expect(readFileSync(join(scratch.folder, folder, 'result.json'), 'utf8')).toContain(`"mode":"${mode}"`)
  }, 120_000)

  it('answers new experiments under an instant result', async () => {
    const answer = await run(model.folder, 'targets', 'instant', study, '--out', 'new')
    expect(answer.code).toBe(0)
    expect(answer.out).toContain('6 new experiments')
  }, 60_000)

  it('goes on without a model in mode full with a warning, and cannot in mode instant', async () => {
    const full = await run(none, 'analyze', study, '--out', 'without')
    expect(full.code).toBe(0)
    expect(full.out).toMatch(/learned model did not take part/)
    const instant = await run(none, 'analyze', study, '--mode', 'instant')
    expect(instant.code).toBe(1)
    expect(instant.err).toMatch(/'Full' or 'Closed form'/)
  }, 60_000)

  it('names its choices', async () => {
    const { code, err } = await run(none, 'analyze', study, '--mode', 'instnat')
    expect(code).toBe(2)
    expect(err).toMatch(/full, instant, closed-form.*Did you mean 'instant'/s)
  }, 30_000)
})

describe('metacadi benchmark --parts', () => {
  it('writes the report with its reliability curves', async () => {
    const list = scratch.file(
      'list.json',
      JSON.stringify({
        families: [{ family: 'lin', sizes: [{ genes: 5, samplesPerEnvironment: 4 }], seeds: [1, 2] }],
      }),
    )
    await run(none, 'simulate', list, '--out', 'studies')
    const manifest = join('studies', 'manifest.json')
    const { code, out } = await run(
      none,
      'benchmark',
      manifest,
      '--parts',
      '--model',
      model.folder,
      '--out',
      'bm',
    )
    expect(code).toBe(0)
    expect(out).toMatch(/^lin +5 +4 +closed form /m)
    expect(readFileSync(join(scratch.folder, 'bm', 'reliability-network.svg'), 'utf8')).toMatch(/^<svg/)
    const report = JSON.parse(readFileSync(join(scratch.folder, 'bm', 'benchmark.json'), 'utf8')) as {
      parts: { part: string }[]
    }
    expect(report.parts.map(({ part }) => part)).toEqual(['network', 'closed-form', 'mean'])
  }, 120_000)
})

describe('metacadi cells', () => {
  it('is listed for development and asks for its folder', async () => {
    const help = await run(none, 'help')
    expect(help.out).toMatch(/cells +Development: /)
    const { code, err } = await run(none, 'cells', 'nothing')
    expect(code).toBe(2)
    expect(err).toMatch(/--out is missing/)
  }, 30_000)
})
