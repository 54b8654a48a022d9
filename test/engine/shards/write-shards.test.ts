import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeShards, type ShardOptions } from '../../../src-main/engine/shards'
import { readShardIndex, shardIsWhole } from '../../../src-main/io/shards'
import { builtApp } from '../../support/built-app'

let root: string
beforeAll(async () => {
  await builtApp()
  root = mkdtempSync(join(tmpdir(), 'metacadi-shards-'))
}, 200_000)
afterAll(() => rmSync(root, { recursive: true, force: true }))

const OPTIONS: ShardOptions = {
  count: 40,
  seed: 3,
  distribution: 'training',
  families: [],
  closedForm: false,
  conditions: [],
  shapes: [
    { genes: 4, experiments: 3 },
    { genes: 5, experiments: 2 },
  ],
  threads: 1,
}

const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((file) => [file, readFileSync(join(folder, file)).toString('base64')]),
  )

describe('writing shards', { timeout: 120_000 }, () => {
  it('gives the same files for any number of threads, each as its checksum says', async () => {
    const [one, three] = [join(root, 'one'), join(root, 'three')]
    const progress: number[] = []
    const summary = await writeShards(one, { ...OPTIONS, onProgress: (done) => progress.push(done) })
    await writeShards(three, { ...OPTIONS, threads: 3 })
    expect(contents(three)).toEqual(contents(one))
    expect(summary).toMatchObject({ studies: 40, made: 40, shards: 3 })
    expect(summary.studiesPerSecondAndCore).toBeGreaterThan(0)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    expect(progress.at(-1)).toBe(40)
    const index = await readShardIndex(one)
    for (const entry of index!.shards) expect(await shardIsWhole(one, entry)).toBe(true)
  })

  it('says what all studies have in common, and does not mix them with others', async () => {
    const folder = join(root, 'plain')
    const options: ShardOptions = { ...OPTIONS, count: 8, conditions: ['plain', 'weak'] }
    await writeShards(folder, options)
    expect((await readShardIndex(folder))!.conditions).toEqual(['plain', 'weak'])
    await expect(writeShards(folder, { ...options, conditions: ['plain'] })).rejects.toThrow('other settings')
    await expect(writeShards(join(root, 'audit'), { ...options, distribution: 'audit' })).rejects.toThrow(
      '--plain',
    )
  })

  it('makes again only what is missing or damaged', async () => {
    const folder = join(root, 'resumed')
    await writeShards(folder, OPTIONS)
    const before = contents(folder)
    const files = Object.keys(before).filter((file) => file.endsWith('.bin'))
    rmSync(join(folder, files[0]!))
    appendFileSync(join(folder, files[1]!), 'x')
    expect(await writeShards(folder, OPTIONS)).toMatchObject({ made: 32 })
    expect(contents(folder)).toEqual(before)
    expect(await writeShards(folder, OPTIONS)).toMatchObject({ made: 0, studiesPerSecondAndCore: NaN })
  })

  it('refuses a folder whose shards were made with another seed', async () => {
    const folder = join(root, 'mixed')
    await writeShards(folder, OPTIONS)
    await expect(writeShards(folder, { ...OPTIONS, seed: 4 })).rejects.toMatchObject({
      code: 'INVALID_PARAMS',
    })
  })

  it('leaves whole shards only when it is cancelled, and goes on from there', async () => {
    const folder = join(root, 'cancelled')
    const cancel = new AbortController()
    const onProgress = (done: number): void => {
      if (done >= 20) cancel.abort()
    }
    const ending = writeShards(folder, { ...OPTIONS, count: 400, signal: cancel.signal, onProgress })
    await expect(ending).rejects.toMatchObject({ code: 'CANCELLED' })
    const index = await readShardIndex(folder)
    const files = readdirSync(folder).filter((file) => file !== 'index.json')
    expect(files.every((file) => file.endsWith('.bin'))).toBe(true)
    for (const entry of index!.shards) expect(await shardIsWhole(folder, entry)).toBe(true)
    const summary = await writeShards(folder, { ...OPTIONS, count: 400 })
    expect(summary.made).toBeLessThanOrEqual(400)
    expect((await readShardIndex(folder))!.shards).toHaveLength(summary.shards)
  })

  it('says which families a distribution does not have', async () => {
    const options = { ...OPTIONS, families: ['bump'] } as const
    await expect(writeShards(join(root, 'none'), options)).rejects.toMatchObject({ code: 'INVALID_PARAMS' })
  })
})
