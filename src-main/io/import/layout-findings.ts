import type { Finding } from '../../../src-shared/contract/dataset-summary'
import { blocking, choiceOf, count, info, listed, plural, quoted, review } from './findings'
import { type CommaTally, decimalOf } from './number-cell'
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
  if (facts.request.options.decimal === 'auto' && decimalOf(tally) === 'ambiguous') {
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
          choice: choiceOf('decimal', [
            ['point', `Comma separates thousands (${whole})`],
            ['comma', `Comma is the decimal sign (${example.replace(',', '.')})`],
          ]),
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
  findings.push(...annotationFindings(layout, textColumns))
  return findings
}

/** Columns that describe genes or samples are expected; any other text column may be data that went wrong. */
function annotationFindings(layout: TableLayout, demoted: readonly number[]): Finding[] {
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
    findings.push(info('annotation-column', text, { examples: usual }))
  }
  if (unusual.length > 0) {
    const text = `${columns(unusual)} ${unusual.length === 1 ? 'holds' : 'hold'} text and ${unusual.length === 1 ? 'is' : 'are'} left out.`
    findings.push(review('text-column', text, { examples: unusual }))
  }
  return findings
}
