import { AppError } from '../../../../src-shared/contract/errors'
import type { DetectedTable, Finding } from '../../../../src-shared/contract/dataset-summary'
import { blocking, choiceOf, listed, plural, review, shown } from '../findings'
import { layoutFindings } from '../layout-findings'
import { decimalOf } from '../number-cell'
import { rowFeed } from '../row-feed'
import { TableBuilder } from '../table-builder'
import { PREVIEW_COLUMNS, type TableHead, takeHead } from '../table-head'
import { environmentColumnText, type TableLayout } from '../table-layout'
import { NotUtf8 } from '../text-encoding'
import { type OpenText, textOfFile } from '../text-source'
import type { Decimal, Encoding, ExpressionTable, ReadRequest, SourceFile } from '../types'
import { ENVIRONMENT_COLUMNS, headerKey } from '../words'
import type { TableReader } from './table-reader'

/** What an earlier pass over the file taught. */
interface Known {
  readonly encoding: Encoding | null
  readonly decimal: Decimal | null
}

export const textTable: TableReader = {
  format: 'text table',
  recognises: () => true,
  read: (file, request) => readTextTable(file, request, textOfFile(file, request)),
}

/** Reads a table from text, which need not be the text of the file as it stands. */
export async function readTextTable(
  file: SourceFile,
  request: ReadRequest,
  open: OpenText,
): Promise<ExpressionTable> {
  let known: Known = { encoding: null, decimal: null }
  // one more pass for another encoding and one for another decimal sign are enough
  for (;;) {
    const next: ExpressionTable | Known = await readPass(file, request, known, open).catch(
      (error: unknown) => {
        if (error instanceof NotUtf8 && known.encoding === null) return { ...known, encoding: 'windows-1252' }
        throw error
      },
    )
    if ('genes' in next) return next
    known = next
  }
}

async function readPass(
  file: SourceFile,
  request: ReadRequest,
  known: Known,
  open: OpenText,
): Promise<ExpressionTable | Known> {
  let fraction = 0
  const source = await open(known.encoding, (value) => {
    fraction = value
    request.onProgress?.(value)
  })
  const { text } = source
  const head = await takeHead(file, text, request, known.decimal).catch(async (error: unknown) => {
    // a generator that is left in the middle would keep the file open
    await text.return(undefined)
    throw error
  })
  const builder = new TableBuilder(file, head.layout, head.decimal, request, () => fraction)
  const feed = rowFeed(file, builder, head, request.limits.rowLength)
  feed.push(head.text)
  for await (const piece of text) feed.push(piece)
  feed.end()

  const decided = decimalOf(builder.tally)
  if (
    request.options.decimal === 'auto' &&
    known.decimal === null &&
    decided !== 'ambiguous' &&
    decided !== head.decimal
  )
    return { ...known, decimal: decided }
  return assemble(file, builder, head, {
    request,
    input: source.finish(),
    encoding: source.encoding(),
    gzip: source.gzip,
    dataRows: feed.dataRows(),
  })
}

interface Facts {
  readonly request: ReadRequest
  readonly input: ExpressionTable['input']
  readonly encoding: Encoding
  readonly gzip: boolean
  readonly dataRows: number
}

