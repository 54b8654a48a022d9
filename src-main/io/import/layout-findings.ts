import type { Change, Finding, FindingChoice } from '../../../src-shared/contract/dataset-summary'
import {
  blocking,
  choiceOf,
  count,
  diff,
  info,
  listed,
  plural,
  quoted,
  review,
  shortNumber,
} from './findings'
import { type CommaTally, decimalOf, emptyTally, parseCell, TEXT } from './number-cell'
import type { TableHead } from './table-head'
import type { TableLayout } from './table-layout'
import type { Encoding, ReadRequest, SourceFile } from './types'
import { GENE_ANNOTATIONS, headerKey, SAMPLE_ANNOTATIONS } from './words'

/** What was decided about the form of a table, and what only the user can decide. @param textColumns positions among the value columns that hold text */
export function layoutFindings(
  file: SourceFile,
  tally: CommaTally,
  head: TableHead,
  facts: { readonly request: ReadRequest; readonly encoding: Encoding },
  textColumns: readonly number[],
): Finding[] {
  const findings: Finding[] = []
  const { layout } = head
  if (layout.undecided)
    findings.push(
      blocking(
        'DATA_AMBIGUOUS',
        'orientation',
        `Genes could be in the rows or in the columns of ${file.name}. Choose one.`,
        {
          choice: choiceOf('orientation', [
            ['genes-in-rows', 'Genes in rows'],
            ['genes-in-columns', 'Genes in columns'],
          ]),
        },
      ),
    )
  const { decimal } = facts.request.options
  const open = decimal === 'auto' && decimalOf(tally) === 'ambiguous'
  if (!open && head.commaCells.length > 0) findings.push(commaFinding(head))
  if (open) {
    const { example, either } = tally
    const whole = example.replace(',', '')
    findings.push(
      blocking(
        'DATA_AMBIGUOUS',
        'ambiguous-comma',
        `${quoted(example)} could mean ${whole} or ${example.replace(',', '.')} (${plural(either, 'value')}). Choose one.`,
        {
          count: either,
          examples: [example],
          choice: commaChoice(head, null, {
            point: `Comma separates thousands (${whole})`,
            comma: `Comma is the decimal sign (${example.replace(',', '.')})`,
          }),
        },
      ),
    )
  }
  if (facts.encoding === 'windows-1252')
    findings.push(
      review(
        'encoding',
        `${file.name} is not UTF-8 and was read as Windows-1252. Check names with accents or Greek letters.`,
      ),
    )
  if (layout.environmentGuessed)
    findings.push(
      review(
        'environment-column-guessed',
        `Column ${quoted(layout.header[layout.environmentColumn!]!)} was taken as the experiments: it is the only one with groups.`,
      ),
    )
  findings.push(...annotationFindings(layout, textColumns, facts.request.options.annotationColumns))
  return findings
}

/** How the numbers with a comma were read, with the other way to read them. */
function commaFinding(head: TableHead): Finding {
  const [first] = head.commaCells
  const cell = quoted(first!.cell)
  const read = commaRead(first!.cell, head.decimal)
  const text =
    head.decimal === 'comma'
      ? `Commas were read as the decimal sign: ${cell} is ${read}.`
      : `Commas were read as separators of thousands: ${cell} is ${read}.`
  const words = { point: 'Comma separates thousands', comma: 'Comma is the decimal sign' }
  return info('decimal-comma', text, { choice: commaChoice(head, head.decimal, words) })
}

function commaChoice(
  head: TableHead,
  current: TableHead['decimal'] | null,
  words: Readonly<Record<TableHead['decimal'], string>>,
): FindingChoice {
  const changes = (decimal: TableHead['decimal']): Change[] =>
    head.commaCells.map(({ where, cell }) => ({ where, before: cell, after: commaRead(cell, decimal) }))
  return {
    option: 'decimal',
    current,
    values: (['point', 'comma'] as const).map((value) => ({
      value,
      label: words[value],
      changes: diff(changes(value)).changes,
    })),
  }
}

function commaRead(cell: string, decimal: TableHead['decimal']): string {
  const value = parseCell(cell, decimal, emptyTally())
  return value === TEXT ? 'text' : shortNumber(value)
}

/** Columns that describe genes or samples are expected; any other text column may be data that went wrong. */
function annotationFindings(
  layout: TableLayout,
  demoted: readonly number[],
  asked: 'leave-out' | 'use',
): Finding[] {
  const inRows = layout.orientation === 'genes-in-rows'
  const words = inRows ? GENE_ANNOTATIONS : SAMPLE_ANNOTATIONS
  const named = (columns: readonly number[]): string[] =>
    columns.map((column) => layout.header[column]!).filter((name) => name !== '')
  const left = named([...layout.annotationColumns, ...demoted.map((index) => layout.valueColumns[index]!)])
  const usual = left.filter((name) => words.has(headerKey(name)))
  const unusual = left.filter((name) => !words.has(headerKey(name)))
  const findings: Finding[] = []
  const columns = (names: readonly string[]): string =>
    names.length === 1 ? `Column ${listed(names)}` : `${count(names.length)} columns: ${listed(names)}`
  if (usual.length > 0) {
    const text = `${columns(usual)} ${usual.length === 1 ? 'describes' : 'describe'} the rows and ${usual.length === 1 ? 'is' : 'are'} not used as ${inRows ? 'samples' : 'genes'}.`
    findings.push(info('annotation-column', text, { examples: usual, choice: numericChoice(layout, asked) }))
  } else if (asked === 'use' && layout.numericAnnotations.length > 0) {
    const used = named(layout.numericAnnotations)
    const text = `${columns(used)} ${used.length === 1 ? 'is' : 'are'} used as ${inRows ? 'samples' : 'genes'} by your choice.`
    findings.push(info('annotation-column', text, { examples: used, choice: numericChoice(layout, asked) }))
  }
  if (unusual.length > 0) {
    const text = `${columns(unusual)} ${unusual.length === 1 ? 'holds' : 'hold'} text and ${unusual.length === 1 ? 'is' : 'are'} left out.`
    findings.push(review('text-column', text, { examples: unusual }))
  }
  return findings
}

/** Text cannot be data; numbers could have been meant as such. */
function numericChoice(layout: TableLayout, asked: 'leave-out' | 'use'): FindingChoice | undefined {
  if (layout.numericAnnotations.length === 0) return undefined
  const what = layout.orientation === 'genes-in-rows' ? 'sample' : 'gene'
  const changes = layout.numericAnnotations.map((column) => ({
    where: `column ${quoted(layout.header[column]!)}`,
    before: what,
    after: 'left out',
  }))
  return {
    option: 'annotationColumns',
    current: asked,
    values: [
      { value: 'leave-out', label: 'Leave them out', ...diff(changes) },
      { value: 'use', label: `Use them as ${what}s`, keeps: true },
    ],
  }
}
