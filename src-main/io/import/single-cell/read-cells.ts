import type { ReadOptions } from '../../../../src-shared/contract/dataset-source'
import type { Finding, FindingChoice } from '../../../../src-shared/contract/dataset-summary'
import { AppError } from '../../../../src-shared/contract/errors'
import { uniqueNames } from '../expression'
import { count, info, plural, quoted, review, shown } from '../findings'
import { matrixTable } from '../matrix-table'
import type { ExpressionTable, ReadRequest } from '../types'
import { headerKey, isControlWord } from '../words'
import { boundsOf, type CellFacts, filterCells, measureCells } from './cell-quality'
import type { CellSource } from './cell-source'
import { chooseCells } from './choose-cells'
import type { Groups } from './cell-groups'
import { cellsSummary } from './cells-summary'
import { pickCells, sumGroups } from './collect-cells'
import { withoutSmall } from './small-groups'

/** from this many rows on a matrix is one of cells, of which not every one is a sample */
const MANY_CELLS = 1000
/** pseudobulk needs replicates to tell a change from chance */
const FEWEST_REPLICATES = 3

const REPLICATE_COLUMNS: readonly string[] = [
  'replicate',
  'rep',
  'biological_replicate',
  'donor',
  'donor_id',
  'patient',
  'mouse',
  'batch',
  'gem_group',
  'lane',
  'library',
  'plate',
  'orig_ident',
  'sample',
  'sample_id',
]

/** Whether the cells are chosen or added up instead of being samples one by one. */
export const isSingleCell = (rows: number, { cells }: Pick<ReadOptions, 'cells'>): boolean =>
  cells === 'auto' ? rows >= MANY_CELLS : cells !== 'all'

/** Cells as samples with a cap per experiment, or added up by experiment and replicate. */
export async function readCells(source: CellSource, request: ReadRequest): Promise<ExpressionTable> {
  const { options } = request
  const half = (from: number) => (fraction: number) => request.onProgress?.(from + fraction / 2)
  const facts = await measureCells(source, request, half(0))
  if (facts.missing > 0)
    throw new AppError(
      'DATA_FORMAT',
      `${source.fileName} has ${plural(facts.missing, 'missing value')} among the cells. Cells with missing values cannot be added up: fill or remove them, or read every cell as a sample.`,
    )
  const guides = source.guides?.result() ?? null
  const labels = source.environment?.labels ?? guides?.labels ?? null
  const bounds = boundsOf(options, source.genes.length, facts.areCounts)
  const quality = filterCells(facts, bounds)
  const replicates = replicatesOf(source, options.replicateColumn)
  const all = groupCells(source, labels, replicates.texts, quality.kept)
  const mode = options.cells === 'pseudobulk' || options.cells === 'sample' ? options.cells : all.usual
  const { groups, findings } =
    mode === 'pseudobulk' ? withoutSmall(all, options.minCells) : { groups: all, findings: [] }
  const table =
    mode === 'pseudobulk'
      ? await addedUp(source, groups, facts, request, half(0.5))
      : await drawn(source, groups, facts, request, half(0.5))
  const column = source.environment?.environmentColumn ?? source.guides?.column ?? null
  return {
    ...matrixTable({
      format: source.format,
      input: source.input,
      gzip: source.gzip,
      matrix: table.matrix,
      genes: source.genes,
      columns: null,
      samples: table.samples,
      labels: table.labels,
      environmentColumn: labels === null ? null : column,
      environmentCandidates: source.environment?.environmentCandidates ?? [],
      part: source.part,
      parts: source.parts,
      findings: [
        ...source.findings,
        ...(source.environment?.findings ?? []),
        ...(guides?.findings ?? []),
        ...replicates.findings,
        ...quality.findings,
        ...findings,
        cellsFinding(source, groups, labels, replicates.column, mode, table.text, options),
      ],
    }),
    ...(source.companions ? { companions: source.companions } : {}),
    cells: cellsSummary(source, labels, groups, {
      mode,
      bounds,
      kept: quality.kept,
      replicateColumn: replicates.column,
      cap: options.cellsPerExperiment,
    }),
  }
}

interface Replicates {
  readonly column: string | null
  readonly texts: readonly string[] | null
  readonly findings: readonly Finding[]
}

/** The column of replicates or batches; without one the end of 10x barcodes, which numbers the wells. */
function replicatesOf(source: CellSource, asked: string): Replicates {
  const none: Replicates = { column: null, texts: null, findings: [] }
  if (asked === 'none') return none
  if (asked !== 'auto') {
    const column = source.columns.find((name) => name === asked || headerKey(name) === headerKey(asked))
    const texts = column === undefined ? null : source.texts(column)
    if (column !== undefined && texts) return { column, texts, findings: [] }
    const text = `${source.fileName} has no column ${quoted(asked)} for replicates, so cells are not told apart by replicate. It has ${source.columns.slice(0, 12).map(quoted).join(', ') || 'none'}.`
    return { ...none, findings: [review('replicate-column', text)] }
  }
  const used = source.environment?.environmentColumn
  for (const word of REPLICATE_COLUMNS) {
    const column = source.columns.find((name) => headerKey(name) === word && name !== used)
    const texts = column === undefined ? null : source.texts(column)
    if (column !== undefined && texts && new Set(texts).size > 1) return { column, texts, findings: [] }
  }
  const wells = source.cells.map((cell) => /-(\d{1,3})$/.exec(cell)?.[1] ?? '')
  const different = new Set(wells)
  if (different.size > 1 && !different.has('') && different.size < source.cells.length / 10)
    return { column: 'end of the barcodes', texts: wells, findings: [] }
  return none
}

