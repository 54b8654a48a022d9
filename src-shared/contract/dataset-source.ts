import { z } from 'zod'
import { type Transform, TRANSFORMS } from '../domain/dataset'

/** Opaque handle of a file the host granted (dialog, upload, argument). Never a path. */
export const FileHandle = z.string().min(1).max(200)

const TRANSFORM_OF_NAME = {
  auto: 'auto',
  none: 'none',
  log1p: 'log1p',
  'log1p-size-factors': 'log1p-size-factors',
  'log1p-cpm': 'log1p-cpm',
  'log1p-panel-factors': 'log1p-panel-factors',
  'median-of-ratios': 'log1p-size-factors',
  'cpm-log1p': 'log1p-cpm',
  'panel-factors': 'log1p-panel-factors',
} as const satisfies Record<string, Transform | 'auto'>

/** A row of a sample sheet; absent fields were not filled in. */
export const SampleSheetRow = z.object({
  sample: z.string(),
  experiment: z.string().default(''),
  role: z.enum(['control', 'perturbed', '']).default(''),
  controlGroup: z.string().default(''),
  knownTargets: z.array(z.string()).default([]),
  /** there are no targets but the known ones */
  complete: z.boolean().default(false),
  direction: z.enum(['up', 'down']).nullable().default(null),
  batch: z.string().default(''),
})

