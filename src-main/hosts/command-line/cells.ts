import { writeCells } from '../../engine/cells/write-cells'
import { modelDir } from '../../engine/paths'
import { exactProviderFrom, MODEL_OPTIONS, type Command } from './command'
import { usageError } from './options'

export const cells: Command = {
  summary: 'Development: write what the combiner is fitted on, from shards with known truth.',
  positionals: { names: 'SHARDS', min: 1, max: 50 },
  options: {
    ...MODEL_OPTIONS,
    most: { value: 'N', help: 'Studies of each folder of shards, at most.' },
    out: { value: 'DIR', help: 'Folder for cells.json and its arrays.' },
    json: { help: 'One JSON summary on standard output.' },
  },
  example: 'metacadi cells shards/held-out shards/training --out cells',
  notes: [
    'SHARDS are folders that simulate --shards --closed-form wrote. The files are read by fit-combiner in models/training.',
  ],
  run: async ({ args, terminal, signal }) => {
    const out = args.text('out')
    if (out === undefined) throw usageError('--out is missing: the folder for the cells.', 'out')
    const started = performance.now()
    const summary = await writeCells(args.positionals, out, {
      model: args.text('model') ?? modelDir(),
      provider: exactProviderFrom(args),
      most: args.count('most', { min: 1, max: 100_000_000 }),
      signal,
      onProgress: (done, total) => {
        const elapsed = (performance.now() - started) / 1000
        terminal.progress({
          stage: 'writing',
          percent: (100 * done) / total,
          etaSeconds: (elapsed * (total - done)) / done,
          memoryBytes: process.memoryUsage.rss(),
        })
      },
    })
    const { studies, targetRows, edgeRows } = summary
    terminal.answer(`${studies} studies, ${targetRows} target cells and ${edgeRows} edge cells in ${out}\n`, {
      command: 'cells',
      folder: out,
      ...summary,
    })
  },
}
