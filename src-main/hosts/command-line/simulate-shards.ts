import { availableParallelism } from 'node:os'
import {
  DISTRIBUTIONS,
  LARGEST_SHARD_SEED,
  SHARD_CONDITIONS,
  parseFamilies,
  parseShapes,
  writeShards,
  type Distribution,
} from '../../engine/shards'
import type { CommandContext } from './command'
import type { OptionSpecs } from './options'
import { duration } from './terminal'

export const SHARD_OPTIONS = {
  shards: {
    value: 'DIR',
    help: 'Write shards of studies for training the model into this folder instead of one study.',
  },
  count: { value: 'N', help: 'With --shards: studies in all. Default 1000.' },
  distribution: {
    value: 'KIND',
    choices: DISTRIBUTIONS,
    help: `With --shards: ${DISTRIBUTIONS.join(', ')}. Default ${DISTRIBUTIONS[0]}.`,
  },
  families: { value: 'NAMES', help: 'With --shards: only these families of studies, with commas.' },
  shapes: {
    value: 'LIST',
    help: 'With --shards: genes x experiments, such as 20x20,50x15. Default: the shapes of training.',
  },
  plain: { help: 'With --shards: only studies without any nuisance.' },
  weak: { help: 'With --shards: only studies whose actions are all weak (0.3 to 1 sd).' },
  shift: { help: 'With --shards: only studies whose actions are all shifts.' },
  'closed-form': { help: 'With --shards: also run the closed-form analysis, for fitting the combiner.' },
  threads: {
    value: 'N',
    help: 'With --shards: worker threads; 0 = one per core. Does not change the shards.',
  },
} as const satisfies OptionSpecs

/** Fills a folder with shards; what is there already is kept. */
export async function simulateShards(
  folder: string,
  { args, terminal, signal }: CommandContext,
): Promise<void> {
  const started = performance.now()
  let first: number | undefined
  const summary = await writeShards(folder, {
    count: args.count('count', { min: 1, max: 100_000_000 }) ?? 1000,
    seed: args.count('seed', { min: 0, max: LARGEST_SHARD_SEED }) ?? 1,
    distribution: (args.text('distribution') as Distribution | undefined) ?? DISTRIBUTIONS[0],
    families: parseFamilies(args.text('families') ?? ''),
    shapes: args.text('shapes') === undefined ? [] : parseShapes(args.text('shapes')!),
    closedForm: args.isOn('closed-form'),
    conditions: SHARD_CONDITIONS.filter((condition) => args.isOn(condition)),
    threads: args.count('threads', { min: 0, max: 64 }) || availableParallelism(),
    signal,
    onProgress: (done, total) => {
      first ??= done
      const elapsed = (performance.now() - started) / 1000
      terminal.progress({
        stage: 'writing',
        percent: (100 * done) / total,
        etaSeconds: done > first ? (elapsed * (total - done)) / (done - first) : null,
        memoryBytes: process.memoryUsage.rss(),
      })
    },
  })
  const { studies, shards, bytes, made, seconds, studiesPerSecondAndCore: rate } = summary
  const speed = made > 0 ? `, ${rate.toFixed(0)} studies/s/core` : ''
  terminal.answer(
    `${studies} studies in ${shards} shards, ${(bytes / 1e6).toFixed(0)} MB, in ${folder}\n` +
      `${made} studies made now in ${duration(seconds)}${speed}\n`,
    { command: 'simulate', folder, ...summary, studiesPerSecondAndCore: made > 0 ? rate : null },
  )
}
