import type { Finding } from './dataset-summary'
import { ReadOptions, type ReadOptionsInput } from './dataset-source'

interface RepairRule {
  readonly option: keyof ReadOptions
  /** what the rule alone applies */
  readonly apply: string
  readonly values: readonly string[]
  readonly help: string
}

/** The findings that carry a repair, by their rule; the names are those of the findings and of `--fix`. */
export const REPAIRS = {
  'ambiguous-comma': {
    option: 'decimal',
    apply: 'comma',
    values: ['comma', 'point'],
    help: 'read 1,234 as 1.234 (comma) or as 1234 (point)',
  },
  'text-in-data': { option: 'textCells', apply: 'missing', values: ['missing'], help: 'text is missing' },
  'excel-dates': {
    option: 'excelNames',
    apply: 'repair',
    values: ['repair', 'keep'],
    help: 'gene names that a spreadsheet turned into dates',
  },
  'duplicate-genes': {
    option: 'duplicateGenes',
    apply: 'auto',
    values: ['auto', 'sum', 'mean', 'highest-mean', 'keep'],
    help: 'rows of the same gene',
  },
  'several-genes': {
    option: 'severalGenes',
    apply: 'drop',
    values: ['drop', 'first', 'keep'],
    help: 'probes of several genes, A /// B',
  },
  'gene-symbols': {
    option: 'geneSymbols',
    apply: 'current',
    values: ['current', 'keep'],
    help: 'older symbols, aliases, Ensembl and Entrez identifiers',
  },
  'gene-versions': {
    option: 'geneVersions',
    apply: 'strip',
    values: ['strip', 'keep'],
    help: 'versions of Ensembl identifiers',
  },
  'annotation-column': {
    option: 'annotationColumns',
    apply: 'leave-out',
    values: ['leave-out', 'use'],
    help: 'numeric columns that are no samples',
  },
  'missing-genes': {
    option: 'sparseGenes',
    apply: 'drop',
    values: ['drop', 'fill'],
    help: 'genes missing in more than 20 % of the samples',
  },
  'missing-values': {
    option: 'missingValues',
    apply: 'mean',
    values: ['mean', 'drop-genes'],
    help: 'the other missing values',
  },
  'hidden-cells': {
    option: 'hiddenCells',
    apply: 'skip',
    values: ['skip', 'use'],
    help: 'hidden rows and columns of a workbook',
  },
  'unmatched-samples': {
    option: 'sheetMatches',
    apply: 'nearest',
    values: ['nearest'],
    help: 'samples whose row of the sheet has a similar name',
  },
  'constant-gene': {
    option: 'nearConstantGenes',
    apply: 'drop',
    values: ['drop', 'keep'],
    help: 'genes that never change or are nearly always zero',
  },
  'identical-genes': {
    option: 'identicalGenes',
    apply: 'first',
    values: ['first', 'keep'],
    help: 'genes with identical values',
  },
  'label-swap': {
    option: 'labelSwaps',
    apply: 'swap',
    values: ['swap', 'keep'],
    help: 'samples that belong to each other’s experiment',
  },
} as const satisfies Record<string, RepairRule>

export type RepairName = keyof typeof REPAIRS

/** between several names in one value of a choice; no name of a table holds it */
export const SEVERAL = '\n'

/** The options with one value chosen; a list of names grows by it, and a name of a gene comes as `1-Mar=MARCHF1`. */
export function withChoice(
  read: ReadOptionsInput,
  option: keyof ReadOptions,
  value: string,
): ReadOptionsInput {
  if (option === 'geneNames') {
    const at = value.indexOf('=')
    return { ...read, geneNames: { ...read.geneNames, [value.slice(0, at)]: value.slice(at + 1) } }
  }
  if (option === 'controlExperiments')
    return { ...read, control: 'auto', controlExperiments: value.split(SEVERAL) }
  const before = read[option]
  const isList = Array.isArray(DEFAULTS[option])
  const next = isList ? [...(Array.isArray(before) ? before : []), value] : value
  return { ...read, [option]: next }
}

/** What the reader decides by itself when nothing is said. */
const DEFAULTS = ReadOptions.parse({ files: ['none'] })

/** The options say something about this that the reader would not have decided by itself. */
export function isDecided(read: ReadOptionsInput, option: keyof ReadOptions): boolean {
  const value = read[option]
  if (value === undefined || value === DEFAULTS[option]) return false
  return typeof value === 'object' ? Object.keys(value).length > 0 : true
}

/** A finding whose safe repair is still open. */
export const hasOpenRepair = ({ choice }: Finding): boolean =>
  choice?.safe !== undefined && (choice.current ?? null) === null

/** Options that apply every safe repair that is still open. */
export function withSafeRepairs(read: ReadOptionsInput, findings: readonly Finding[]): ReadOptionsInput {
  return findings
    .filter(hasOpenRepair)
    .reduce((options, { choice }) => withChoice(options, choice!.option, choice!.safe!), read)
}