function assemble(file: SourceFile, builder: TableBuilder, head: TableHead, facts: Facts): ExpressionTable {
  const { layout } = head
  const { matrix } = builder
  const inRows = layout.orientation === 'genes-in-rows'
  const text = builder.textFindings()
  const dropped = new Set(text.textColumns)
  const kept = layout.valueColumns.map((_, index) => index).filter((index) => !dropped.has(index))
  if (matrix.rows === 0 && builder.rowFindings().every((finding) => finding.level !== 'blocking'))
    throw new AppError(
      'DATA_FORMAT',
      `${file.name} has a header but no rows with numbers. Choose the file with the expression values.`,
    )
  if (kept.length === 0 && matrix.rows > 0)
    throw new AppError(
      'DATA_FORMAT',
      `${file.name} has no column of numbers. Check the separator and the decimal sign, or choose another file.`,
    )
  const { names, findings: nameFindings } = columnNames(layout, kept)
  const labels = inRows ? labelsOfRows(builder, facts.request, kept) : labelsOfColumn(builder, layout)
  const asked = facts.request.options.environmentColumn
  const rowMissing =
    inRows && asked !== 'auto' && labels === null
      ? { name: asked, nearest: [...builder.textRows.keys()].slice(0, 3) }
      : null
  const missing = layout.missingEnvironmentColumn ?? rowMissing
  return {
    input: facts.input,
    genes: inRows ? builder.rowNames : names,
    geneRows: inRows ? builder.rowNumbers : null,
    samples: inRows ? names : builder.rowNames,
    labels: labels?.labels ?? null,
    environmentColumn: labels?.column ?? null,
    environmentCandidates: inRows
      ? [...builder.textRows.keys()]
      : layout.textColumns.map((column) => layout.header[column]!),
    complete: builder.missing === 0,
    genesOutside: inRows,
    format: textTable.format,
    part: null,
    parts: [],
    samplesUnnamed: !inRows && layout.nameColumn === null,
    get: inRows
      ? (gene, sample) => matrix.at(gene, kept[sample]!)
      : (gene, sample) => matrix.at(sample, kept[gene]!),
    ...(dropped.size === 0
      ? { line: (index: number, into: Float64Array): void => matrix.readRow(index, into) }
      : {}),
    layout: {
      orientation: layout.orientation,
      delimiter: head.delimiter,
      decimal: head.decimal,
      encoding: facts.encoding,
      gzip: facts.gzip,
      guessed: guesses(facts.request),
    },
    preview: {
      header: layout.header.slice(0, PREVIEW_COLUMNS).map(shown),
      rows: head.previewRows,
      totalRows: facts.dataRows,
      totalColumns: layout.header.length,
    },
    findings: [
      ...layoutFindings(file, builder.tally, head, facts, text.textColumns),
      ...builder.rowFindings(),
      ...text.findings,
      ...nameFindings,
      ...(missing ? [missingEnvironment(file, missing)] : []),
    ],
  }
}

const guesses = ({ options }: ReadRequest): (keyof DetectedTable)[] =>
  (['orientation', 'delimiter', 'decimal'] as const).filter((field) => options[field] === 'auto')

function columnNames(layout: TableLayout, kept: readonly number[]): { names: string[]; findings: Finding[] } {
  const unnamed: string[] = []
  const names = kept.map((index) => {
    const column = layout.valueColumns[index]!
    const name = layout.header[column]!
    if (name !== '') return name
    unnamed.push(`column ${column + 1}`)
    return `column ${column + 1}`
  })
  if (unnamed.length === 0) return { names, findings: [] }
  const text = `${plural(unnamed.length, 'column')} with numbers ${unnamed.length === 1 ? 'has' : 'have'} no name and ${unnamed.length === 1 ? 'is' : 'are'} called ${listed(unnamed)}.`
  return { names, findings: [review('unnamed-column', text, { examples: unnamed })] }
}

function labelsOfColumn(
  builder: TableBuilder,
  layout: TableLayout,
): { labels: string[]; column: string } | null {
  if (layout.environmentColumn === null) return null
  return { labels: builder.labels, column: layout.header[layout.environmentColumn]! }
}

function labelsOfRows(
  builder: TableBuilder,
  request: ReadRequest,
  kept: readonly number[],
): { labels: string[]; column: string } | null {
  const asked = request.options.environmentColumn
  const wanted = asked === 'auto' ? ENVIRONMENT_COLUMNS : [headerKey(asked)]
  for (const word of wanted)
    for (const [name, labels] of builder.textRows)
      if (headerKey(name) === word) return { labels: kept.map((index) => labels[index]!), column: name }
  return null
}

function missingEnvironment(file: SourceFile, missing: { name: string; nearest: string[] }): Finding {
  return blocking('INVALID_PARAMS', 'environment-column', environmentColumnText(file.name, missing), {
    examples: missing.nearest,
    choice: choiceOf(
      'environmentColumn',
      missing.nearest.map((name) => [name, name] as const),
    ),
  })
}
