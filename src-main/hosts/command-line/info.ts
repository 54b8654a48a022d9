import type { ModelInfo } from '../../../src-shared/contract/engine-info'
import { PROVIDER_OPTION, providerFrom, type Command } from './command'
import { describedFile } from './described-file'
import { withEngine } from './engine-session'
import { resultFileOf } from './result-argument'
import { columns } from './terminal'

const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`

export const info: Command = {
  summary: 'Version, calculation kernel, threads, platform and the learned model; of a FILE, what is in it.',
  positionals: { names: 'FILE', min: 0, max: 1 },
  options: { provider: PROVIDER_OPTION, json: { help: 'As one JSON object.' } },
  example: 'metacadi info screen.metacadi',
  notes: [
    'FILE: a project (.metacadi), a result.json, the folder that analyze wrote, or a report (.html). Its versions, runs, settings, constraints and the SHA-256 of its data are told, and whether everything in it is what its hash says. The file is not opened or locked.',
  ],
  run: ({ args, terminal, signal }) =>
    withEngine(async ({ client, grant }) => {
      const [path] = args.positionals
      if (path !== undefined) {
        const file = resultFileOf(path)
        const described = await client.call('file.describe', { file: await grant(file) }, { signal })
        terminal.answer(describedFile(described), { command: 'info', file, ...described })
        return
      }
      const engine = await client.call('engine.info', {})
      const text = columns(
        [
          ['MetaCaDI', engine.version],
          ['kernel', engine.kernel],
          ['threads', String(engine.threads)],
          ['platform', `${engine.platform}, Node ${engine.node}`],
          ['memory', `${gigabytes(engine.memoryFreeBytes)} of ${gigabytes(engine.memoryTotalBytes)} free`],
          ...modelRows(engine.model),
        ],
        '',
      )
      terminal.answer(text, { command: 'info', ...engine })
    }, providerFrom(args)),
}

/** The model and its provider; below it what else was tried and why it does not run. */
export function modelRows(model: ModelInfo): string[][] {
  if (!model.available) return [['learned model', `none: ${model.reason}`]]
  const { used, tried } = model.provider
  return [
    ['learned model', `${model.version}, feature version ${model.featureVersion}, on ${used}`],
    ...tried.flatMap(({ provider, reason }) =>
      reason === null ? [] : [['', `not on ${provider}: ${reason}`]],
    ),
  ]
}
