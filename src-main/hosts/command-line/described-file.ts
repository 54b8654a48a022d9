import type {
  ConstraintCounts,
  DescribedProject,
  DescribedResult,
  DescribedRun,
  FileDescription,
} from '../../../src-shared/contract/file-description'
import { columns } from './terminal'

/** What is in a file, as text. */
export function describedFile(file: FileDescription): string {
  if (file.kind === 'project') return projectText('Project', file)
  const head = file.kind === 'result' ? 'Result' : 'Report'
  const carried =
    file.kind === 'result'
      ? ''
      : file.project
        ? `\nIt carries a project, which opens in the program.\n${projectText('Project', file.project)}`
        : '\nIt carries no project.\n'
  return resultText(head, file) + carried
}

function resultText(head: string, { app, run, samples, files }: DescribedResult): string {
  return [
    columns(
      [
        [head, `${run.name}, ${shortDate(run.createdAt)}`],
        ['written by', `${app.name} ${app.version}`],
        ['result hash', run.resultHash],
        [
          'study',
          [
            counted(run.genes, 'gene'),
            counted(run.environments, 'experiment'),
            counted(samples, 'sample'),
          ].join(', '),
        ],
        ...(run.mode === null ? [] : [['method', run.mode]]),
        ...(run.seed === null ? [] : [['seed', String(run.seed)]]),
        ...(run.constraints === null ? [] : [['constraints', constraintWords(run.constraints)]]),
      ],
      '',
    ),
    files.length > 0
      ? `Data\n${columns(files.map((file) => [file.name, size(file.bytes), file.sha256]))}`
      : '',
  ].join('')
}

function projectText(head: string, project: DescribedProject): string {
  const { name, id, app, version, knownVersion, files, runs, constraints, notes, steps } = project
  return [
    columns(
      [
        [head, name],
        ['identifier', id],
        ['written by', `${app.name} ${app.version}`],
        [
          'format',
          version > knownVersion
            ? `${version}; newer than this program, which knows ${knownVersion}: it opens for reading only`
            : String(version),
        ],
        ['constraints', constraintWords(constraints)],
        ['notes', String(notes)],
        ['history', `${steps.undo} to undo, ${steps.redo} to redo`],
      ],
      '',
    ),
    files.length === 0
      ? 'Data: none\n'
      : `Data\n${columns(
          files.map(({ name: file, bytes, sha256, state }) => [
            file,
            size(bytes),
            sha256,
            state === 'held' ? '' : state === 'outside' ? 'not in the project' : 'damaged',
          ]),
        )}`,
    runs.length === 0
      ? 'Runs: none\n'
      : `Runs\n${columns(
          runs.map((run) => [
            run.name,
            shortDate(run.createdAt),
            run.mode ?? '',
            `${run.genes} × ${run.environments}`,
            runWords(run),
            run.resultHash.slice(0, 12),
            [
              ...(run.shown ? ['shown'] : []),
              ...(run.deleted ? ['deleted'] : []),
              ...(run.state === 'damaged' ? ['damaged'] : []),
            ].join(', '),
          ]),
        )}`,
  ].join('')
}

const runWords = ({ seed, constraints }: DescribedRun): string =>
  [
    seed === null ? 'settings unknown' : `seed ${seed}`,
    ...(constraints && total(constraints) > 0 ? [counted(total(constraints), 'constraint')] : []),
  ].join(', ')

const total = (counts: ConstraintCounts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

function constraintWords(counts: ConstraintCounts): string {
  const { required, forbidden, tier, root, leaf } = counts
  const parts = [
    [required, 'required'],
    [forbidden, 'forbidden'],
    [tier, 'in tiers'],
    [root, 'without causes'],
    [leaf, 'without effects'],
  ] as const
  const said = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`)
  return said.length === 0 ? 'none' : `${total(counts)} (${said.join(', ')})`
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

const shortDate = (iso: string): string => iso.slice(0, 16).replace('T', ' ')

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
