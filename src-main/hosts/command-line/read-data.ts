import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DatasetSummary, Finding } from '../../../src-shared/contract/dataset-summary'
import { AppError } from '../../../src-shared/contract/errors'
import type { CommandContext } from './command'
import type { EngineSession } from './engine-session'
import { optionOfField, readOptionsFrom } from './read-arguments'

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
 * Nobody can be asked on the command line: the first blocking finding ends the command, with the option that
 * settles it.
 * @throws AppError with the code of the finding
 */
export function requireUsable(summary: DatasetSummary): void {
  const blocking = summary.findings.find(({ level }) => level === 'blocking')
  if (!blocking) return
  throw new AppError(blocking.code ?? 'DATA_AMBIGUOUS', blocking.text, {
    rule: blocking.rule,
    count: blocking.count,
    examples: blocking.examples,
    hint: hintOf(blocking),
  })
}

export function hintOf({ choice }: Finding): string {
  if (!choice) return ''
  const option = optionOfField(choice.option)
  const values = choice.values
    .map(({ value, label }) => `  --${option} ${quoted(value)}    ${label}\n`)
    .join('')
  return values === '' ? `Decide with --${option}.` : `Decide with one of\n${values}`.trimEnd()
}

const quoted = (value: string): string =>
  /^[\w.-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
