/** Columns that name the experiment, most specific first. The single-cell names follow docs/product.md. */
export const ENVIRONMENT_COLUMNS: readonly string[] = [
  'environment',
  'experiment',
  'condition',
  'perturbation',
  'genetic_perturbation_id',
  'gene_target',
  'target_gene',
  'guide_identity',
  'guide_id',
  'sgrna',
  'grna',
  'group',
  'treatment',
]

/** Columns of single-cell files that name the perturbation, in the order of docs/product.md; then the words of tables. */
export const PERTURBATION_COLUMNS: readonly string[] = [
  'perturbation',
  'condition',
  'genetic_perturbation_id',
  'gene_target',
  'target_gene',
  'guide_identity',
  'guide_id',
  'sgrna',
  'grna',
  'treatment',
  'environment',
  'experiment',
  'group',
]

const UNASSIGNED_WORDS: ReadonlySet<string> = new Set([
  'unassigned',
  'unknown',
  'ambiguous',
  'multiplet',
  'doublet',
  'notassigned',
  'noguide',
])

/** A cell whose perturbation was not found, or more than one: it belongs to no experiment and is no control. */
export const isUnassignedWord = (name: string): boolean =>
  UNASSIGNED_WORDS.has(letters(name)) || name.trim() === '*'

/** Headers of a column of sample names, and corner words that say "samples below". */
export const SAMPLE_COLUMNS: ReadonlySet<string> = new Set([
  'sample',
  'samples',
  'sample_id',
  'sampleid',
  'sample_name',
  'samplename',
  'cell',
  'cells',
  'cell_id',
  'cellid',
  'cell_barcode',
  'barcode',
  'barcodes',
  'run',
  'library',
  'geo_accession',
])

/** Headers of a column of gene names, and corner words that say "genes below". */
export const GENE_COLUMNS: ReadonlySet<string> = new Set([
  'gene',
  'genes',
  'gene_id',
  'geneid',
  'gene_name',
  'genename',
  'gene_symbol',
  'genesymbol',
  'symbol',
  'symbols',
  'hgnc_symbol',
  'mgi_symbol',
  'id_ref',
  'ensembl',
  'ensembl_id',
  'ensembl_gene_id',
  'entrez',
  'entrez_id',
  'entrezid',
  'probe',
  'probe_id',
  'probeid',
  'probeset',
  'feature',
  'feature_id',
  'target_id',
  'transcript_id',
  'protein',
])

/** Columns beside gene names that describe genes and are not samples. */
export const GENE_ANNOTATIONS: ReadonlySet<string> = new Set([
  ...GENE_COLUMNS,
  'chr',
  'chrom',
  'chromosome',
  'seqname',
  'start',
  'end',
  'strand',
  'length',
  'width',
  'effective_length',
  'exon_count',
  'gc',
  'gc_content',
  'percentage_gene_gc_content',
  'biotype',
  'gene_biotype',
  'gene_type',
  'type',
  'class',
  'description',
  'entrezgene',
  'entrezgene_id',
  'ncbi_geneid',
  'start_position',
  'end_position',
  'chromosome_name',
  'basemean',
  'logfc',
  'log2foldchange',
  'lfcse',
  'stat',
  'pvalue',
  'p_value',
  'padj',
  'fdr',
  'qvalue',
])

/** Columns beside samples that describe samples and are not genes. */
export const SAMPLE_ANNOTATIONS: ReadonlySet<string> = new Set([
  ...SAMPLE_COLUMNS,
  ...ENVIRONMENT_COLUMNS,
  'replicate',
  'rep',
  'batch',
  'lane',
  'plate',
  'well',
  'donor',
  'patient',
  'time',
  'timepoint',
  'dose',
  'n_counts',
  'n_genes',
  'n_umi',
  'ncount_rna',
  'nfeature_rna',
  'total_counts',
  'n_genes_by_counts',
  'pct_counts_mt',
  'percent_mt',
  'percent_mito',
  'size_factor',
  'size_factors',
  'index',
])

/** Header words compare without case, quotes and kind of separator. */
export const headerKey = (header: string): string =>
  header
    .trim()
    .replace(/^[#%"']+|["']+$/g, '')
    .toLowerCase()
    .replace(/[\s.\-_/]+/g, '_')
    .replace(/^_+|_+$/g, '')

const CONTROL_WORDS: ReadonlySet<string> = new Set([
  'control',
  'controls',
  'ctrl',
  'ctl',
  'nt',
  'nontargeting',
  'nontarget',
  'negctrl',
  'safetargeting',
  'scramble',
  'scrambled',
  'dmso',
  'vehicle',
  'wt',
  'wildtype',
  'mock',
  'untreated',
  'unstimulated',
  'unperturbed',
  'uninfected',
  'nontargetingcontrol',
  'negativecontrol',
  'negcontrol',
  'ntc',
  'sictrl',
  'sicontrol',
  'siscramble',
  'shctrl',
  'shcontrol',
  'shscramble',
  'sgctrl',
  'sgcontrol',
  'emptyvector',
  'placebo',
  'sham',
  // the same words in German and French tables
  'kontrolle',
  'unbehandelt',
  'temoin',
  'témoin',
])

const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** The whole name is a control word (`NegCtrl` may carry a number). */
export function isControlWord(name: string): boolean {
  const word = letters(name)
  return CONTROL_WORDS.has(word) || /^negctrl\w*$/.test(word)
}

/** One part of the name is a control word: `ctrl_24h`, `WT-2`, `dmso3`. Short words keep their number: WT1 and NT5 are genes. */
export function mentionsControl(name: string): boolean {
  return name.split(/[\s_\-.+|/()]+/).some((part) => {
    const word = part.replace(/\d+$/, '')
    return isControlWord(part) || (word.length > 3 && isControlWord(word))
  })
}
