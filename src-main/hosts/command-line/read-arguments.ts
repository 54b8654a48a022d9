import type { z } from 'zod'
import { ReadOptions, type ReadOptionsInput } from '../../../src-shared/contract/dataset-source'
import { REPAIRS, SEVERAL, withChoice, type RepairName } from '../../../src-shared/contract/repairs'
import { nearest } from './nearest'
import { type Arguments, type OptionSpecs, usageError } from './options'

/** How the options of the importer are called on the command line. */
export const READ_OPTIONS = {
  'environment-column': {
    value: 'NAME',
    help: 'Column (or row) that names the experiment of each sample; auto looks for the usual names.',
  },
  control: {
    value: 'NAME',
    help: 'Name of the control experiment; auto looks for control words, none runs without a control.',
  },
  'control-experiment': {
    value: 'NAME',
    repeatable: true,
    help: 'With several control groups: an experiment that is one of them. Can be repeated.',
  },
  'sample-sheet': {
    value: 'FILE',
    help: 'Table of samples (columns sample, experiment, role, known_targets).',
  },
  name: { value: 'NAME', help: 'Name of the data set in results; by default the name of the file.' },
  transform: {
    value: 'KIND',
    choices: [
      'auto',
      'none',
      'log1p',
      'cpm-log1p',
      'median-of-ratios',
      'panel-factors',
      'log1p-cpm',
      'log1p-size-factors',
      'log1p-panel-factors',
    ],
    help: 'What is done to the values: auto, none, log1p, cpm-log1p (counts per million), median-of-ratios (counts over size factors of all genes, then log1p), panel-factors (the same for counts of few genes).',
  },
  orientation: {
    value: 'KIND',
    choices: ['auto', 'genes-in-columns', 'genes-in-rows'],
    help: 'Where the genes are: auto, genes-in-columns, genes-in-rows.',
  },
  delimiter: {
    value: 'KIND',
    choices: ['auto', 'tab', 'comma', 'semicolon', 'pipe', 'space'],
    help: 'Between cells: auto, tab, comma, semicolon, pipe, space.',
  },
  decimal: {
    value: 'KIND',
    choices: ['auto', 'point', 'comma'],
    help: 'Decimal sign: auto, point, comma.',
  },
  'duplicate-genes': {
    value: 'KIND',
    choices: ['ask', 'sum', 'mean', 'highest-mean', 'keep'],
    help: 'Rows of the same gene: ask (ends with 3), sum, mean, highest-mean, keep.',
  },
  'missing-values': {
    value: 'KIND',
    choices: ['ask', 'drop-genes', 'mean'],
    help: 'Genes with missing values: ask (ends with 3), drop-genes, mean.',
  },
  'text-cells': {
    value: 'KIND',
    choices: ['ask', 'missing'],
    help: 'Text where a number belongs: ask (ends with 3), missing.',
  },
  part: {
    value: 'NAME',
    help: 'Sheet of a workbook, layer of an AnnData file (layers/counts, raw/X, X), genome of a 10x file.',
  },
  'hidden-cells': {
    value: 'KIND',
    choices: ['ask', 'use', 'skip'],
    help: 'Hidden rows and columns of a workbook: ask (ends with 3), use, skip.',
  },
  'group-by-sample-name': {
    value: 'KIND',
    choices: ['auto', 'yes', 'no'],
    help: 'Form experiments from sample names such as drugA_1: auto, yes, no.',
  },
  'control-groups': {
    value: 'KIND',
    choices: ['auto', 'centre', 'pool'],
    help: 'Several control groups or batches: auto, centre (each experiment against its own controls), pool (all controls as one).',
  },
  cells: {
    value: 'KIND',
    choices: ['auto', 'all', 'sample', 'pseudobulk'],
    help: 'Single cells: all (each a sample), sample (a limited number per experiment), pseudobulk (added up by experiment and replicate), auto.',
  },
  'cells-per-experiment': { value: 'N', help: 'With sample: most cells of each experiment. Default 200.' },
  'min-cells': {
    value: 'N',
    help: 'With pseudobulk: leave out replicates with fewer cells. Default 1.',
  },
  'cell-seed': { value: 'N', help: 'Seed of the draw of cells. Default 1.' },
  'replicate-column': {
    value: 'NAME',
    help: 'Column of replicates or batches of cells; auto looks for the usual names, none uses none.',
  },
  'min-counts': {
    value: 'N',
    help: 'Leave out cells with fewer counts; by default 500 for whole transcriptomes.',
  },
  'min-genes': {
    value: 'N',
    help: 'Leave out cells with fewer genes; by default 200 for whole transcriptomes.',
  },
  'max-mitochondrial': {
    value: 'PERCENT',
    help: 'Leave out cells with a larger share of mitochondrial counts; by default 20 for whole transcriptomes.',
  },
  'accept-repairs': {
    help: 'Apply every repair that needs no judgement; what a person must decide still ends with 3.',
  },
  fix: {
    value: 'RULE[=VALUE]',
    repeatable: true,
    help: `Apply the repair of a finding, by its rule: ${Object.keys(REPAIRS).join(', ')}. Can be repeated.`,
  },
  'gene-name': {
    value: 'NAME=GENE',
    repeatable: true,
    help: 'The name in the file stands for this gene, e.g. "1-Mar=MARCHF1". Can be repeated.',
  },
  assign: {
    value: '"SAMPLE=EXPERIMENT"',
    repeatable: true,
    help: 'This sample belongs to this experiment, whatever sheet, column or name say; "SAMPLE=" leaves it out. Can be repeated.',
  },
  'control-group': {
    value: '"EXPERIMENT=GROUP"',
    repeatable: true,
    help: 'With several control groups: the one that an experiment is compared with. Can be repeated.',
  },
  direction: {
    value: '"EXPERIMENT=up|down"',
    repeatable: true,
    help: 'Way in which the known targets of an experiment should move; changes no answer. Can be repeated.',
  },
  exclude: { value: 'SAMPLE', repeatable: true, help: 'Leave this sample out. Can be repeated.' },
  gene: { value: 'GENE', repeatable: true, help: 'Keep only the genes named this way. Can be repeated.' },
  pin: {
    value: 'GENE',
    repeatable: true,
    help: 'Keep this gene in any case when genes are chosen. Can be repeated.',
  },
  genes: {
    value: 'N',
    help: 'How many genes are chosen from a large table. Default: all up to 200 genes, else 50.',
  },
} as const satisfies OptionSpecs

