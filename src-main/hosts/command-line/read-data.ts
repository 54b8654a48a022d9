import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DatasetSummary, Finding } from '../../../src-shared/contract/dataset-summary'
import { AppError } from '../../../src-shared/contract/errors'
import type { CommandContext } from './command'
import type { EngineSession } from './engine-session'
import { choiceWords, readOptionsFrom } from './read-arguments'

/** Reads the tables a command was given, with the importer options of the command line. */
export async function readData(
  { client, grant }: EngineSession,
  { args, terminal, signal }: CommandContext,
  paths: readonly string[],
): Promise<DatasetSummary> {
  const sheet = args.text('sample-sheet')
  const files: string[] = []
  for (const path of paths.flatMap(filesOf)) files.push(await grant(path))
  const options = readOptionsFrom(args, {
    files,
    sampleSheet: sheet === undefined ? undefined : await grant(sheet),
  })
  return client.call('dataset.read', options, { signal, onProgress: terminal.progress })
}

/** A folder stands for the matrix and the names that 10x programs write into it. */
function filesOf(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path]
  const names = readdirSync(path).filter((name) => TENX_FILE.test(name))
  if (names.length > 0) return names.sort().map((name) => join(path, name))
  throw new AppError(
    'FILE_ACCESS',
    `'${path}' is a folder without matrix.mtx, barcodes.tsv and features.tsv.`,
  )
}

const TENX_FILE = /(matrix\.mtx|barcodes\.tsv|features\.tsv|genes\.tsv)(\.gz)?$/i

/**
 * Nobody can be asked on the command line: the first blocking finding ends the command, with the options that
 * settle it and every other one.
 * @throws AppError with the code of the finding
 */
export function requireUsable(summary: DatasetSummary): void {
  const open = summary.findings.filter(({ level }) => level === 'blocking')
  const [blocking] = open
  if (!blocking) return
  const others = open
    .slice(1)
    .map((finding) => `\n${finding.text}\n${hintOf(finding)}`.trimEnd())
    .join('')
  throw new AppError(blocking.code ?? 'DATA_AMBIGUOUS', blocking.text, {
    rule: blocking.rule,
    count: blocking.count,
    examples: blocking.examples,
    hint: `${hintOf(blocking)}${others}`,
    choices: open.map(({ rule, text, choice }) => ({ rule, text, choice: choice ?? null })),
  })
}

const SHOWN_VALUES = 12

/** The options that settle a finding that is still open, one a line. */
export function hintOf({ choice }: Finding): string {
  if (!choice || (choice.current ?? null) !== null) return ''
  const lines = choice.values.map(({ value, option, label, keeps }) => ({
    words: choiceWords(option ?? choice.option, value),
    label: keeps ? `${label} (no change)` : label,
  }))
  const usable = lines.filter(({ words }) => words !== '')
  if (usable.length === 0) return ''
  const left = Math.max(...usable.slice(0, SHOWN_VALUES).map(({ words }) => words.length))
  const more = usable.length > SHOWN_VALUES ? `\n  and ${usable.length - SHOWN_VALUES} more` : ''
  return `Decide with one of\n${usable
    .slice(0, SHOWN_VALUES)
    .map(({ words, label }) => `  ${words.padEnd(left)}    ${label}`)
    .join('\n')}${more}`
}