/** Each guess of the importer can be overridden; an absent field means "decide". */
export const ReadOptions = z.object({
  files: z.array(FileHandle).min(1).max(20),
  sampleSheet: FileHandle.optional(),
  /** what a sample sheet says of the samples, where the sheet itself is not at hand; a sheet goes before it */
  sheetRows: z.array(SampleSheetRow).max(1_000_000).optional(),
  name: z.string().optional(),
  orientation: z.enum(['auto', 'genes-in-columns', 'genes-in-rows']).default('auto'),
  delimiter: z.enum(['auto', 'tab', 'comma', 'semicolon', 'pipe', 'space']).default('auto'),
  decimal: z.enum(['auto', 'point', 'comma']).default('auto'),
  /** column (or row, when genes are in rows) that names the experiment; 'auto' looks for the usual names */
  environmentColumn: z.string().default('auto'),
  /** name of the control environment; 'auto' looks for the control words; 'none' runs without a control */
  control: z.string().default('auto'),
  /** 'auto' groups samples by their names only when there is neither a column nor a sheet */
  groupBySampleName: z.enum(['auto', 'yes', 'no']).default('auto'),
  /** the last word over sheet, column and pattern: sample name → experiment name ('' leaves the sample out) */
  assignment: z.record(z.string(), z.string()).optional(),
  /** `median-of-ratios`, `cpm-log1p` and `panel-factors` are other names of the transforms of counts */
  transform: z
    .enum(['auto', ...TRANSFORMS, 'median-of-ratios', 'cpm-log1p', 'panel-factors'])
    .transform((name) => TRANSFORM_OF_NAME[name])
    .default('auto'),
  /** 'auto' adds counts up and averages other values */
  duplicateGenes: z.enum(['ask', 'auto', 'sum', 'mean', 'highest-mean', 'keep']).default('ask'),
  /** sheet of a workbook, layer of an AnnData file; 'auto' takes the largest with numbers, counts before other values */
  part: z.string().default('auto'),
  /** hidden rows, columns and sheets of a workbook */
  hiddenCells: z.enum(['ask', 'use', 'skip']).default('ask'),
  textCells: z.enum(['ask', 'missing']).default('ask'),
  missingValues: z.enum(['ask', 'drop-genes', 'mean']).default('ask'),
  /** names that a spreadsheet turned into dates: those with one source get it back */
  excelNames: z.enum(['ask', 'repair', 'keep']).default('ask'),
  /** name as it stands in the file → gene; the last word over every other repair of names */
  geneNames: z.record(z.string(), z.string()).optional(),
  /** probes of several genes, `A /// B` */
  severalGenes: z.enum(['drop', 'first', 'keep']).default('drop'),
  /** older symbols, aliases and identifiers: names stay, or current symbols are shown where one gene is meant */
  geneSymbols: z.enum(['keep', 'current']).default('keep'),
  /** `ENSG00000141510.17`: the version is ignored when names are compared; `strip` also takes it from the display */
  geneVersions: z.enum(['keep', 'strip']).default('keep'),
  /** numeric columns that describe genes or samples (Length, entrez, n_counts) */
  annotationColumns: z.enum(['leave-out', 'use']).default('leave-out'),
  /** genes missing in more than 20 % of the samples; `fill` treats them as `missingValues` says */
  sparseGenes: z.enum(['drop', 'fill']).default('drop'),
  /** samples without a row in the sheet: `nearest` takes the most similar name where it is the only one */
  sheetMatches: z.enum(['ask', 'nearest']).default('ask'),
  /** genes that never change or are zero in nearly all samples */
  nearConstantGenes: z.enum(['keep', 'drop']).default('keep'),
  /** of genes with the same values the first one is kept */
  identicalGenes: z.enum(['keep', 'first']).default('keep'),
  /** samples that look like those of each other's experiment */
  labelSwaps: z.enum(['ask', 'swap', 'keep']).default('ask'),
  /** several control groups or batches: each experiment against its own controls, or all controls as one */
  controlGroups: z.enum(['auto', 'centre', 'pool']).default('auto'),
  /** experiments that are controls, where there are several groups of them; the last word over the sheet's column `role` */
  controlExperiments: z.array(z.string()).default([]),
  /** experiment → control group it is compared with; the last word over the sheet's column `control_group` */
  controlGroupOf: z.record(z.string(), z.string()).default({}),
  /** experiment → way in which its known targets should move; the last word over the sheet's column `direction` */
  directions: z.record(z.string(), z.enum(['up', 'down', 'unknown'])).default({}),
  /**
   * rows of AnnData and 10x files: every cell a sample, a limited number of each experiment, or added up by experiment
   * and replicate; 'auto' takes all of fewer than 1,000, adds up where replicates are known, and draws otherwise
   */
  cells: z.enum(['auto', 'all', 'sample', 'pseudobulk']).default('auto'),
  /** experiments × replicates with fewer cells are no samples when cells are added up */
  minCells: z.number().int().min(1).max(100_000).default(1),
  cellsPerExperiment: z.number().int().min(3).max(100_000).default(200),
  /** seed of the draw */
  cellSeed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 32)
    .default(1),
  /** column of replicates or batches of cells; 'auto' looks for the usual names, 'none' uses none */
  replicateColumn: z.string().default('auto'),
  /** cells below or above these are left out; 'auto' = 500 counts, 200 genes, 20 % for whole transcriptomes, else none */
  minCounts: z.union([z.literal('auto'), z.number().min(0)]).default('auto'),
  minGenes: z.union([z.literal('auto'), z.number().min(0)]).default('auto'),
  /** per cent */
  maxMitochondrial: z.union([z.literal('auto'), z.number().min(0).max(100)]).default('auto'),
  /** settles what is left to 'ask' wherever a safe repair exists */
  acceptRepairs: z.boolean().default(false),
  /** the file adds experiments to a study with its own control: a single experiment of one sample is enough */
  addsToStudy: z.boolean().default(false),
  excludedSamples: z.array(z.string()).default([]),
  /** excluded sample → why, in the user's words */
  exclusionReasons: z.record(z.string(), z.string().max(300)).default({}),
  /** keep only these genes (order of the file); empty = all, up to the limit */
  genes: z.array(z.string()).default([]),
  /** genes that are kept in any case when genes are chosen */
  pinnedGenes: z.array(z.string()).default([]),
  /** known and candidate targets that were named by hand: kept like those of the sample sheet */
  targetGenes: z.array(z.string()).default([]),
  /** how many genes are chosen; 0 = all of a small table, 50 of a large one */
  geneCount: z.number().int().min(0).max(5000).default(0),
})
export type ReadOptions = z.infer<typeof ReadOptions>
export type ReadOptionsInput = z.input<typeof ReadOptions>
