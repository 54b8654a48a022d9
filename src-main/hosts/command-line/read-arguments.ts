import type { z } from 'zod'
import { ReadOptions, type ReadOptionsInput } from '../../../src-shared/contract/dataset-source'
import type { Arguments, OptionSpecs } from './options'

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
  'sample-sheet': {
    value: 'FILE',
    help: 'Table of samples (columns sample, experiment, role, known_targets).',
  },
  name: { value: 'NAME', help: 'Name of the data set in results; by default the name of the file.' },
  transform: {
    value: 'KIND',
    choices: ['auto', 'none', 'log1p', 'log1p-size-factors'],
    help: 'What is done to the values: auto, none, log1p, log1p-size-factors (counts, library size removed).',
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
  exclude: { value: 'SAMPLE', repeatable: true, help: 'Leave this sample out. Can be repeated.' },
  gene: { value: 'GENE', repeatable: true, help: 'Keep only the genes named this way. Can be repeated.' },
} as const satisfies OptionSpecs

/** Name on the command line of a field of ReadOptions, for messages that say which option settles a question. */
export function optionOfField(field: keyof ReadOptions): string {
  const kebab = field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return Object.hasOwn(READ_OPTIONS, kebab) ? kebab : 'sample-sheet'
}

const choice = <T extends z.ZodType>(schema: T, value: string | undefined): z.infer<T> | undefined =>
  value === undefined ? undefined : schema.parse(value)

/** The fields that were given; the others keep the importer's own decision. Choices were checked by the parser. */
export function readOptionsFrom(
  args: Arguments,
  handles: { readonly files: string[]; readonly sampleSheet?: string },
): ReadOptionsInput {
  const { shape } = ReadOptions
  return {
    ...handles,
    name: args.text('name'),
    environmentColumn: args.text('environment-column'),
    control: args.text('control'),
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
  }
}
