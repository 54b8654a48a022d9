import { damagedName } from './excel-damage'
import { looseKey } from './nearest'
import type { Orientation } from './types'
import { ENVIRONMENT_COLUMNS, GENE_COLUMNS, headerKey, mentionsControl, SAMPLE_COLUMNS } from './words'

const LOOKED_AT = 400

const GENE_PATTERNS: readonly (readonly [pattern: RegExp, likeness: number])[] = [
  [/^ENS[A-Z]{0,4}[GTP]\d{8,}(\.\d+)?(_PAR_Y)?$/i, 1],
  [/^(FBgn|WBGene)\d{6,}$|^AT[1-5MC]G\d{5}$|^Y[A-P][LR]\d{3}[WC](-[A-Z])?$/i, 1],
  [/_at$|^ILMN_\d+$|^[NX][MR]_\d+/, 1],
  [/^(g|gene)[_-]?\d+$/i, 1],
  [/^[A-Z][A-Z0-9]{1,9}([-.][A-Z0-9]{1,5})?$/, 0.7],
  [/^C\d+orf\d+$/, 1],
  [/^[A-Z][a-z]{1,8}\d{0,4}[a-z]?\d?$/, 0.4],
  [/^[a-z]{2,5}\d{0,3}$/, 0.2],
]

const SAMPLE_PATTERNS: readonly RegExp[] = [
  /^(GSM|SRR|ERR|DRR|SAMN|SAMEA)\d{3,}/,
  /^[ACGTN]{8,}([-_.]\d+)?$/,
  /^(s|sample|cell|patient|donor|mouse|rat)[\s_.-]?\d+$/i,
  /[\s_.-](rep(licate)?|r|n|s)?[\s_.-]?\d{1,3}$/i,
  /(^|[\s_.-])(kd|ko|oe|sh|si|cas9?|drug\w*|treated|stim\w*|day|rep)\d*($|[\s_.-])/i,
  /\.(bam|sam|cram|txt|fastq)$/i,
]

/** +1 a gene name, -1 a sample name, 0 cannot tell. */
export function geneLikeness(name: string): number {
  if (damagedName(name)) return 0.7
  // gene patterns with a fixed form come first: `G01` and `AT1G01010` would also pass as numbered samples
  for (const [pattern, likeness] of GENE_PATTERNS) if (likeness === 1 && pattern.test(name)) return 1
  if (mentionsControl(name) || SAMPLE_PATTERNS.some((pattern) => pattern.test(name))) return -1
  return GENE_PATTERNS.find(([pattern]) => pattern.test(name))?.[1] ?? 0
}

export interface OrientationEvidence {
  readonly header: readonly string[]
  /** the first column with text, or null when every column holds numbers */
  readonly firstColumn: readonly string[] | null
  readonly corner: string
  readonly rows: number
  /** the table ends within the rows looked at, so its shape is known */
  readonly complete: boolean
  readonly sheetSamples: readonly string[]
}

/** Positive: genes in rows; negative: genes in columns. Below `DECIDED` in size the user is asked. */
export const DECIDED = 0.3

/** gene-likeness(first column) - gene-likeness(header) + priors from the corner, a sample sheet and, weakly, the shape */
export function orientationScore(evidence: OrientationEvidence): number {
  const { header, firstColumn, corner } = evidence
  const cornerWord = headerKey(corner)
  let score = firstColumn ? columnLikeness(firstColumn) - meanLikeness(header) : -meanLikeness(header) - 0.5
  if (GENE_COLUMNS.has(cornerWord)) score += 2
  if (SAMPLE_COLUMNS.has(cornerWord)) score -= 2
  const isEnvironment = (name: string): boolean => ENVIRONMENT_COLUMNS.includes(headerKey(name))
  if (isEnvironment(corner)) score -= 1.2
  else if (header.some(isEnvironment)) score -= 2
  if (firstColumn?.slice(0, 20).some(isEnvironment)) score += 2
  score += sheetVote(evidence)
  return score + shapeVote(evidence)
}

export const orientationOf = (score: number): Orientation =>
  score > 0 ? 'genes-in-rows' : 'genes-in-columns'

/** Names that repeat are groups of samples, whatever they look like. */
function columnLikeness(names: readonly string[]): number {
  const seen = names.slice(0, LOOKED_AT)
  return new Set(seen).size <= seen.length / 2 && seen.length > 3 ? -1 : meanLikeness(seen)
}

function meanLikeness(names: readonly string[]): number {
  const seen = names.filter((name) => name !== '').slice(0, LOOKED_AT)
  return seen.length === 0 ? 0 : seen.reduce((sum, name) => sum + geneLikeness(name), 0) / seen.length
}

function sheetVote({ header, firstColumn, sheetSamples }: OrientationEvidence): number {
  if (sheetSamples.length === 0) return 0
  const sheet = new Set(sheetSamples.map(looseKey))
  const share = (names: readonly string[]): number =>
    names.filter((name) => sheet.has(looseKey(name))).length / Math.max(1, Math.min(names.length, sheet.size))
  return 3 * (share(header) - share(firstColumn ?? []))
}

function shapeVote({ header, rows, complete }: OrientationEvidence): number {
  if (rows > 5 * header.length) return 0.15
  return complete && header.length > 5 * rows ? -0.15 : 0
}
