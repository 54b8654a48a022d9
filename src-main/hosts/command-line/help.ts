import { ERRORS } from '../../../src-shared/contract/errors'
import type { Command } from './command'
import { optionGroups } from './option-groups'
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
  const written = (option: string): string => {
    const value = options[option]?.value
    return value === undefined ? `--${option}` : `--${option} ${value}`
  }
  const left = Math.max(...Object.keys(options).map((option) => written(option).length)) + 4
  const line = (option: string): string =>
    `  ${written(option).padEnd(left - 2)}${wrap(options[option]?.help ?? '', WIDTH - left, left)}`
  return [
    summary,
    `\nUsage: ${usage}\n`,
    ...optionGroups(options).flatMap((group) => [group.title, ...group.options.map(line), '']),
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
