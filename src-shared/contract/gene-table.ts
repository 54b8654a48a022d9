/** Every gene of the file, whether it is analysed and why, by column. */
export interface GeneTable {
  /** [G] as displayed */
  readonly names: readonly string[]
  /** [G] as they stand in the file; null where all names are those of the file */
  readonly ids: readonly string[] | null
  /** [G] index into GENE_FATES */
  readonly fate: Uint8Array
  /** [G] index into GENE_REASONS */
  readonly reason: Uint8Array
  /** [G] see `GeneScores`; null for data that did not come from a file */
  readonly shift: Float32Array | null
  readonly variance: Float32Array | null
  /** most genes that fit into the memory of this computer */
  readonly most: number
}

/** What a name that was typed or pasted stands for. */
export interface FoundGene {
  readonly query: string
  /** genes of the file, as displayed; several = the name is ambiguous, none = not in the file */
  readonly genes: readonly string[]
  /** how it was found: as it stands, ignoring case and version, or through the table of the species */
  readonly by: 'name' | 'similar' | 'symbol' | 'previous' | 'alias' | 'ensembl' | 'entrez' | null
  /** current symbols that it stands for by the table of the species, where the file has none of them */
  readonly known: readonly string[]
}
