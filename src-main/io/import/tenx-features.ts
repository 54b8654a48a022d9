import type { Finding } from '../../../src-shared/contract/dataset-summary'
import { uniqueNames } from './expression'
import { count, info, plural } from './findings'
import type { Matrix } from './hdf5/matrices'
import type { GuideReader } from './single-cell/cell-source'

/** Features of a 10x matrix in file order. */
export interface Features {
  readonly ids: readonly string[]
  readonly names: readonly string[]
  /** null = the file has no types: all are genes */
  readonly types: readonly string[] | null
  /** gene that a guide aims at, where the file says so */
  readonly targets?: readonly string[] | null
}

const GENES = 'Gene Expression'
export const GUIDES = 'CRISPR Guide Capture'

/** a single molecule may be ambient or a sequencing error */
const FEWEST_MOLECULES = 3
/** share of its guide molecules that the guide of a cell holds; below, the cell carries several */
const CLEAR_SHARE = 0.7

/**
 * The genes of a 10x file by symbol; where a symbol stands for several identifiers each of them keeps its identifier
 * beside it, because these are different genes.
 */
export function tenxGenes(features: Features): { genes: string[]; columns: Int32Array; findings: Finding[] } {
  const { ids, names, types } = features
  const columns = Int32Array.from(names.keys()).filter((index) => types === null || types[index] === GENES)
  const genes = uniqueNames(
    Array.from(columns, (index) => names[index] || ids[index]!),
    (position) => ids[columns[position]!]!,
  )
  const others = names.length - columns.length
  if (others === 0) return { genes, columns, findings: [] }
  const kinds = [...new Set(types)].filter((type) => type !== GENES)
  const text = `${plural(others, 'feature')} of other kinds (${kinds.join(', ')}) ${others === 1 ? 'is' : 'are'} no genes and ${others === 1 ? 'was' : 'were'} left out.`
  return { genes, columns, findings: [info('other-features', text, { count: others, examples: kinds })] }
}

/**
 * The guide of each cell: the one with at least three molecules and 70 % of all guide molecules of the cell. Cells
 * without one, or with several, are unassigned. Fed entry by entry, in any order.
 * @returns null when the file has no guides
 */
export function guideReader(features: Features, cells: number): GuideReader | null {
  const isGuide = Uint8Array.from(features.types ?? [], (type) => (type === GUIDES ? 1 : 0))
  if (!isGuide.includes(1)) return null
  const total = new Float64Array(cells)
  const most = new Float64Array(cells)
  const best = new Int32Array(cells).fill(-1)
  return {
    column: GUIDES,
    note: (cell, feature, molecules) => {
      if (isGuide[feature] !== 1) return
      total[cell]! += molecules
      if (molecules > most[cell]!) {
        most[cell] = molecules
        best[cell] = feature
      }
    },
    result: () => {
      const labels = Array.from(best, (guide, cell) =>
        guide >= 0 && most[cell]! >= FEWEST_MOLECULES && most[cell]! >= CLEAR_SHARE * total[cell]!
          ? targetOf(features, guide)
          : '',
      )
      const assigned = labels.filter((label) => label !== '').length
      const text =
        `${count(assigned)} of ${plural(labels.length, 'cell')} carry one guide (at least ${FEWEST_MOLECULES} molecules and ${100 * CLEAR_SHARE} % of ` +
        'all guide molecules of the cell); its target names the experiment. The others are left out.'
      return { labels, findings: [info('guide-capture', text, { count: assigned })] }
    },
  }
}

/** The guides of a matrix that is in memory. @param matrix [cells, features] */
export function guideLabels(
  features: Features,
  matrix: Matrix,
): { labels: readonly string[]; findings: readonly Finding[] } | null {
  const reader = guideReader(features, matrix.rows)
  if (!reader) return null
  const inRows = matrix.linesAre === 'rows'
  const line = new Float64Array(inRows ? matrix.columns : matrix.rows)
  for (let index = 0; index < (inRows ? matrix.rows : matrix.columns); index++) {
    if (!inRows && features.types?.[index] !== GUIDES) continue
    matrix.line(index, line)
    for (let at = 0; at < line.length; at++)
      if (line[at] !== 0) reader.note(inRows ? index : at, inRows ? at : index, line[at]!)
  }
  return reader.result()
}

/** [features] gene of each, -1 = none */
export function geneOfFeature(columns: Int32Array, features: number): Int32Array | null {
  if (columns.length === features) return null
  const geneOf = new Int32Array(features).fill(-1)
  columns.forEach((feature, gene) => (geneOf[feature] = gene))
  return geneOf
}

/** `TP53-2`, `TP53_sg1`, `sgTP53.3` → TP53 */
function targetOf({ names, ids, targets }: Features, guide: number): string {
  const target = targets?.[guide]
  if (target) return target
  const name = names[guide] || ids[guide]!
  return name.replace(/^sg[-_]?(?=[A-Z])/, '').replace(/([-_.](sg|g|guide)?\d+)+$/i, '') || name
}
