import type { DatasetSummary, DetectedTable } from '../../../src-shared/contract/dataset-summary'
import type { Command } from './command'
import { withEngine } from './engine-session'
import { READ_OPTIONS } from './read-arguments'
import { hintOf, readData, requireUsable } from './read-data'
import { columns } from './terminal'

export const validate: Command = {
  summary: 'Read tables as analyze would and list what was found, without a run.',
  positionals: { names: 'DATA', min: 1, max: 20 },
  options: { ...READ_OPTIONS, json: { help: 'The findings as one JSON object on standard output.' } },
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
      requireUsable(data)
    }),
}

function formatText({ format, part, orientation, delimiter, decimal, encoding }: DetectedTable): string {
  if (format !== undefined && format !== 'text table') return part ? `${format}, ${part}` : format
  return `${orientation}, ${delimiter}, decimal ${decimal}, ${encoding}`
}

function text(data: DatasetSummary): string {
  const { detected, environments } = data
  const kept = environments.reduce((sum, { samples }) => sum + samples, 0)
  const findings = data.findings.map((finding) => {
    const hint = hintOf(finding).replace(/^/gm, '    ').trimEnd()
    return `  [${finding.level}] ${finding.text}\n${hint === '' ? '' : `${hint}\n`}`
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
