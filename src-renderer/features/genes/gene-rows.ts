import type { GeneTable } from '../../../src-shared/contract/gene-table'
import { GENE_FATES, GENE_REASONS } from '../../../src-shared/domain/measured-genes'
import { text } from '../../strings'

export interface GeneRow {
  readonly id: string
  /** name in the file, where it differs */
  readonly inFile: string
  readonly kept: boolean
  /** kept because the user said so, and not by the rule */
  readonly given: 'pinned' | 'known-target' | null
  readonly why: string
  readonly shift: number
  readonly variance: number
}

export const GENE_FILTERS = ['all', 'kept', 'left'] as const
export type GeneFilter = (typeof GENE_FILTERS)[number]

/** @param targets known targets of the draft, some of which were named since the table was read */
export function geneRows(
  { names, ids, fate, reason, shift, variance }: GeneTable,
  targets: ReadonlySet<string>,
): GeneRow[] {
  const words = text.data
  return names.map((id, at) => {
    const fateOf = GENE_FATES[fate[at]!]!
    const kept = fateOf === 'analysed'
    const said = GENE_REASONS[reason[at]!]!
    const because = kept && said !== 'pinned' && targets.has(id) ? 'known-target' : said
    return {
      id,
      inFile: ids && ids[at] !== id ? ids[at]! : '',
      kept,
      given: kept && (because === 'pinned' || because === 'known-target') ? because : null,
      why: kept ? words.geneReasons[because] : words.geneFates[fateOf],
      shift: shift?.[at] ?? NaN,
      variance: variance?.[at] ?? NaN,
    }
  })
}

/** Names out of a pasted list: a column of a table, a sentence, one a line. */
export const namesIn = (pasted: string): string[] => [
  ...new Set(
    pasted
      .split(/[\s,;|]+/)
      .map((name) => name.replace(/^["'`]+|["'`]+$/g, ''))
      .filter((name) => name !== ''),
  ),
]
