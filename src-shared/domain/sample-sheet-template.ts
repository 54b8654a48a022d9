import { guardFormula } from './formula-guard'

const COLUMNS = [
  'sample',
  'experiment',
  'role',
  'control_group',
  'known_targets',
  'direction',
  'batch',
  'notes',
] as const
const EXAMPLES: readonly (readonly string[])[] = [
  ['ctrl_1', 'control', 'control', '', '', '', '1', ''],
  ['ctrl_2', 'control', 'control', '', '', '', '1', ''],
  ['drugA_1', 'drug A', 'perturbed', 'control', '', '', '1', 'targets unknown'],
  ['tp53_kd_1', 'TP53 knock-down', 'perturbed', 'control', 'TP53', 'down', '1', ''],
]

/** What is known of a sample before there is a sheet. */
export interface TemplateSample {
  readonly name: string
  /** '' = none yet */
  readonly environment: string
  readonly isControl: boolean
  readonly controlGroup?: string
  readonly knownTargets?: readonly string[]
  readonly direction?: string
  readonly batch?: string
}

/**
 * A sample sheet to start from, tab-separated: the samples as they were read, to be completed in any editor; without
 * samples one example of each kind. Only `sample` is required.
 */
export function sampleSheetTemplate(samples: readonly TemplateSample[] = []): string {
  const known = samples.map((sample) => {
    const { name, environment, isControl } = sample
    const role = environment === '' ? '' : isControl ? 'control' : 'perturbed'
    const { controlGroup = '', knownTargets = [], direction = '', batch = '' } = sample
    return [name, environment, role, controlGroup, knownTargets.join(';'), direction, batch, '']
  })
  return [COLUMNS, ...(known.length > 0 ? known : EXAMPLES)].map(line).join('')
}

const line = (cells: readonly string[]): string =>
  `${cells.map((cell) => guardFormula(cell.replace(/[\t\r\n]+/g, ' '))).join('\t')}\n`
