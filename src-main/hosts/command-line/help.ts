import { ERRORS } from '../../../src-shared/contract/errors'
import type { Command } from './command'
import { columns } from './terminal'

const WIDTH = 100

export function generalHelp(commands: Readonly<Record<string, Command>>): string {
  return [
    'MetaCaDI learns one causal gene network and the direct intervention targets of every experiment',
    'from expression tables. Everything stays on this computer.\n',
    'Usage: metacadi <command> [arguments] [options]\n',
    columns(Object.entries(commands).map(([name, { summary }]) => [name, summary])),
    'metacadi <command> --help lists the options of a command; metacadi --version prints the version.',
    `Exit codes: ${exitCodes()}.\n`,
  ].join('\n')
}

export function commandHelp(
  name: string,
  { summary, positionals, options, example, notes = [] }: Command,
): string {
  const given =
    positionals.min === 0 && positionals.names !== '' ? `[${positionals.names}]` : positionals.names
  const usage = ['metacadi', name, given, '[options]'].filter((part) => part !== '').join(' ')
  const entries = Object.entries(options).map(
    ([option, { value, help }]) =>
      [value === undefined ? `--${option}` : `--${option} ${value}`, help] as const,
  )
  const left = Math.max(...entries.map(([option]) => option.length)) + 4
  return [
    summary,
    `\nUsage: ${usage}\n`,
    'Options',
    ...entries.map(([option, help]) => `  ${option.padEnd(left - 2)}${wrap(help, WIDTH - left, left)}`),
    '',
    ...notes.map((note) => `${wrap(note, WIDTH, 0)}\n`),
    `Example: ${example}`,
    '',
  ].join('\n')
}

function wrap(text: string, width: number, indent: number): string {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.join(`\n${' '.repeat(indent)}`)
}

function exitCodes(): string {
  const meaning: Record<number, string> = {
    0: 'done',
    [ERRORS.DATA_FORMAT.exitCode]: 'bad input',
    [ERRORS.DATA_AMBIGUOUS.exitCode]: 'a choice is needed',
    [ERRORS.RESOURCE_LIMIT.exitCode]: 'too large',
    [ERRORS.CANCELLED.exitCode]: 'cancelled',
    [ERRORS.INTERNAL.exitCode]: 'internal error',
  }
  return Object.entries(meaning)
    .map(([code, text]) => `${code} ${text}`)
    .join(', ')
}
