import {
  EXPORT_FORMATS,
  EXPORT_FORMAT_IDS,
  ExportOptions,
  type ExportFormat,
  type ExportFormatInfo,
} from '../../../src-shared/contract/export-formats'
import type { Command, CommandContext } from './command'
import { withEngine, type EngineSession } from './engine-session'
import { usageError, type Arguments } from './options'
import { placeOf } from './out-path'
import { RESULT_NOTE, resultFileOf } from './result-argument'
import { saveFiles } from './save-files'
import { columns } from './terminal'

export const exportCommand: Command = {
  summary: 'Write a stored result as network files, tables, texts, or everything as one zip.',
  positionals: { names: 'RESULT', min: 0, max: 1 },
  options: {
    format: {
      value: 'FORMAT',
      choices: EXPORT_FORMAT_IDS,
      repeatable: true,
      help: 'What to write; --list names all formats. Can be repeated.',
    },
    list: { help: 'List the formats and end.' },
    out: { value: 'PATH', help: 'File for one format, folder for several; by default this folder.' },
    'min-probability': {
      value: 'P',
      help: 'Leave out edges below this probability, from 0 to 1. Default 0.5 for networks, 0 for tables, 0.01 for XLSX.',
    },
    edges: {
      value: 'WHICH',
      choices: ['all', 'found'],
      help: 'all, or found: without the edges that were required in the settings. Default all.',
    },
    genes: {
      value: 'WHICH',
      choices: ['all', 'connected'],
      help: 'In networks: all, or connected: only genes with an edge. Default all.',
    },
    raw: {
      help: 'Text tables for scripts: names as they are, without the apostrophe that keeps a spreadsheet from running them.',
    },
    json: { help: 'One JSON summary on standard output.' },
  },
  example: 'metacadi export metacadi-out/screen --format cx2 --format edges-csv --out paper/',
  notes: [
    RESULT_NOTE,
    'The same result and options always give the same bytes; dates in the files are those of the run.',
  ],
  run: async (context) => {
    if (context.args.isOn('list')) listFormats(context)
    else await withEngine((session) => exportWith(session, context))
  },
}

function listFormats({ terminal }: CommandContext): void {
  const entries = Object.entries<ExportFormatInfo>(EXPORT_FORMATS)
  terminal.answer(columns(entries.map(([id, { label, help }]) => [id, label, help])), {
    command: 'export',
    formats: entries.map(([id, info]) => ({ id, ...info })),
  })
}

async function exportWith(
  { client, grant }: EngineSession,
  { args, terminal, signal }: CommandContext,
): Promise<void> {
  const [resultPath] = args.positionals
  if (resultPath === undefined) throw usageError('RESULT is missing.')
  const formats = [...new Set(args.list('format'))] as ExportFormat[]
  if (formats.length === 0) throw usageError('--format is missing; --list names all formats.', 'format')
  const options = optionsFrom(args)
  const run = await client.call('run.open', { file: await grant(resultFileOf(resultPath)) }, { signal })
  const place = placeOf(args.text('out'), formats.length, '.')
  const files: { name: string; content: Uint8Array }[] = []
  for (const format of formats) {
    const { fileName, bytes } = await client.call('run.export', { runId: run.runId, format, options })
    files.push({ name: place.name ?? fileName, content: bytes })
  }
  const saved = await saveFiles(place.folder, files)
  terminal.answer([...run.warnings.map((warning) => `Warning: ${warning}`), ...saved, ''].join('\n'), {
    command: 'export',
    result: run.name,
    resultHash: run.resultHash,
    warnings: run.warnings,
    files: saved,
  })
}

function optionsFrom(args: Arguments): ExportOptions {
  const probability = args.text('min-probability')
  const parsed = ExportOptions.safeParse({
    minProbability: probability === undefined ? undefined : Number(probability || NaN),
    edges: args.text('edges'),
    genes: args.text('genes'),
    raw: args.isOn('raw'),
  })
  if (!parsed.success)
    throw usageError(`--min-probability must be a number from 0 to 1; '${probability}' was given.`)
  return parsed.data
}
