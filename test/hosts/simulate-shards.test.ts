import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtApp } from '../support/built-app'

let cli: string
let folder: string
beforeAll(async () => {
  cli = (await builtApp()).path('main/cli.js')
  folder = mkdtempSync(join(tmpdir(), 'metacadi-shards-cli-'))
}, 200_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

function simulate(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) =>
    execFile(process.execPath, [cli, 'simulate', ...args], { cwd: folder }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
    ),
  )
}

describe('metacadi simulate --shards', { timeout: 120_000 }, () => {
  it('writes shards with an index and says how fast it was', async () => {
    const args = ['--shards', 'made', '--count', '24', '--seed', '2', '--shapes', '4x3', '--closed-form']
    const { code, out, err } = await simulate(...args, '--threads', '1')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/24 studies in 2 shards/)
    expect(out).toMatch(/24 studies made now in .*studies\/s\/core/)
    const index = JSON.parse(readFileSync(join(folder, 'made', 'index.json'), 'utf8')) as {
      shards: { studies: number; sections: Record<string, { shape: number[] }> }[]
    }
    expect(index.shards.map(({ studies }) => studies)).toEqual([16, 8])
    expect(index.shards[0]!.sections.closedTarget!.shape).toEqual([16, 3, 4])
  })

  it('answers with one JSON object, and progress as JSON lines', async () => {
    const { code, out, err } = await simulate('--shards', 'json', '--count', '8', '--shapes', '3x2', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ command: 'simulate', studies: 8, made: 8 })
    const events = err.trimEnd().split('\n')
    expect(JSON.parse(events.at(-1)!)).toMatchObject({ type: 'progress', percent: 100 })
  })

  it('refuses shapes and families that it does not know', async () => {
    expect(await simulate('--shards', 'bad', '--shapes', '20y20')).toMatchObject({ code: 2 })
    const { code, err } = await simulate('--shards', 'bad', '--families', 'bumps')
    expect(code).toBe(2)
    expect(err).toContain("There is no family 'bumps'")
  })
})
