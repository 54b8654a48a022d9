import type { Command } from './command'
import { serve, serveUntilStopped } from './serve'

export const open: Command = {
  summary: 'Open a project, a report or a result in the default browser.',
  positionals: { names: 'FILE', min: 1, max: 1 },
  options: {
    port: serve.options.port!,
    provider: serve.options.provider!,
    'no-browser': { help: 'Only print the address.' },
    json: serve.options.json!,
  },
  example: 'metacadi open screen.metacadi',
  notes: [
    'FILE: a project (.metacadi), a report (.html) that carries its project, a result.json, or the folder that analyze wrote.',
    'A browser saves by download. The desktop app saves in place.',
  ],
  run: (context) => serveUntilStopped(context, !context.args.isOn('no-browser')),
}