function groupCells(
  { cells }: CellSource,
  labels: readonly string[] | null,
  replicates: readonly string[] | null,
  kept: Uint8Array,
): Groups {
  const n = cells.length
  const experimentOf = new Int32Array(n).fill(-1)
  const groupOf = new Int32Array(n).fill(-1)
  const replicateOf = new Int32Array(n)
  const experiments = new Map<string, number>()
  const replicateNumber = new Map<string, number>()
  const groupNumber = new Map<string, number>()
  const groups: { experiment: number; replicate: string }[] = []
  const numbered = (map: Map<string, number>, key: string): number => {
    const known = map.get(key)
    if (known !== undefined) return known
    map.set(key, map.size)
    return map.size - 1
  }
  let unassigned = 0
  let controls = 0
  for (let cell = 0; cell < n; cell++) {
    const label = labels ? labels[cell]! : ''
    if (labels && label === '') {
      unassigned++
      continue
    }
    if (isControlWord(label)) controls++
    if (kept[cell] === 0) continue
    const experiment = numbered(experiments, label)
    const replicate = replicates ? replicates[cell]! : ''
    const group = numbered(groupNumber, `${experiment}\t${replicate}`)
    if (group === groups.length) groups.push({ experiment, replicate })
    experimentOf[cell] = experiment
    replicateOf[cell] = numbered(replicateNumber, replicate)
    groupOf[cell] = group
  }
  const perExperiment = groups.length / Math.max(1, experiments.size)
  return {
    experimentOf,
    experiments: [...experiments.keys()],
    groupOf,
    groups,
    replicateOf,
    unassigned,
    controls,
    usual: labels !== null && perExperiment >= FEWEST_REPLICATES ? 'pseudobulk' : 'sample',
  }
}

interface Collected {
  readonly matrix: Parameters<typeof matrixTable>[0]['matrix']
  readonly samples: readonly string[]
  readonly labels: readonly string[] | null
  readonly text: string
}

const stem = (name: string): string =>
  name
    .replace(/\.gz$/i, '')
    .replace(/\.[^.]{1,5}$/, '')
    .replace(/[_.-]?matrix$/i, '') || name

async function addedUp(
  source: CellSource,
  { experiments, groupOf, groups }: Groups,
  { areCounts }: CellFacts,
  request: ReadRequest,
  onProgress: (fraction: number) => void,
): Promise<Collected> {
  const how = areCounts ? 'sum' : 'mean'
  const matrix = await sumGroups(source, groupOf, groups.length, how, request, onProgress)
  const named = experiments.some((name) => name !== '')
  const names = groups.map(({ experiment, replicate }) =>
    [named ? experiments[experiment]! : stem(source.fileName), replicate]
      .filter((text) => text !== '')
      .join('_'),
  )
  const did = areCounts ? 'added up' : 'averaged (the values are no counts)'
  return {
    matrix,
    samples: uniqueNames(names),
    labels: named ? groups.map(({ experiment }) => experiments[experiment]!) : null,
    text: `The cells of each experiment and replicate were ${did}: ${plural(groups.length, 'sample')}.`,
  }
}

async function drawn(
  source: CellSource,
  { experimentOf, experiments, replicateOf }: Groups,
  { detected }: CellFacts,
  request: ReadRequest,
  onProgress: (fraction: number) => void,
): Promise<Collected> {
  const { cellsPerExperiment, cellSeed } = request.options
  const chosen = chooseCells(experimentOf, replicateOf, cellsPerExperiment, cellSeed)
  const matrix = await pickCells(source, chosen, detected, request, onProgress)
  const named = experiments.some((name) => name !== '')
  return {
    matrix,
    samples: Array.from(chosen, (cell) => source.cells[cell]!),
    labels: named ? Array.from(chosen, (cell) => experiments[experimentOf[cell]!]!) : null,
    text: `${plural(chosen.length, 'cell')} are the samples: at most ${count(cellsPerExperiment)} of each experiment, drawn by chance (seed ${cellSeed}).`,
  }
}

function cellsFinding(
  source: CellSource,
  { experiments, groups, unassigned, controls }: Groups,
  labels: readonly string[] | null,
  replicate: string | null,
  mode: 'pseudobulk' | 'sample',
  did: string,
  { cellsPerExperiment }: ReadOptions,
): Finding {
  const n = source.cells.length
  const perturbed = n - unassigned - controls
  const bins =
    labels === null
      ? `${plural(n, 'cell')}, without a column that names their experiments.`
      : `${plural(n, 'cell')}: ${count(controls)} control, ${count(perturbed)} perturbed in ${plural(experiments.filter((name) => !isControlWord(name)).length, 'experiment')}, ${count(unassigned)} unassigned and left out.`
  const by = replicate === null ? 'No column names replicates.' : `Replicates: ${quoted(replicate)}.`
  const few =
    mode === 'pseudobulk' && groups.length < FEWEST_REPLICATES * experiments.length
      ? ' With fewer than 3 replicates of an experiment little can be told from chance.'
      : ''
  const choice: FindingChoice = {
    option: 'cells',
    current: mode,
    values: [
      { value: 'pseudobulk', label: 'Add the cells up by experiment and replicate' },
      { value: 'sample', label: `Use at most ${count(cellsPerExperiment)} cells of each experiment` },
      { value: 'all', label: 'Use every cell', keeps: true },
    ],
  }
  const details = { count: n, examples: experiments.slice(0, 20).map(shown), choice }
  return info('single-cells', `${bins} ${by} ${did}${few}`, details)
}
