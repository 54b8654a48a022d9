import { AppError, ERRORS, fromErrorFrame, toErrorFrame } from '../../../src-shared/contract/errors'
import { APP_VERSION } from '../../engine/version'
import type { Command } from './command'
import { commandHelp, generalHelp } from './help'
import { nearest } from './nearest'
import { parseArguments, usageError } from './options'
import { createTerminal } from './terminal'

/**
 * Runs one command line to its end.
 * @param argv without the program
 * @returns the exit code: 0, or the one of the error (contract/errors)
 */
export async function runCommandLine(
  argv: readonly string[],
  commands: Readonly<Record<string, Command>>,
): Promise<number> {
  const [name, ...rest] = argv
  const terminal = createTerminal(rest.includes('--json'))
  const interrupt = new AbortController()
  const stop = (): void => {
    // The second Ctrl+C does not wait for anything.
    if (interrupt.signal.aborted) process.exit(ERRORS.CANCELLED.exitCode)
    interrupt.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      process.stdout.write(helpFor(rest[0], commands))
      return name === undefined ? ERRORS.INVALID_PARAMS.exitCode : 0
    }
    if (name === '--version' || name === '-v') {
      process.stdout.write(`${APP_VERSION}\n`)
      return 0
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (!command) throw unknownCommand(name, Object.keys(commands))
    if (rest.includes('--help') || rest.includes('-h')) {
      process.stdout.write(commandHelp(name, command))
      return 0
    }
    const args = parseArguments(rest, command.options, command.positionals)
    return (await command.run({ args, terminal, signal: interrupt.signal })) ?? 0
  } catch (error) {
    const failure = error instanceof AppError ? error : fromErrorFrame(toErrorFrame(error))
    terminal.fail(failure, hintFor(failure, name))
    return ERRORS[failure.code].exitCode
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

function helpFor(name: string | undefined, commands: Readonly<Record<string, Command>>): string {
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  return command && name !== undefined ? commandHelp(name, command) : generalHelp(commands)
}

function unknownCommand(name: string, names: readonly string[]): AppError {
  const guess = nearest(name, names)
  return usageError(
    `There is no command '${name}'.${guess ? ` Did you mean '${guess}'?` : ` Commands: ${names.join(', ')}.`}`,
  )
}

function hintFor({ code, details }: AppError, command: string | undefined): string {
  if (typeof details.hint === 'string') return details.hint
  if (code === 'CANCELLED' && command === 'analyze')
    return 'The same command with --resume goes on from the checkpoint.'
  return ''
}
