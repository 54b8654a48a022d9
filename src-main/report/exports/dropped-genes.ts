import { AppError } from '../../../src-shared/contract/errors'
import { GENE_FATES, type GeneFate, type MeasuredGenes } from '../../../src-shared/domain/measured-genes'
import type { Exporter } from './exporter'
import { tableFile, type Cell } from './table'

/** Why a gene is not in the network, for a table that is read without the program. */
export const FATE_WORDS: Readonly<Record<GeneFate, string>> = {
  analysed: 'analysed',
  'not-named': 'not among the genes that were named',
  'not-chosen': 'other genes shift or vary more',
  constant: 'never changes',
  'mostly-zero': 'zero in more than 97 % of the samples',
  'missing-values': 'missing values',
  identical: 'the same values as another gene',
}

/** Every gene of the file that was not analysed, in the order of the file, as TSV. */
export function droppedGenesTable({ names, ids, fate: fates }: MeasuredGenes, raw: boolean): string {
  const rows = names.flatMap((gene, at): Cell[][] => {
    const fate = GENE_FATES[fates[at]!]!
    return fate === 'analysed' ? [] : [[{ text: gene }, { text: ids?.[at] ?? gene }, fate, FATE_WORDS[fate]]]
  })
  return tableFile('tsv', { columns: ['gene', 'gene_id', 'reason', 'reason_in_words'], rows }, raw)
}

/** Of a result. */
export const droppedGenesTsv: Exporter = ({ result, options }) => {
  if (result.measured) return droppedGenesTable(result.measured, options.raw)
  throw new AppError(
    'DATA_INSUFFICIENT',
    'The result does not say which genes of the file were left out: it is of an older version.',
  )
}
