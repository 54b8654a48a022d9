import { join } from 'node:path'
import type { DatasetSummary } from '../../../src-shared/contract/dataset-summary'
import type { ResultView, RunSummary } from '../../../src-shared/contract/result-view'
import { fileStem } from '../../../src-shared/contract/file-stem'
import { APP_VERSION } from '../../engine/version'
import {
  OUT_OPTION,
  PROVIDER_OPTION,
  THREADS_OPTION,
  providerFrom,
  type Command,
  type CommandContext,
} from './command'
import { withEngine, type EngineSession } from './engine-session'
import { READ_OPTIONS } from './read-arguments'
import { usageError } from './options'
import { givenProject, PROJECT_OPTION, saveToProject, type GivenProject } from './project-argument'
import { readData, requireUsable } from './read-data'
import { saveFiles } from './save-files'
import { SETTING_OPTIONS, settingsFrom } from './setting-arguments'
import { describeTargets, targetsText, type ExperimentAnswer } from './target-answers'
import { duration } from './terminal'

export const analyze: Command = {
  summary: 'Learn the network and the direct targets of every experiment from one or more tables.',
  positionals: { names: 'DATA', min: 0, max: 20 },
  options: {
    ...READ_OPTIONS,
    ...SETTING_OPTIONS,
    threads: THREADS_OPTION,
    provider: PROVIDER_OPTION,
    out: OUT_OPTION,
    project: PROJECT_OPTION,
    report: { help: 'Also write report.html.' },
    resume: { help: 'Go on where an interrupted run with the same data and settings stopped.' },
    json: { help: 'One JSON summary on standard output, progress as JSON lines on standard error.' },
  },
  example: 'metacadi analyze screen.csv --control DMSO --forbid "TP53>MYC" --seed 1 --out results/screen',
  notes: [
    'Writes edges.tsv (every ordered pair of genes), targets.tsv (every experiment with every gene) and result.json (opens in the app) to the folder, unthresholded and with full precision; dropped-genes.tsv when genes of the file were left out.',
    'Ctrl+C stops the run and keeps its checkpoint; the same command with --resume goes on from there.',
  ],
  run: (context) => withEngine((session) => analyzeWith(session, context), providerFrom(context.args)),
}

async function analyzeWith(session: EngineSession, context: CommandContext): Promise<void> {
  const { client } = session
  const { args, terminal, signal } = context
  const threads = args.count('threads', { min: 0, max: 64 }) ?? 0
  const project = await givenProject(session, args.text('project'))
  const data = await dataOf(session, context, project)
  requireUsable(data)
  const settings = await settingsFrom(
    args,
    data.knownTargets,
    project?.opened?.content.history.present.settings,
  )
  const run = await client.call(
    'analysis.run',
    { datasetId: data.datasetId, settings, threads, resume: args.isOn('resume') },
    { signal, onProgress: terminal.progress },
  )
  const folder = args.text('out') ?? (project ? undefined : join('metacadi-out', fileStem(data.name)))
  const files = [
    ...(project ? [await saveToProject(session, project, data, settings, run.runId)] : []),
    ...(folder === undefined
      ? []
      : await saveRun(session, run, folder, {
          withReport: args.isOn('report'),
          leftOut: data.geneChoice.dropped.length > 0,
        })),
  ]
  const view = await client.call('run.view', { runId: run.runId })
  const answer = describeTargets(
    { ...view.targets, genes: view.genes, environments: view.environments },
    view.settings.fdr,
  )
  terminal.answer(text(data, view, answer, files), summary(data, view, answer, files))
}

/** The data of the command line, else those of the project. */
async function dataOf(
  session: EngineSession,
  context: CommandContext,
  project: GivenProject | undefined,
): Promise<DatasetSummary> {
  const { positionals } = context.args
  const read = project?.opened?.content.history.present.read
  if (positionals.length > 0 || !read) {
    if (positionals.length === 0)
      throw usageError('Name the data to analyse: metacadi analyze DATA, or a project that holds them.')
    return readData(session, context, positionals)
  }
  const { signal, terminal } = context
  return session.client.call('dataset.read', read, { signal, onProgress: terminal.progress })
}

async function saveRun(
  { client }: EngineSession,
  { runId }: RunSummary,
  folder: string,
  { withReport, leftOut }: { withReport: boolean; leftOut: boolean },
): Promise<string[]> {
  const wanted = [
    ['edges.tsv', 'edges-tsv'],
    ['targets.tsv', 'targets-tsv'],
    ['result.json', 'result-json'],
    ...(leftOut ? [['dropped-genes.tsv', 'dropped-genes-tsv'] as const] : []),
    ...(withReport ? [['report.html', 'report-html'] as const] : []),
  ] as const
  const files: { name: string; content: Uint8Array }[] = []
  for (const [name, format] of wanted) {
    const { bytes } = await client.call('run.export', { runId, format })
    files.push({ name, content: bytes })
  }
  return saveFiles(folder, files)
}

const edgesAboveHalf = (view: ResultView): number => view.edges.probability.filter((p) => p > 0.5).length

function text(
  data: DatasetSummary,
  view: ResultView,
  targets: readonly ExperimentAnswer[],
  files: string[],
): string {
  const samples = view.samplesPerEnvironment.reduce((sum, count) => sum + count, 0)
  const control = view.control === null ? 'no control' : `control '${view.control}'`
  const { run, settings, diagnostics } = view
  const review = data.findings.filter(({ level }) => level === 'review').map((finding) => finding.text)
  const remarks = [...review, ...run.warnings]
  return [
    `${run.name}: ${view.genes.length} genes, ${view.environments.length} experiments, ${samples} samples, ${control}`,
    methodText(view),
    `transform ${view.transform}, ${diagnostics.preset}, seed ${settings.seed}, ${duration(run.seconds)}, result ${run.resultHash.slice(0, 12)}`,
    '',
    targetsText(targets),
    `${edgesAboveHalf(view)} edges have a probability above 0.5.`,
    ...(remarks.length > 0 ? ['', 'Warnings', ...remarks.map((remark) => `  - ${remark}`)] : []),
    '',
    'Files',
    ...files.map((file) => `  ${file}`),
    '',
  ].join('\n')
}

const METHODS = {
  full: 'network and closed form combined',
  instant: 'instant answer of the network alone, without evidence',
  'closed-form': 'closed form alone',
} as const

function methodText({ run, model }: ResultView): string {
  if (!model) return `method: ${METHODS[run.mode]}`
  return `method: ${METHODS[run.mode]}; model ${model.sha256.slice(0, 12)} on ${model.provider}`
}

function summary(
  data: DatasetSummary,
  view: ResultView,
  targets: readonly ExperimentAnswer[],
  files: string[],
): object {
  return {
    command: 'analyze',
    version: APP_VERSION,
    name: view.run.name,
    genes: view.genes.length,
    experiments: view.environments.length,
    samplesPerExperiment: view.samplesPerEnvironment,
    control: view.control,
    transform: view.transform,
    preset: view.diagnostics.preset,
    seed: view.settings.seed,
    mode: view.run.mode,
    model: view.model && { sha256: view.model.sha256, provider: view.model.provider },
    seconds: view.run.seconds,
    threads: view.diagnostics.threads,
    resultHash: view.run.resultHash,
    edgesAboveHalf: edgesAboveHalf(view),
    targets,
    warnings: view.run.warnings,
    findings: data.findings.map(({ level, rule, text: finding, count }) => ({
      level,
      rule,
      text: finding,
      count,
    })),
    files,
  }
}
