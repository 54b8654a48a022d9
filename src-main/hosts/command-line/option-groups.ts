import type { OptionSpecs } from './options'

/** Headings of a long help, in the order in which a user meets them. */
const GROUPS = [
  {
    title: 'Experiments',
    options: [
      'environment-column',
      'control',
      'control-experiment',
      'sample-sheet',
      'group-by-sample-name',
      'control-groups',
      'control-group',
      'assign',
      'direction',
      'exclude',
      'name',
    ],
  },
  {
    title: 'Tables',
    options: [
      'transform',
      'orientation',
      'delimiter',
      'decimal',
      'duplicate-genes',
      'missing-values',
      'text-cells',
      'part',
      'hidden-cells',
    ],
  },
  {
    title: 'Single cells',
    options: [
      'cells',
      'cells-per-experiment',
      'cell-seed',
      'replicate-column',
      'min-cells',
      'min-counts',
      'min-genes',
      'max-mitochondrial',
    ],
  },
  { title: 'Repairs', options: ['accept-repairs', 'fix', 'gene-name'] },
  { title: 'Genes', options: ['gene', 'pin', 'genes'] },
  {
    title: 'What is known',
    options: ['known-targets', 'require', 'forbid', 'root', 'leaf', 'tier', 'tiers'],
  },
  {
    title: 'Method',
    options: [
      'mode',
      'preset',
      'fdr',
      'seed',
      'targets-prior',
      'evidence-weight',
      'max-parents',
      'candidates',
      'chains',
      'sweeps',
    ],
  },
  { title: 'Computer', options: ['threads', 'provider', 'resume'] },
  { title: 'Output', options: ['out', 'project', 'report', 'sample-sheet-template', 'json'] },
] as const

/** Fewer options than this are read at one glance and need no headings. */
const LONG = 24

export interface OptionGroup {
  readonly title: string
  readonly options: readonly string[]
}

/** The options of a command under headings; options that belong under none come first, as "Options". */
export function optionGroups(specs: OptionSpecs): OptionGroup[] {
  const names = Object.keys(specs)
  if (names.length < LONG) return [{ title: 'Options', options: names }]
  const placed = new Set<string>(GROUPS.flatMap(({ options }) => options))
  const groups: OptionGroup[] = [
    { title: 'Options', options: names.filter((name) => !placed.has(name)) },
    ...GROUPS.map(({ title, options }) => ({ title, options: options.filter((name) => name in specs) })),
  ]
  return groups.filter(({ options }) => options.length > 0)
}
