/**
 * What became of a gene of the file. `analysed`: in the network. The others are left out of it: the user named others, it
 * lost the choice against genes that say more, it never changes, it is zero nearly everywhere, or values are missing.
 */
export const GENE_FATES = [
  'analysed',
  'not-named',
  'not-chosen',
  'constant',
  'mostly-zero',
  'missing-values',
] as const
export type GeneFate = (typeof GENE_FATES)[number]

/**
 * Why an analysed gene is in the network: the file has few genes, the user named it, it is a known or pinned target, a
 * transcription factor, it shifts most, it varies most. Left-out genes have '-'.
 */
export const GENE_REASONS = [
  '-',
  'all-genes',
  'named',
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
  /** [G] index into GENE_FATES */
  readonly fate: Uint8Array
  /** [G] index into GENE_REASONS */
  readonly reason: Uint8Array
}
