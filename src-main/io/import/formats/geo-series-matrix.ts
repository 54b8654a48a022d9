import { AppError } from '../../../../src-shared/contract/errors'
import { environmentOfColumns, type EnvironmentOfColumns } from '../environment-of-columns'
import { groupBySampleName } from '../sample-name-groups'
import { openBytes } from '../source-bytes'
import { cleanName } from '../table-layout'
import { decodeText, NotUtf8, strings } from '../text-encoding'
import { textOfFile } from '../text-source'
import type { ExpressionTable, ReadRequest, SampleSheet, SourceFile } from '../types'
import type { TableReader } from './table-reader'
import { readTextTable } from './text-table'

const BEGIN = '!series_matrix_table_begin'
const END = '!series_matrix_table_end'
/** longest description of a series; the largest known have some thousand samples and about 20 MB */
const LONGEST_DESCRIPTION = 256 * 2 ** 20

export const isGeoSeriesMatrix = (head: Buffer): boolean =>
  /^(\s*\n)*["']?!(Series|Sample)_/.test(head.subarray(0, 200).toString('latin1'))

/** What the lines `!Sample_…` say about the samples. */
interface Descriptions {
  /** GSM numbers */
  readonly samples: readonly string[]
  readonly titles: readonly string[]
  /** source, and every characteristic by its name, in order */
  readonly columns: ReadonlyMap<string, readonly string[]>
}

export const geoSeriesMatrix: TableReader = {
  format: 'GEO series matrix',
  recognises: isGeoSeriesMatrix,
  read: async (file, request) => {
    let header: string[] = []
    const options = { ...request.options, orientation: 'genes-in-rows', environmentColumn: 'auto' } as const
    const plain: ReadRequest = {
      ...request,
      // the table itself is always the same way round, and the experiments stand in the lines above it
      options:
        request.options.orientation === 'auto' ? options : { ...request.options, environmentColumn: 'auto' },
    }
    const open = textOfFile(file, plain)
    const table = await readTextTable(file, plain, async (fallback, report) => {
      const source = await open(fallback, report)
      const text = tableOf(file, strings(source.text), (lines) => {
        header = lines
      })
      return { ...source, text }
    })
    const descriptions = describe(header)
    const environment = experimentsOf(file.name, descriptions, request.options.environmentColumn)
    return {
      ...table,
      format: geoSeriesMatrix.format,
      ...labelsFor(table, descriptions, environment),
      environmentCandidates: environment.environmentCandidates,
      findings: [...table.findings, ...environment.findings],
    }
  },
}

/** The descriptions of a series whose values lie in another file, as a sample sheet; null when it has values itself. */
export async function geoSampleSheet(file: SourceFile, request: ReadRequest): Promise<SampleSheet | null> {
  const bytes = await openBytes(file, { ...request, onProgress: undefined })
  let header: string[] = []
  const table = tableOf(
    file,
    decodeText(file, bytes.chunks, null, () => undefined),
    (lines) => {
      header = lines
    },
  )
  try {
    const first = await table.next()
    await table.return(undefined)
    if (!first.done) return null
  } catch (error) {
    // its own reader knows other encodings
    if (error instanceof NotUtf8) return null
    if (!(error instanceof AppError && error.details.noValues === true)) throw error
  }
  const descriptions = describe(header)
  const asked = request.options.environmentColumn
  const { labels, environmentColumn } = experimentsOf(file.name, descriptions, asked)
  return {
    name: file.name,
    hasExperiments: labels !== null,
    hasAskedColumn: asked !== 'auto' && environmentColumn !== null,
    rows: descriptions.samples.map((sample, index) => ({
      sample,
      aliases: [descriptions.titles[index] ?? ''].filter((title) => title !== ''),
      experiment: labels?.[index] ?? '',
      role: '',
      controlGroup: '',
      knownTargets: [],
      complete: false,
      direction: null,
      batch: '',
    })),
  }
}

/**
 * The table between its two marks; the lines before it become blank ones, so that rows keep their numbers.
 * @throws AppError DATA_FORMAT with `noValues` when there is no row of values
 */
async function* tableOf(
  file: SourceFile,
  text: AsyncGenerator<string>,
  onHeader: (lines: string[]) => void,
): AsyncGenerator<string> {
  const header: string[] = []
  let length = 0
  let rest = ''
  let inTable = false
  let ended = false
  let rows = 0
  let held = ''
  for await (const piece of text) {
    if (ended) continue
    let whole = rest + piece
    if (!inTable) {
      const lines = whole.split('\n')
      const begin = lines.findIndex((line) => line.startsWith(BEGIN))
      const taken = begin < 0 ? lines.slice(0, -1) : lines.slice(0, begin)
      for (const line of taken) {
        header.push(line)
        length += line.length
      }
      if (length > LONGEST_DESCRIPTION)
        throw new AppError(
          'RESOURCE_LIMIT',
          `${file.name} has an unusually long description and was not read further.`,
        )
      if (begin < 0) {
        rest = lines.at(-1)!
        continue
      }
      inTable = true
      held = '\n'.repeat(header.length + 1)
      whole = lines.slice(begin + 1).join('\n')
    }
    const end = whole.startsWith(END) ? 0 : whole.indexOf(`\n${END}`) + 1
    ended = end > 0 || whole.startsWith(END)
    const cut = ended ? end : whole.lastIndexOf('\n') + 1
    rest = whole.slice(cut)
    const lines = whole.slice(0, cut)
    for (let at = lines.indexOf('\n'); at >= 0 && rows < 2; at = lines.indexOf('\n', at + 1)) rows++
    // the header alone is no table yet
    held += lines
    if (rows < 2) continue
    if (header.length > 0) onHeader(header.splice(0))
    yield held
    held = ''
  }
  if (!ended && rest.trim() !== '') {
    held += rest
    rows++
  }
  if (rows < 2) {
    onHeader(header)
    throw new AppError(
      'DATA_FORMAT',
      `${file.name}: Sample descriptions only, no expression values. Add the count file; it is joined on GSM.`,
      { noValues: true },
    )
  }
  if (held !== '') yield held
}

function describe(header: readonly string[]): Descriptions {
  const columns = new Map<string, string[]>()
  let samples: string[] = []
  let titles: string[] = []
  for (const line of header) {
    if (!line.startsWith('!Sample_')) continue
    const [key = '', ...cells] = line.split('\t').map(unquoted)
    const name = key.slice('!Sample_'.length)
    if (name === 'geo_accession') samples = cells
    else if (name === 'title') titles = cells
    else if (/^source_name_ch1$/.test(name)) columns.set('source', cells)
    else if (name.startsWith('characteristics_ch1')) addCharacteristics(columns, cells)
  }
  return { samples, titles, columns }
}

/** Every cell is `name: value`; one line may hold different names for different samples. */
function addCharacteristics(columns: Map<string, string[]>, cells: readonly string[]): void {
  cells.forEach((cell, index) => {
    const colon = cell.indexOf(':')
    if (colon <= 0) return
    const name = cleanName(cell.slice(0, colon))
    const column = columns.get(name) ?? cells.map(() => '')
    column[index] = cleanName(cell.slice(colon + 1))
    columns.set(name, column)
  })
}

const unquoted = (cell: string): string =>
  cleanName(/^".*"$/s.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell)

/** A characteristic that names the experiment, else the titles where they differ only by a replicate. */
function experimentsOf(
  fileName: string,
  { columns, titles }: Descriptions,
  asked: string,
): EnvironmentOfColumns {
  const all = new Map([...columns, ...(titles.length > 0 ? [['title', titles] as const] : [])])
  const found = environmentOfColumns(
    fileName,
    { names: [...all.keys()], texts: (name) => all.get(name) ?? null },
    asked,
  )
  if (found.labels || asked !== 'auto') return found
  const groups = groupBySampleName(titles)
  return groups.convincing ? { ...found, labels: groups.labels, environmentColumn: 'title' } : found
}

/** Descriptions are matched to the columns of the table by GSM number, never by position. */
function labelsFor(
  table: ExpressionTable,
  { samples }: Descriptions,
  { labels, environmentColumn }: EnvironmentOfColumns,
): Pick<ExpressionTable, 'labels' | 'environmentColumn'> {
  if (!labels) return { labels: null, environmentColumn: null }
  const bySample = new Map(samples.map((sample, index) => [sample, labels[index] ?? '']))
  const matched = table.samples.map((sample) => bySample.get(sample) ?? '')
  return matched.some((label) => label !== '')
    ? { labels: matched, environmentColumn }
    : { labels: null, environmentColumn: null }
}
