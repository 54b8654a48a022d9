import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../src-shared/contract/errors'
import { MECHANISM_FAMILIES } from '../../../src-shared/domain/simulation'
import { simulateManifest } from '../../engine/benchmark/simulate-manifest'
import { simulate as simulateFiles } from '../../engine/simulate'
import type { Command, CommandContext } from './command'
import { requireFile } from './engine-session'
import { saveFiles } from './save-files'
import { SHARD_OPTIONS, simulateShards } from './simulate-shards'

const MODELS = [...MECHANISM_FAMILIES, 'kinetics', 'counts'] as const

export const simulate: Command = {
  summary: 'Simulate a study with known truth, or all studies of a list, as tables that analyze reads.',
  positionals: { names: 'SPEC', min: 0, max: 1 },
  options: {
    genes: { value: 'N', help: 'Genes, from 2 to 1000. Default 20.' },
    environments: { value: 'N', help: 'Perturbed experiments. Default: as many as genes.' },
    samples: { value: 'N', help: 'Samples per experiment. Default 10.' },
    'control-samples': { value: 'N', help: 'Samples of the control. Default 100.' },
    model: {
      value: 'KIND',
      choices: MODELS,
      help: `How genes act on each other: ${MODELS.join(', ')}. Default linear.`,
    },
    seed: { value: 'N', help: 'The same specification and seed give the same study. Default 1.' },
    out: { value: 'DIR', help: 'Folder for the files; by default metacadi-out/simulated.' },
    json: { help: 'One JSON summary on standard output.' },
    ...SHARD_OPTIONS,
  },
  example: 'metacadi simulate --genes 20 --samples 5 --model kinetics --seed 7 --out simulated',
  notes: [
    'Writes study.csv and study.truth.json. SPEC is a JSON file: one specification (all fields of SimulationSpec), or a list of families with sizes and seeds, for which every study and a manifest.json for metacadi benchmark are written.',
    'With --shards the studies are those that the learned model is trained on, as summary features with their truth; interrupted runs go on where they were.',
  ],
  run: simulateWith,
}

async function simulateWith(context: CommandContext): Promise<void> {
  const { args, terminal, signal } = context
  const shards = args.text('shards')
  if (shards !== undefined) return simulateShards(shards, context)
  const folder = args.text('out') ?? join('metacadi-out', 'simulated')
  const specPath = args.positionals[0]
  const given = specPath === undefined ? undefined : await readJson(specPath)
  if (specPath !== undefined && typeof given === 'object' && given !== null && 'families' in given) {
    const onProgress = (done: number, total: number): void =>
      terminal.progress({ stage: 'writing', percent: (100 * done) / total, etaSeconds: null, memoryBytes: 0 })
    const manifest = await simulateManifest(specPath, folder, { signal, onProgress })
    terminal.answer(`${manifest}\n`, { command: 'simulate', files: [manifest] })
    return
  }
  const seed = args.count('seed', { min: 0, max: 2 ** 31 - 1 }) ?? 1
  const study = simulateFiles(given ?? specFrom(args), seed)
  const files = await saveFiles(folder, [
    { name: 'study.csv', content: study.csv },
    { name: 'study.truth.json', content: study.truth },
  ])
  const { genes, environments, samples, edges } = study
  terminal.answer(
    `${genes} genes, ${edges} edges, ${environments} experiments, ${samples} samples, seed ${seed}\n${files.map((file) => `  ${file}\n`).join('')}`,
    { command: 'simulate', genes, edges, experiments: environments, samples, seed, files },
  )
}

function specFrom(args: CommandContext['args']): object {
  const genes = args.count('genes', { min: 2, max: 1000 }) ?? 20
  const model = args.text('model') ?? 'linear'
  return {
    genes,
    environments: args.count('environments', { min: 0, max: 5000 }) ?? genes,
    samplesPerEnvironment: args.count('samples', { min: 1, max: 100_000 }) ?? 10,
    controlSamples: args.count('control-samples', { min: 0, max: 100_000 }) ?? 100,
    model:
      model === 'kinetics'
        ? { kind: 'kinetics' }
        : model === 'counts'
          ? { kind: 'kinetics', measurement: { kind: 'counts' } }
          : { kind: 'additive-noise', mechanism: model },
  }
}

const MAX_SPEC_BYTES = 10 * 1024 * 1024

async function readJson(path: string): Promise<unknown> {
  requireFile(path)
  if ((await stat(path)).size > MAX_SPEC_BYTES)
    throw new AppError('DATA_FORMAT', `'${path}' is too large for a specification.`)
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new AppError('DATA_FORMAT', `'${path}' is not a JSON file.`, {
      error: error instanceof Error ? error.message : String(error),
    })
  }
}
