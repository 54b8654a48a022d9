import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { betterPeers, peerHeadline, readPeers } from '../../../src-main/engine/benchmark/peers'
import type { CellRow } from '../../../src-main/engine/benchmark/report'

const cell: CellRow = {
  family: 'lin',
  genes: 10,
  samplesPerEnvironment: 3,
  runs: 10,
  targetAuroc: 0.99,
  targetAuprc: 0.9,
  topOne: 0.95,
  targetCalibration: 0.05,
  edgeAuroc: 0.95,
  edgeAuprc: 0.8,
  distance: 3,
  edgeCalibration: 0.05,
  seconds: 1,
}
const peer = { family: 'lin', d: 10, n: 3, runs: 8, intv_auprc: 0.8, top1: 0.9, edge_auprc: 0.7, shd: 4 }
const rows = [
  { ...peer, method: 'worse' },
  { ...peer, method: 'ahead', intv_auprc: 0.95, shd: 2 },
  { ...peer, method: 'level', intv_auprc: 0.9004, top1: 0.95, edge_auprc: 0.8, shd: 3 },
  { ...peer, method: 'rs_oracle', intv_auprc: 0.97, edge_auprc: 1, shd: 0 },
  { ...peer, method: 'other cell', n: 10, intv_auprc: 1 },
]

describe('peers', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peers-'))
    await mkdir(join(folder, 'public'))
  })
  afterEach(() => rm(folder, { recursive: true }))
  const manifest = (): string => join(folder, 'public', 'manifest.json')
  const read = async (): ReturnType<typeof readPeers> => {
    await writeFile(join(folder, 'peers_public.json'), JSON.stringify({ rows }))
    return readPeers(manifest())
  }

  it('are none when no file lies beside the folder of the manifest', async () => {
    expect(await readPeers(manifest())).toEqual([])
  })

  it('ahead are named with cell and metric, the best first', async () => {
    const better = betterPeers([cell], await read())
    expect(better.every(({ theirRuns }) => theirRuns === 8)).toBe(true)
    expect(
      better.map(({ metric, method, theirs, givenTruth }) => [metric, method, theirs, givenTruth]),
    ).toEqual([
      ['targetAuprc', 'rs_oracle', 0.97, true],
      ['targetAuprc', 'ahead', 0.95, false],
      ['distance', 'ahead', 2, false],
    ])
  })

  it('have headline means over cells, with a gap where they give no answer', async () => {
    const headline = peerHeadline(await read())
    const oracle = headline.find(({ method }) => method === 'rs_oracle')!
    expect(oracle.bySamples).toHaveLength(1)
    expect(oracle.bySamples[0]).toMatchObject({ samplesPerEnvironment: 3, targetAuprc: 0.97 })
    expect(oracle.bySamples[0]!.edgeAuprc).toBeNaN()
  })

  it('in a file of another shape are refused with its name', async () => {
    await writeFile(join(folder, 'peers_public.json'), '{"rows": [{"method": 1}]}')
    await expect(readPeers(manifest())).rejects.toMatchObject({ code: 'DATA_FORMAT' })
  })
})
