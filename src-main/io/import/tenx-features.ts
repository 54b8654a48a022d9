import type { Finding } from '../../../src-shared/contract/dataset-summary'
import { uniqueNames } from './expression'
import { count, info, plural } from './findings'
import type { Matrix } from './hdf5/matrices'

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
 * without one, or with several, are unassigned.
 * @param matrix [cells, features]
 * @returns null when the file has no guides
 */
export function guideLabels(
  features: Features,
  matrix: Matrix,
): { labels: string[]; findings: Finding[] } | null {
  const guides = (features.types ?? []).flatMap((type, index) => (type === GUIDES ? [index] : []))
  if (guides.length === 0) return null
  const total = new Float64Array(matrix.rows)
  const most = new Float64Array(matrix.rows)
  const best = new Int32Array(matrix.rows).fill(-1)
  const note = (cell: number, guide: number, molecules: number): void => {
    total[cell]! += molecules
    if (molecules > most[cell]!) {
      most[cell] = molecules
      best[cell] = guide
    }
  }
  if (matrix.linesAre === 'rows') {
    const line = new Float64Array(matrix.columns)
    for (let cell = 0; cell < matrix.rows; cell++) {
      matrix.line(cell, line)
      for (const guide of guides) note(cell, guide, line[guide]!)
    }
  } else {
    const line = new Float64Array(matrix.rows)
    for (const guide of guides) {
      matrix.line(guide, line)
      for (let cell = 0; cell < matrix.rows; cell++) note(cell, guide, line[cell]!)
    }
  }
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
}

/** `TP53-2`, `TP53_sg1`, `sgTP53.3` → TP53 */
function targetOf({ names, ids, targets }: Features, guide: number): string {
  const target = targets?.[guide]
  if (target) return target
  const name = names[guide] || ids[guide]!
  return name.replace(/^sg[-_]?(?=[A-Z])/, '').replace(/([-_.](sg|g|guide)?\d+)+$/i, '') || name
}
