import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Contract } from '../../src-shared/contract/contract'
import { ReadOptions } from '../../src-shared/contract/dataset-source'
import { DEFAULT_SETTINGS } from '../../src-shared/domain/run-settings'
import { createClient, createInProcessPair } from '../../src-shared/rpc'
import { createRng } from '../../src-main/core/random/rng'
import { createEngine } from '../../src-main/engine/engine'

export interface NewExperimentTiming {
  /** from the values of the new file to its targets, median of the rounds, milliseconds */
  readonly answer: number
  /** the whole call: start the reading process, read the file, answer */
  readonly call: number
  /** processor time of the engine for the whole call, all threads; what a busy machine does not lengthen */
  readonly processor: number
}

const ROUNDS = 10

/**
 * How long a user waits for the targets of one new experiment, through the contract, with a warm engine.
 *
 * @param d genes, and stored experiments
 * @param n samples of each experiment
 */
export async function timeNewExperiment(
  d: number,
  n: number,
  mode: 'instant' | 'full',
): Promise<NewExperimentTiming> {
  const folder = mkdtempSync(join(tmpdir(), 'metacadi-bench-'))
  const engine = createEngine({
    dataDir: join(folder, 'data'),
    sessionDir: join(folder, 'session'),
    examplesDir: folder,
  })
  const [own, other] = createInProcessPair()
  engine.connect(other)
  const client = createClient<Contract>(own)
  const write = (name: string, sizes: readonly number[], seed: number): Promise<string> => {
    const path = join(folder, name)
    writeFileSync(path, table(d, sizes, seed))
    return engine.grant({ name: basename(path), path })
  }
  try {
    const study = await write('study.csv', [100, ...Array.from({ length: d }, () => n)], 1)
    const fresh = await write('new.csv', [10, n], 2)
    const { datasetId } = await client.call('dataset.read', ReadOptions.parse({ files: [study] }))
    const { runId } = await client.call('analysis.run', {
      datasetId,
      settings: { ...DEFAULT_SETTINGS, mode },
      threads: 0,
    })
    const answers: number[] = []
    const calls: number[] = []
    const processors: number[] = []
    for (let round = 0; round < ROUNDS + 2; round++) {
      const from = performance.now()
      const before = process.cpuUsage()
      const answer = await client.call('run.adapt', { runId, read: ReadOptions.parse({ files: [fresh] }) })
      const call = performance.now() - from
      if (answer.mode !== mode) throw new Error(answer.warnings.join(' '))
      // the first two warm up
      if (round < 2) continue
      answers.push(answer.milliseconds)
      calls.push(call)
      const { user, system } = process.cpuUsage(before)
      processors.push((user + system) / 1e3)
    }
    return { answer: median(answers), call: median(calls), processor: median(processors) }
  } finally {
    client.close()
    await engine.shutdown()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A chain of genes; experiment k shifts gene k. */
function table(d: number, sizes: readonly number[], seed: number): string {
  const rng = createRng(seed)
  const lines = [['environment', ...Array.from({ length: d }, (_, j) => `G${j + 1}`)].join(',')]
  sizes.forEach((size, k) => {
    for (let row = 0; row < size; row++) {
      let value = 0
      const cells = Array.from({ length: d }, (_, j) => {
        value = 0.9 * value + 0.7 * rng.normal() + (k === j + 1 ? 3 : 0)
        return value.toFixed(4)
      })
      lines.push([k === 0 ? 'control' : `E${k}`, ...cells].join(','))
    }
  })
  return `${lines.join('\n')}\n`
}

function median(x: number[]): number {
  const sorted = x.sort((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
}
