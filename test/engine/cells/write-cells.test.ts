import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeCells } from '../../../src-main/engine/cells/write-cells'
import { writeShards } from '../../../src-main/engine/shards'
import { openShard, readShardIndex } from '../../../src-main/io/shards'
import { fixture, modelLoader } from '../../model/tiny-model'
import { builtApp } from '../../support/built-app'
import { scratchFolder } from '../../support/simulated-table'

const scratch = scratchFolder()
const shards = join(scratch.folder, 'shards')
const out = join(scratch.folder, 'cells')
afterAll(() => scratch.remove())
const load = modelLoader()

interface Index {
  readonly families: string[]
  readonly heldOut: boolean[]
  readonly studies: Record<string, number[]>
  readonly target: { readonly rows: number; readonly names: string[] }
  readonly edge: { readonly rows: number; readonly names: string[] }
  readonly quantities: string[]
}

const bytes = (name: string): ArrayBuffer => {
  const file = readFileSync(join(out, name))
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength)
}

describe('cells for fitting the combiner', () => {
  beforeAll(async () => {
    await builtApp()
    await writeShards(shards, {
      count: 3,
      seed: 4,
      distribution: 'held-out',
      families: [],
      shapes: [{ genes: 5, experiments: 3 }],
      closedForm: true,
      conditions: [],
      threads: 1,
    })
  }, 300_000)

  it('hold every cell of every study, with both answers first and without the diagonal', async () => {
    const seen: number[] = []
    const summary = await writeCells([shards, shards], out, {
      model: fixture('good'),
      provider: 'cpu',
      most: 2,
      onProgress: (done, total) => seen.push(done / total),
    })
    expect(seen).toEqual([1 / 4, 2 / 4, 3 / 4, 1])
    expect(summary).toEqual({ studies: 4, targetRows: 4 * 15, edgeRows: 4 * 20 })
    const index = JSON.parse(readFileSync(join(out, 'cells.json'), 'utf8')) as Index
    expect(index).toMatchObject({ format: 'metacadi-cells', version: 1, featureVersion: 1 })
    for (const family of index.studies.family!) expect(index.heldOut[family]).toBe(true)
    expect(index.target.names.slice(0, 2)).toEqual(['closed', 'network'])

    const entry = (await readShardIndex(shards))!.shards[0]!
    const shard = await openShard(shards, entry)
    const study = await shard.study(1)
    await shard.close()
    const model = await load(fixture('good'))
    const { target, edge } = await model.infer(study.summary)
    const width = index.target.names.length
    const cells = new Float32Array(bytes('target.f32'))
    expect(cells).toHaveLength(summary.targetRows * width)
    for (let cell = 0; cell < 15; cell++) {
      const row = (15 + cell) * width
      expect(cells[row]).toBeCloseTo(Math.max(-20, Math.min(20, study.closed!.target[cell]!)), 4)
      expect(cells[row + 1]).toBeCloseTo(target[cell]!, 5)
    }
    const edgeCells = new Float32Array(bytes('edge.f32'))
    const offDiagonal = [...edge.keys()].filter((cell) => cell % 6 !== 0)
    offDiagonal.forEach((cell, at) =>
      expect(edgeCells[(20 + at) * index.edge.names.length + 1]).toBeCloseTo(edge[cell]!, 5),
    )
    expect([...cells, ...edgeCells].every(Number.isFinite)).toBe(true)
    expect([...new Uint8Array(bytes('edgeLabel.u8')).subarray(20, 40)]).toEqual(
      offDiagonal.map((cell) => study.edge[cell]),
    )
    expect([...new Int32Array(bytes('targetStudy.i32'))].filter((value) => value === 3)).toHaveLength(15)
    expect(new Float32Array(bytes('quantities.f32'))).toHaveLength(4 * index.quantities.length)
  })

  it('need shards that were made with the closed form', async () => {
    const plain = join(scratch.folder, 'plain')
    await writeShards(plain, {
      count: 1,
      seed: 1,
      distribution: 'training',
      families: [],
      shapes: [{ genes: 4, experiments: 2 }],
      closedForm: false,
      conditions: [],
      threads: 1,
    })
    const options = { model: fixture('good'), provider: 'cpu' } as const
    await expect(writeCells([plain], out, options)).rejects.toThrow('--closed-form')
    await expect(writeCells([scratch.folder], out, options)).rejects.toMatchObject({ code: 'FILE_ACCESS' })
  })
})
