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
  readonly run: (context: CommandContext) => Promise<void | number>
}

export const OUT_OPTION = { value: 'DIR', help: 'Folder for the files; by default metacadi-out/<name>.' }
export const THREADS_OPTION = {
  value: 'N',
  help: 'Worker threads, from 1 to 64; 0 = one per core. Does not change the result.',
}
