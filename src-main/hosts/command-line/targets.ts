import { join } from 'node:path'
import { readOptionsFrom, READ_OPTIONS } from './read-arguments'
import { fileStem } from '../../../src-shared/contract/file-stem'
import { exportNewTargets } from '../../engine/runs/export-new-targets'
import { OUT_OPTION, PROVIDER_OPTION, providerFrom, type Command, type CommandContext } from './command'
import { withEngine, type EngineSession } from './engine-session'
import { RESULT_NOTE, resultFileOf } from './result-argument'
import { saveFiles } from './save-files'
import { describeTargets, targetsText } from './target-answers'

export const targets: Command = {
  summary: 'Direct targets of new experiments under a stored result; the network is not learned again.',
  positionals: { names: 'RESULT NEW_DATA', min: 2, max: 20 },
  options: {
    ...READ_OPTIONS,
    provider: PROVIDER_OPTION,
    out: { ...OUT_OPTION, help: 'Folder for targets.tsv; by default metacadi-out/<name>-targets.' },
    json: { help: 'One JSON summary on standard output, progress as JSON lines on standard error.' },
  },
  example: 'metacadi targets metacadi-out/screen new-drug.csv --control DMSO',
  notes: [RESULT_NOTE],
  run: (context) => withEngine((session) => adaptWith(session, context), providerFrom(context.args)),
}

async function adaptWith(
  { client, grant }: EngineSession,
  { args, terminal, signal }: CommandContext,
): Promise<void> {
  const [resultPath, ...dataPaths] = args.positionals as [string, ...string[]]
  const options = { signal, onProgress: terminal.progress }
  const run = await client.call('run.open', { file: await grant(resultFileOf(resultPath)) }, { signal })
  const files: string[] = []
  for (const path of dataPaths) files.push(await grant(path))
  const sheet = args.text('sample-sheet')
  const read = readOptionsFrom(args, {
    files,
    sampleSheet: sheet === undefined ? undefined : await grant(sheet),
  })
  const answer = await client.call('run.adapt', { runId: run.runId, read }, options)
  const { settings } = await client.call('run.view', { runId: run.runId })

  const name = fileStem(
    args.text('name') ??
      dataPaths[0]!
        .split(/[\\/]/)
        .at(-1)!
        .replace(/\.[^.]*$/, ''),
  )
  const folder = args.text('out') ?? join('metacadi-out', `${name}-targets`)
  const saved = await saveFiles(folder, [
    { name: 'targets.tsv', content: exportNewTargets(answer, settings.fdr) },
  ])
  const described = describeTargets(answer, settings.fdr)
  const warnings = [...run.warnings, ...answer.warnings]
  terminal.answer(
    [
      `${answer.environments.length} new experiments under the network of '${run.name}' (not learned again)`,
      '',
      targetsText(described),
      ...(warnings.length > 0 ? ['Warnings', ...warnings.map((warning) => `  - ${warning}`), ''] : []),
      'Files',
      ...saved.map((file) => `  ${file}`),
      '',
    ].join('\n'),
    {
      command: 'targets',
      result: run.name,
      resultHash: run.resultHash,
      milliseconds: answer.milliseconds,
      missingGenes: answer.missingGenes,
      targets: described,
      warnings,
      files: saved,
    },
  )
}
