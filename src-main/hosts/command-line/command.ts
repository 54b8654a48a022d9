import { ProviderChoice } from '../../../src-shared/domain/learned-model'
import type { Arguments, OptionSpecs, PositionalRange } from './options'
import type { Terminal } from './terminal'

export interface CommandContext {
  readonly args: Arguments
  readonly terminal: Terminal
  /** aborted by Ctrl+C */
  readonly signal: AbortSignal
}

export interface Command {
  readonly summary: string
  readonly positionals: PositionalRange
  readonly options: OptionSpecs
  readonly example: string
  /** paragraphs below the options in the help */
  readonly notes?: readonly string[]
  /** @returns the exit code when it is not 0 */
  readonly run: (context: CommandContext) => Promise<void> | Promise<number>
}

export const OUT_OPTION = { value: 'DIR', help: 'Folder for the files; by default metacadi-out/<name>.' }
export const PROVIDER_OPTION = {
  value: 'KIND',
  choices: ProviderChoice.options,
  help: 'Where the learned model runs: auto (default; an NVIDIA card where it works), cpu, cuda. Another provider may change the last digits of its answers.',
}
export const THREADS_OPTION = {
  value: 'N',
  help: 'Worker threads, from 1 to 64; 0 = one per core. Does not change the result.',
}

/** @returns undefined when it was not given */
export function providerFrom(args: Arguments): ProviderChoice | undefined {
  const given = args.text('provider')
  return given === undefined ? undefined : ProviderChoice.parse(given)
}

/** Of the development commands, whose answers must not depend on the computer unless that is asked for. */
export const MODEL_OPTIONS = {
  model: { value: 'DIR', help: 'Folder of the learned model; by default the one of the program.' },
  provider: {
    value: 'NAME',
    choices: ['cpu', 'cuda'],
    help: 'Where the learned model runs. Default cpu, whose answers are the same on every computer.',
  },
} as const satisfies OptionSpecs

export const exactProviderFrom = (args: Arguments): 'cpu' | 'cuda' =>
  args.text('provider') === 'cuda' ? 'cuda' : 'cpu'
