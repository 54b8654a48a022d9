import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { builtApp } from '../support/built-app'

const MODEL = resolve(import.meta.dirname, '../fixtures/model/good')
let cli: string

beforeAll(async () => {
  cli = (await builtApp()).path('main/cli.js')
}, 200_000)

async function answer(model: string, ...args: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args, '--json'], {
    env: { ...process.env, METACADI_MODEL_DIR: model },
  })
  return JSON.parse(stdout) as Record<string, unknown>
}

describe('the built command line', () => {
  it('gpu status tells what the build supports, where the files belong and what passed the self-test', async () => {
    const status = await answer(MODEL, 'gpu', 'status')
    expect(status).toMatchObject({
      command: 'gpu status',
      providers: expect.arrayContaining([{ name: 'cpu', bundled: true }]),
      cuda: { supported: process.platform === 'linux' && process.arch === 'x64' },
      model: { available: true },
    })
  })

  it('info tells the learned model and the provider that was asked for', async () => {
    const { model } = await answer(MODEL, 'info', '--provider', 'cpu')
    expect(model).toMatchObject({
      available: true,
      featureVersion: 1,
      provider: { used: 'cpu', tried: [{ provider: 'cpu', reason: null }] },
    })
  })

  it('info tells why there is none', async () => {
    const { model } = await answer('/nowhere', 'info')
    expect(model).toEqual({
      available: false,
      reason: 'This copy of the program comes without a learned model.',
    })
  })
})
