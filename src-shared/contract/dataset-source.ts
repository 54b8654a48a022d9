import { z } from 'zod'

/** Opaque handle of a file the host granted (dialog, upload, argument). Never a path. */
export const FileHandle = z.string().min(1).max(200)

/** Each guess of the importer can be overridden; an absent field means "decide". */
export const ReadOptions = z.object({
  files: z.array(FileHandle).min(1).max(20),
  sampleSheet: FileHandle.optional(),
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
  transform: z.enum(['auto', 'none', 'log1p', 'log1p-size-factors']).default('auto'),
  duplicateGenes: z.enum(['ask', 'sum', 'mean', 'highest-mean', 'keep']).default('ask'),
  /** sheet of a workbook, layer of an AnnData file; 'auto' takes the largest with numbers, counts before other values */
  part: z.string().default('auto'),
  /** hidden rows, columns and sheets of a workbook */
  hiddenCells: z.enum(['ask', 'use', 'skip']).default('ask'),
  textCells: z.enum(['ask', 'missing']).default('ask'),
  missingValues: z.enum(['ask', 'drop-genes', 'mean']).default('ask'),
  excludedSamples: z.array(z.string()).default([]),
  /** keep only these genes (order of the file); empty = all, up to the limit */
  genes: z.array(z.string()).default([]),
})
export type ReadOptions = z.infer<typeof ReadOptions>
export type ReadOptionsInput = z.input<typeof ReadOptions>