const NAMES: Partial<Record<keyof ReadOptions, keyof typeof READ_OPTIONS>> = {
  excludedSamples: 'exclude',
  controlExperiments: 'control-experiment',
  controlGroupOf: 'control-group',
  directions: 'direction',
  pinnedGenes: 'pin',
  targetGenes: 'pin',
  geneCount: 'genes',
  geneNames: 'gene-name',
  assignment: 'assign',
}

/** Name on the command line of a field of ReadOptions; null when only `--fix` reaches it. */
function optionOfField(field: keyof ReadOptions): string | null {
  const kebab = field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return NAMES[field] ?? (Object.hasOwn(READ_OPTIONS, kebab) ? kebab : null)
}

/** The words that choose a value on the command line, for messages that say what settles a question. */
export function choiceWords(field: keyof ReadOptions, value: string): string {
  const option = optionOfField(field)
  if (option !== null)
    return value
      .split(SEVERAL)
      .map((each) => `--${option} ${shellWord(each)}`)
      .join(' ')
  const rule = Object.entries(REPAIRS).find(([, repair]) => repair.option === field)
  if (!rule) return ''
  const [name, { apply }] = rule
  return value === apply ? `--fix ${name}` : `--fix ${name}=${value}`
}

const shellWord = (value: string): string =>
  /^[\w.=-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`

/** `RULE` or `RULE=VALUE`. @throws AppError INVALID_PARAMS that names the rules or values there are */
function withFix(read: ReadOptionsInput, given: string): ReadOptionsInput {
  const [rule, ...rest] = given.split('=') as [string, ...string[]]
  if (!Object.hasOwn(REPAIRS, rule)) {
    const guess = nearest(rule, Object.keys(REPAIRS))
    const hint = guess ? `Did you mean '${guess}'?` : `There are ${Object.keys(REPAIRS).join(', ')}.`
    throw usageError(`--fix knows no repair '${rule}'. ${hint}`, 'fix')
  }
  const { option, apply, values } = REPAIRS[rule as RepairName]
  const value = rest.length === 0 ? apply : rest.join('=')
  if (!(values as readonly string[]).includes(value))
    throw usageError(`--fix ${rule} can be ${values.join(', ')}; '${value}' was given.`, 'fix')
  return withChoice(read, option, value)
}

function geneNames(pairs: readonly string[]): Record<string, string> | undefined {
  if (pairs.length === 0) return undefined
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1 || at === pair.length - 1)
        throw usageError(`--gene-name must look like "1-Mar=MARCHF1"; '${pair}' was given.`, 'gene-name')
      return [pair.slice(0, at), pair.slice(at + 1)] as const
    }),
  )
}

/** "NAME=VALUE" by the last equals sign, since names of samples may hold one. @returns undefined when none was given */
function named(
  args: Arguments,
  option: 'assign' | 'control-group' | 'direction',
): Record<string, string> | undefined {
  const given = args.list(option)
  if (given.length === 0) return undefined
  return Object.fromEntries(
    given.map((pair) => {
      const at = pair.lastIndexOf('=')
      if (at < 1)
        throw usageError(
          `--${option} must look like ${READ_OPTIONS[option].value}; '${pair}' was given.`,
          option,
        )
      return [pair.slice(0, at), pair.slice(at + 1)] as const
    }),
  )
}

function directionsFrom(args: Arguments): ReadOptionsInput['directions'] {
  const parsed = ReadOptions.shape.directions.safeParse(named(args, 'direction'))
  if (parsed.success) return named(args, 'direction') === undefined ? undefined : parsed.data
  throw usageError('--direction must end in =up, =down or =unknown.', 'direction')
}

const choice = <T extends z.ZodType>(schema: T, value: string | undefined): z.infer<T> | undefined =>
  value === undefined ? undefined : schema.parse(value)

/** The fields that were given; the others keep the importer's own decision. Choices were checked by the parser. */
export function readOptionsFrom(
  args: Arguments,
  handles: { readonly files: string[]; readonly sampleSheet?: string },
): ReadOptionsInput {
  const { shape } = ReadOptions
  const read: ReadOptionsInput = {
    ...handles,
    name: args.text('name'),
    environmentColumn: args.text('environment-column'),
    control: args.text('control'),
    controlExperiments: [...args.list('control-experiment')],
    transform: choice(shape.transform, args.text('transform')),
    orientation: choice(shape.orientation, args.text('orientation')),
    delimiter: choice(shape.delimiter, args.text('delimiter')),
    decimal: choice(shape.decimal, args.text('decimal')),
    duplicateGenes: choice(shape.duplicateGenes, args.text('duplicate-genes')),
    missingValues: choice(shape.missingValues, args.text('missing-values')),
    textCells: choice(shape.textCells, args.text('text-cells')),
    part: args.text('part'),
    hiddenCells: choice(shape.hiddenCells, args.text('hidden-cells')),
    groupBySampleName: choice(shape.groupBySampleName, args.text('group-by-sample-name')),
    excludedSamples: [...args.list('exclude')],
    genes: [...args.list('gene')],
    cells: choice(shape.cells, args.text('cells')),
    cellsPerExperiment: args.count('cells-per-experiment', { min: 3, max: 100_000 }),
    minCells: args.count('min-cells', { min: 1, max: 100_000 }),
    cellSeed: args.count('cell-seed', { min: 0, max: 2 ** 32 }),
    replicateColumn: args.text('replicate-column'),
    minCounts: args.count('min-counts', { min: 0, max: 1e9 }),
    minGenes: args.count('min-genes', { min: 0, max: 1e9 }),
    maxMitochondrial: args.count('max-mitochondrial', { min: 0, max: 100 }),
    controlGroups: choice(shape.controlGroups, args.text('control-groups')),
    geneNames: geneNames(args.list('gene-name')),
    assignment: named(args, 'assign'),
    controlGroupOf: named(args, 'control-group'),
    directions: directionsFrom(args),
    acceptRepairs: args.isOn('accept-repairs'),
    pinnedGenes: [...args.list('pin')],
    geneCount: args.count('genes', { min: 2, max: 5000 }),
  }
  return args.list('fix').reduce(withFix, read)
}
