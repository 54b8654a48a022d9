/**
 * What became of a gene of the file. `analysed`: in the network. The others are left out of it: the user named others, it
 * lost the choice against genes that say more, it never changes, it is zero nearly everywhere, values are missing, or another gene has the same
 * values.
 */
export const GENE_FATES = [
  'analysed',
  'not-named',
  'not-chosen',
  'constant',
  'mostly-zero',
  'missing-values',
  'identical',
] as const
export type GeneFate = (typeof GENE_FATES)[number]

/**
 * Why an analysed gene is in the network: the file has few genes, the user named the genes, the user wants it in any case, it
 * is a known target, a transcription factor that shifts, it shifts most, it varies most. Left-out genes have '-'.
 */
export const GENE_REASONS = [
  '-',
  'all-genes',
  'named',
  'pinned',
  'known-target',
  'transcription-factor',
  'shift',
  'variance',
] as const
export type GeneReason = (typeof GENE_REASONS)[number]

/** Every gene of the file after duplicates were settled, in the order of the file. */
export interface MeasuredGenes {
  /** [G] unique, as displayed */
  readonly names: readonly string[]
  /** [G] as they stand in the file; null where all names are those of the file */
  readonly ids: readonly string[] | null
  /** [G] index into GENE_FATES */
  readonly fate: Uint8Array
  /** [G] index into GENE_REASONS */
  readonly reason: Uint8Array
}
