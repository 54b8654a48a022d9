import type { ReadOptionsInput } from '../../../src-shared/contract/dataset-source'
import type { DatasetSummary } from '../../../src-shared/contract/dataset-summary'
import type { RecordedChoices, Reproduction, RunRecord } from '../../../src-shared/contract/reproduction'
import { THREADS_OPTION, type Command, type CommandContext } from './command'
import { withEngine, type EngineSession } from './engine-session'
import { READ_OPTIONS, readOptionsFrom } from './read-arguments'
import { requireUsable } from './read-data'
import { resultFileOf } from './result-argument'

/** A result that comes out otherwise is an answer, not a failure of the program; scripts see it by this code. */
const NOT_REPRODUCED = 1

export const reproduce: Command = {
  summary: 'Run a stored result or report again on its data, and say whether it comes out the same.',
  positionals: { names: 'REPORT_OR_RESULT DATA', min: 2, max: 21 },
  options: {
    ...READ_OPTIONS,
    threads: THREADS_OPTION,
    json: { help: 'One JSON summary on standard output, progress as JSON lines on standard error.' },
  },
  example: 'metacadi reproduce screen-report.html screen.csv',
  notes: [
    'REPORT_OR_RESULT is an HTML report, a result.json, or the folder that analyze wrote. Settings, seed, transform, genes, samples and their experiments, what the sample sheet says of them, and every choice and repair of the import are taken from it; options that are given to this command go before what is recorded.',
    'Ends with 0 when the result hash is the same, with 1 when it is not.',
  ],
  run: (context) => withEngine((session) => reproduceWith(session, context)),
}

async function reproduceWith(session: EngineSession, context: CommandContext): Promise<number> {
  const { client, grant } = session
  const { args, terminal, signal } = context
  const [recordPath, ...dataPaths] = args.positionals as [string, ...string[]]
  const recordFile = await grant(resultFileOf(recordPath))
  const record = await client.call('run.record', { file: recordFile })
  const data = await readAsRecorded(session, context, record, dataPaths)
  const options = { signal, onProgress: terminal.progress }
  const threads = args.count('threads', { min: 0, max: 64 }) ?? 0
  const { runId } = await client.call(
    'analysis.run',
    { datasetId: data.datasetId, settings: record.settings, threads },
    options,
  )
  const outcome = await client.call('run.compareWithRecord', { runId, file: recordFile })
  terminal.answer(textOf(record, outcome), {
    command: 'reproduce',
    name: record.name,
    recordedAt: record.createdAt,
    ...outcome,
  })
  return outcome.same ? 0 : NOT_REPRODUCED
}

/**
 * Reads the data as the record says. When the importer, left to itself, groups the samples otherwise than the run did, they
 * are assigned one by one and the others left out.
 */
async function readAsRecorded(
  { client, grant }: EngineSession,
  { args, terminal, signal }: CommandContext,
  record: RunRecord,
  paths: readonly string[],
): Promise<DatasetSummary> {
  const options = { signal, onProgress: terminal.progress }
  const files: string[] = []
  for (const path of paths) files.push(await grant(path))
  const sheet = args.text('sample-sheet')
  const given = readOptionsFrom(args, {
    files,
    sampleSheet: sheet === undefined ? undefined : await grant(sheet),
  })
  const read: ReadOptionsInput = {
    ...record.choices,
    ...settled(given, record.choices),
    name: given.name ?? record.name,
    transform: given.transform ?? record.transform,
    control: given.control ?? record.control ?? 'none',
    genes: given.genes && given.genes.length > 0 ? given.genes : [...record.genes],
  }
  const first = await client.call('dataset.read', read, options)
  if (isGroupedAs(first, record)) {
    requireUsable(first)
    return first
  }
  const environmentOf = recordedEnvironments(record)
  const assignment = Object.fromEntries(
    first.samples.map(({ name }) => [name, environmentOf.get(name) ?? '']),
  )
  const second = await client.call('dataset.read', { ...read, assignment }, options)
  requireUsable(second)
  return second
}

/** The options that were given; lists and switches that were not are those of the record. */
function settled(
  given: ReadOptionsInput,
  { excludedSamples, pinnedGenes, acceptRepairs }: RecordedChoices,
): ReadOptionsInput {
  const asked = (Object.entries(given) as [string, unknown][]).filter(([, value]) => value !== undefined)
  return {
    ...(Object.fromEntries(asked) as ReadOptionsInput),
    ...(given.excludedSamples?.length === 0 ? { excludedSamples } : {}),
    ...(given.pinnedGenes?.length === 0 ? { pinnedGenes } : {}),
    ...(given.acceptRepairs === true ? {} : { acceptRepairs }),
  }
}

function recordedEnvironments(record: RunRecord): Map<string, string> {
  const names = [record.control ?? '', ...record.environments]
  const labels = record.samplesPerEnvironment.flatMap((count, environment) =>
    Array.from({ length: count }, () => names[environment] ?? ''),
  )
  return new Map(record.samples.map((sample, index) => [sample, labels[index] ?? '']))
}

function isGroupedAs({ samples, findings }: DatasetSummary, record: RunRecord): boolean {
  if (findings.some(({ level }) => level === 'blocking')) return false
  const recorded = recordedEnvironments(record)
  const used = samples.filter(({ environment }) => environment !== '')
  return (
    used.length === recorded.size && used.every(({ name, environment }) => recorded.get(name) === environment)
  )
}

function textOf(record: RunRecord, { same, recordedHash, hash, differences }: Reproduction): string {
  const head = `${record.name}, recorded ${record.createdAt} with ${record.app.name} ${record.app.version}`
  if (same) return `${head}\nReproduced: the result hash is the same (${hash}).\n`
  const likely =
    differences.length > 0
      ? ['What differs', ...differences.map(({ text }) => `  - ${text}`)]
      : [
          'A report records no numbers; the input is the same. Compare with its result.json to see which numbers differ.',
        ]
  return [
    head,
    'Not reproduced: the result hash is another one.',
    `  recorded ${recordedHash}`,
    `  now      ${hash}`,
    ...likely,
    '',
  ].join('\n')
}
