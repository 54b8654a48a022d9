import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { formatBenchmark, reliabilityFiles, runBenchmark } from '../../engine/benchmark'
import { createModelHolder } from '../../engine/model-holder'
import { modelDir } from '../../engine/paths'
import { exactProviderFrom, MODEL_OPTIONS, type Command } from './command'
import { requireFile } from './engine-session'
import { saveFiles } from './save-files'
import { SCALAR_OPTIONS, settingsFrom } from './setting-arguments'

export const benchmark: Command = {
  summary: 'Analyse every study of a manifest and score the answers against the known truth.',
  positionals: { names: 'MANIFEST', min: 1, max: 1 },
  options: {
    ...SCALAR_OPTIONS,
    filter: {
      value: 'NAMES',
      help: 'Only studies whose names begin like this; several with commas, * = anything.',
    },
    jobs: { value: 'N', help: 'Studies analysed at the same time; by default one per core.' },
    threads: { value: 'N', help: 'Worker threads of each study. Default 1.' },
    ...MODEL_OPTIONS,
    parts: {
      help: 'Also score the network alone, the closed form alone and the mean of their log-odds, on the same runs.',
    },
    out: {
      value: 'DIR',
      help: 'Folder for benchmark.json and the reliability curves (SVG, TSV); by default metacadi-out/benchmark.',
    },
    json: { help: 'The whole report as one JSON object on standard output.' },
  },
  example: 'metacadi benchmark simulated/manifest.json --filter "lin_d10_*" --jobs 2',
  run: async ({ args, terminal, signal }) => {
    const manifest = args.positionals[0]!
    requireFile(manifest)
    const started = performance.now()
    const models = createModelHolder({
      folder: args.text('model') ?? modelDir(),
      provider: exactProviderFrom(args),
    })
    const report = await runBenchmark(manifest, {
      models,
      jobs: args.count('jobs', { min: 1, max: 256 }) ?? availableParallelism(),
      threads: args.count('threads', { min: 1, max: 64 }) ?? 1,
      filter: args.text('filter'),
      settings: await settingsFrom(args, {}),
      parts: args.isOn('parts'),
      signal,
      onProgress: ({ done, total }) => {
        const elapsed = (performance.now() - started) / 1000
        terminal.progress({
          stage: 'scoring',
          percent: (100 * done) / total,
          etaSeconds: (elapsed * (total - done)) / done,
          memoryBytes: process.memoryUsage.rss(),
        })
      },
    }).finally(() => models.close())
    const folder = args.text('out') ?? join('metacadi-out', 'benchmark')
    const files = await saveFiles(folder, [
      { name: 'benchmark.json', content: `${JSON.stringify(report, null, 1)}\n` },
      ...reliabilityFiles(report),
    ])
    terminal.answer(`${formatBenchmark(report)}\nFiles\n${files.map((file) => `  ${file}\n`).join('')}`, {
      command: 'benchmark',
      ...report,
      files,
    })
  },
}
