import type { ExportFormat } from '../../../src-shared/contract/export-formats'
import { REPORT_SECTION_IDS, type ReportSectionId } from '../../../src-shared/contract/report-sections'
import type { Command, CommandContext } from './command'
import { withEngine, type EngineSession } from './engine-session'
import { usageError } from './options'
import { placeOf } from './out-path'
import { RESULT_NOTE, resultFileOf } from './result-argument'
import { saveFiles } from './save-files'

const FORMATS = { html: 'report-html', md: 'report-md', pdf: 'report-pdf' } as const satisfies Record<
  string,
  ExportFormat
>

export const report: Command = {
  summary: 'Write the report of a stored result as HTML, Markdown or PDF.',
  positionals: { names: 'RESULT', min: 1, max: 1 },
  options: {
    format: {
      value: 'FORMAT',
      choices: Object.keys(FORMATS),
      help: 'html (one self-contained page), md, or pdf (needs a Chromium, Chrome or Edge). Default html.',
    },
    section: {
      value: 'NAME',
      choices: REPORT_SECTION_IDS,
      repeatable: true,
      help: `Only these sections besides summary, reliability and limits: ${REPORT_SECTION_IDS.join(', ')}. Can be repeated. Default all.`,
    },
    out: { value: 'PATH', help: 'File or folder; by default this folder.' },
    json: { help: 'One JSON summary on standard output.' },
  },
  example: 'metacadi report metacadi-out/screen --format pdf --out screen.pdf',
  notes: [RESULT_NOTE, 'The same result always gives the same report, byte for byte.'],
  run: (context) => withEngine((session) => reportWith(session, context)),
}

async function reportWith(
  { client, grant }: EngineSession,
  { args, terminal, signal }: CommandContext,
): Promise<void> {
  const wanted = args.text('format') ?? 'html'
  const format = Object.entries(FORMATS).find(([name]) => name === wanted)?.[1]
  if (!format) throw usageError(`--format must be one of ${Object.keys(FORMATS).join(', ')}.`, 'format')
  const chosen = args.list('section') as ReportSectionId[]
  const sections = chosen.length > 0 ? [...new Set(chosen)] : undefined
  const run = await client.call(
    'run.open',
    { file: await grant(resultFileOf(args.positionals[0]!)) },
    { signal },
  )
  const file = await client.call(
    'run.export',
    { runId: run.runId, format, options: { sections } },
    { signal },
  )
  const place = placeOf(args.text('out'), 1, '.')
  const saved = await saveFiles(place.folder, [{ name: place.name ?? file.fileName, content: file.bytes }])
  terminal.answer([...run.warnings.map((warning) => `Warning: ${warning}`), ...saved, ''].join('\n'), {
    command: 'report',
    result: run.name,
    resultHash: run.resultHash,
    bytes: file.bytes.length,
    warnings: run.warnings,
    files: saved,
  })
}
