import { writeFile } from 'node:fs/promises'
import type { DatasetSummary, DetectedTable, Finding } from '../../../src-shared/contract/dataset-summary'
import { AppError } from '../../../src-shared/contract/errors'
import { sampleSheetTemplate } from '../../../src-shared/domain/sample-sheet-template'
import type { Command, CommandContext } from './command'
import { withEngine } from './engine-session'
import { READ_OPTIONS } from './read-arguments'
import { hintOf, readData, requireUsable } from './read-data'
import { columns } from './terminal'

export const validate: Command = {
  summary: 'Read tables as analyze would and list what was found, without a run.',
  positionals: { names: 'DATA', min: 1, max: 20 },
  options: {
    ...READ_OPTIONS,
    'sample-sheet-template': {
      value: 'FILE',
      help: 'Write a sample sheet with the samples as they were read, to be completed; the file must not exist.',
    },
    json: { help: 'The findings as one JSON object on standard output.' },
  },
  example: 'metacadi validate screen.csv --sample-sheet samples.tsv',
  run: (context) =>
    withEngine(async (session) => {
      const data = await readData(session, context, context.args.positionals)
      context.terminal.answer(text(data), {
        command: 'validate',
        name: data.name,
        files: data.files,
        genes: data.genes,
        samples: data.samples,
        environments: data.environments,
        control: data.control,
        knownTargets: data.knownTargets,
        detected: data.detected,
        findings: data.findings,
      })
      const template = context.args.text('sample-sheet-template')
      if (template !== undefined) await saveTemplate(template, data, context)
      requireUsable(data)
    }),
}

function formatText({ format, part, orientation, delimiter, decimal, encoding }: DetectedTable): string {
  if (format !== undefined && format !== 'text table') return part ? `${format}, ${part}` : format
  return `${orientation}, ${delimiter}, decimal ${decimal}, ${encoding}`
}

/** @throws AppError FILE_ACCESS */
async function saveTemplate(
  path: string,
  { samples, control }: DatasetSummary,
  { terminal }: CommandContext,
): Promise<void> {
  const rows = samples.map(({ name, environment }) => ({
    name,
    environment,
    isControl: environment === control,
  }))
  try {
    // a sheet that someone has begun to fill in is never written over
    await writeFile(path, sampleSheetTemplate(rows), { flag: 'wx' })
  } catch (error) {
    const why =
      error instanceof Error && 'code' in error && error.code === 'EEXIST'
        ? 'exists already'
        : 'cannot be written'
    throw new AppError('FILE_ACCESS', `'${path}' ${why}. Choose another name for the sample sheet.`, {
      error: error instanceof Error ? error.message : String(error),
    })
  }
  terminal.note(`The sample sheet was written to ${path}.`)
}

const SHOWN_CHANGES = 3

/** What the repair in force, or the one that is offered, does: the first lines of the diff. */
function diffOf({ choice }: Finding): string[] {
  const value =
    choice?.values.find((each) => each.value === (choice.current ?? choice.safe)) ??
    choice?.values.find(({ changes }) => changes !== undefined)
  if (!value?.changes) return []
  const lines = value.changes
    .slice(0, SHOWN_CHANGES)
    .map(({ where, before, after }) => `    ${where}: ${before} → ${after}\n`)
  const rest = (value.total ?? value.changes.length) - lines.length
  return [...lines, ...(rest > 0 ? [`    and ${rest} more\n`] : [])]
}

function text(data: DatasetSummary): string {
  const { detected, environments } = data
  const kept = environments.reduce((sum, { samples }) => sum + samples, 0)
  const findings = data.findings.map((finding) => {
    const hint = hintOf(finding).replace(/^/gm, '    ').trimEnd()
    return `  [${finding.level}] ${finding.text} (${finding.rule})\n${diffOf(finding).join('')}${hint === '' ? '' : `${hint}\n`}`
  })
  return [
    `${data.name}: ${data.genes.length} genes, ${kept} samples in ${environments.length} experiments\n`,
    columns([
      ['format', formatText(detected)],
      ['values', `${detected.scale}, transform ${detected.transform}`],
      ['experiments from', detected.environmentColumn ?? detected.environmentFrom],
    ]),
    '\nExperiments\n',
    columns(
      environments.map(({ name, samples, isControl }) => [name, String(samples), isControl ? 'control' : '']),
    ),
    findings.length === 0 ? '\nNothing to review.\n' : `\nFindings\n${findings.join('')}`,
  ].join('')
}
