import type { Command } from './command'
import { withEngine } from './engine-session'
import { columns } from './terminal'

const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`

export const info: Command = {
  summary: 'Version, calculation kernel, threads and platform.',
  positionals: { names: '', min: 0, max: 0 },
  options: { json: { help: 'As one JSON object.' } },
  example: 'metacadi info --json',
  run: ({ terminal }) =>
    withEngine(async ({ client }) => {
      const engine = await client.call('engine.info', {})
      const text = columns(
        [
          ['MetaCaDI', engine.version],
          ['kernel', engine.kernel],
          ['threads', String(engine.threads)],
          ['platform', `${engine.platform}, Node ${engine.node}`],
          ['memory', `${gigabytes(engine.memoryFreeBytes)} of ${gigabytes(engine.memoryTotalBytes)} free`],
        ],
        '',
      )
      terminal.answer(text, { command: 'info', ...engine })
    }),
}
