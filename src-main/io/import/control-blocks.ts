import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Finding, FindingChoice } from '../../../src-shared/contract/dataset-summary'
import type { Environments } from './control'
import type { Experiments } from './experiments'
import { blocking, count, listed, plural, quoted, review } from './findings'
import { looseKey } from './nearest'

/** fewer controls say nothing reliable about where a block lies */
const FEWEST_CONTROLS = 2
/** of all values; beyond, subtracting a mean would tear the zeros apart that the evidence treats as ties */
const MOST_ZEROS = 0.3

/** Samples that were measured together with controls of their own: a control group within a batch. */
export interface ControlBlocks {
  /** [samples] block of each, -1 = left out */
  readonly blockOf: Int32Array
  readonly blocks: number
}

/**
 * The blocks on whose own controls the samples are centred, when there are several and each has enough controls
 * (docs/decisions/011-several-controls.md). `null` = all controls are one.
 * @param zeros share of all values that is zero
 */
export function controlBlocks(
  experiments: Experiments,
  environments: Environments,
  option: ReadOptions['controlGroups'],
  zeros: number,
): { blocks: ControlBlocks | null; findings: Finding[] } {
  if (environments.control === null) return { blocks: null, findings: [] }
  const { names, blockOf, unclear } = assignBlocks(experiments, environments)
  if (names.length < 2 && unclear.length === 0) return { blocks: null, findings: [] }
  const groups = `${count(names.length)} groups (${listed(names)})`
  const choice = (current: 'centre' | 'pool' | null): FindingChoice => ({
    option: 'controlGroups',
    current,
    values: [
      { value: 'centre', label: 'Compare each experiment with its own controls' },
      { value: 'pool', label: 'Use all controls as one', keeps: true },
    ],
  })
  const pooled = (why: string): { blocks: null; findings: Finding[] } => ({
    blocks: null,
    findings: [
      review('pooled-controls', `The controls of ${groups} are used as one control${why}`, {
        examples: names,
        choice: choice('pool'),
      }),
    ],
  })
  if (option === 'pool') return pooled(', by your choice.')
  const problem = problemOf(experiments, environments, names, blockOf, unclear)
  if (problem !== null && option === 'centre') {
    const text = `The experiments cannot be compared with controls of their own: ${problem} Add controls or their groups to the sheet, or use all controls as one.`
    return {
      blocks: null,
      findings: [
        blocking('DATA_INSUFFICIENT', 'control-groups', text, { examples: names, choice: choice(null) }),
      ],
    }
  }
  if (problem !== null) return pooled(`: ${problem} If the groups were measured apart, analyse them apart.`)
  if (zeros > MOST_ZEROS && option === 'auto')
    return pooled(
      ': so many values are zero that centring would blur them. If the groups were measured apart, analyse them apart.',
    )
  const text = `The controls form ${groups}. Each experiment is compared with its own: every sample was moved by the difference between the mean of its controls and the mean of all controls.`
  return {
    blocks: { blockOf, blocks: names.length },
    findings: [review('control-groups', text, { examples: names, choice: choice('centre') })],
  }
}

interface Assigned {
  readonly names: readonly string[]
  readonly blockOf: Int32Array
  /** experiments of which no control group is known though there are several */
  readonly unclear: readonly string[]
}

function assignBlocks(experiments: Experiments, { environmentOf }: Environments): Assigned {
  const { labels, controlGroups, batches } = experiments
  const labelsOfControls = new Set<string>()
  for (let i = 0; i < labels.length; i++)
    if (environmentOf[i] === 0 && labels[i] !== '') labelsOfControls.add(labels[i]!)
  const controls = [...labelsOfControls]
  const byKey = new Map(controls.map((label) => [looseKey(label), label]))
  const unclear = new Set<string>()
  const groupOf = (sample: number): string | null => {
    if (controls.length < 2) return ''
    if (environmentOf[sample] === 0) return labels[sample]!
    const named = controlGroups.get(labels[sample]!)
    const group = named === undefined ? undefined : byKey.get(looseKey(named))
    if (group === undefined) unclear.add(labels[sample]!)
    return group ?? null
  }
  const number = new Map<string, number>()
  const names: string[] = []
  const blockOf = new Int32Array(labels.length).fill(-1)
  const numberOf = (group: string, batch: string): number => {
    const key = `${group}\t${batch}`
    const known = number.get(key)
    if (known !== undefined) return known
    number.set(key, names.length)
    names.push(nameOf(group, batch))
    return names.length - 1
  }
  // most studies have one group and no batches
  let last = { group: '', batch: '', block: -1 }
  for (let sample = 0; sample < labels.length; sample++) {
    if (environmentOf[sample]! < 0) continue
    const group = groupOf(sample)
    if (group === null) continue
    const batch = batches?.[sample] ?? ''
    if (last.block < 0 || last.group !== group || last.batch !== batch)
      last = { group, batch, block: numberOf(group, batch) }
    blockOf[sample] = last.block
  }
  return { names, blockOf, unclear: [...unclear] }
}

function nameOf(group: string, batch: string): string {
  if (batch === '') return group === '' ? 'no batch' : group
  return group === '' ? `batch ${batch}` : `${group}, batch ${batch}`
}

function problemOf(
  { labels }: Experiments,
  { environmentOf }: Environments,
  names: readonly string[],
  blockOf: Int32Array,
  unclear: readonly string[],
): string | null {
  if (unclear.length > 0)
    return `the control group of ${listed(unclear)} is not known (column control_group).`
  const controls = new Int32Array(names.length)
  environmentOf.forEach((environment, sample) => {
    if (environment === 0) controls[blockOf[sample]!]!++
  })
  const sample = blockOf.findIndex((block, i) => environmentOf[i]! > 0 && controls[block]! < FEWEST_CONTROLS)
  if (sample < 0) return null
  const block = blockOf[sample]!
  return `experiment ${quoted(labels[sample]!)} has ${plural(controls[block]!, 'control sample')} in ${quoted(names[block]!)}, and at least ${FEWEST_CONTROLS} are needed.`
}
