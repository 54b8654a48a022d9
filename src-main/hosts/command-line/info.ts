import type { ModelInfo } from '../../../src-shared/contract/engine-info'
import { PROVIDER_OPTION, providerFrom, type Command } from './command'
import { withEngine } from './engine-session'
import { columns } from './terminal'

const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`

export const info: Command = {
  summary: 'Version, calculation kernel, threads, platform and the learned model.',
  positionals: { names: '', min: 0, max: 0 },
  options: { provider: PROVIDER_OPTION, json: { help: 'As one JSON object.' } },
  example: 'metacadi info --json',
  run: ({ args, terminal }) =>
    withEngine(async ({ client }) => {
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
