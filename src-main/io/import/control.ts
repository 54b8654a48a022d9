import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Finding, FindingChoice } from '../../../src-shared/contract/dataset-summary'
import type { Experiments } from './experiments'
import { SEVERAL } from '../../../src-shared/contract/repairs'
import { blocking, choiceOf, listed, plural, quoted, review } from './findings'
import { looseKey, nearest } from './nearest'
import { isControlWord, mentionsControl } from './words'

export interface Environments {
  /** [samples] -1 = left out, 0 = control, 1 … K */
  readonly environmentOf: Int32Array
  /** [K + 1] control first ('' = none), then in order of first appearance in the data as they came */
  readonly names: readonly string[]
  readonly control: string | null
  /** the control was recognised, not chosen */
  readonly guessed: boolean
  readonly findings: readonly Finding[]
}

const CHOICES = 200

/**
 * Finds the control and numbers the experiments.
 * @param addsToStudy the file adds to a study that has its own control and experiments, so it needs neither
 */
export function chooseControl(
  experiments: Experiments,
  option: ReadOptions['control'],
  addsToStudy: boolean,
): Environments {
  const { labels, control: sheetControl } = poolSheetControls(experiments)
  const names = distinct(labels, experiments.order)
  const findings: Finding[] = []
  const { control, guessed, problem } = pickControl(names, sheetControl, option, addsToStudy)
  if (problem) findings.push(problem)
  const perturbed = names.filter((name) => name !== control)
  if (!problem && !addsToStudy) findings.push(...fewExperiments(control, perturbed, option))
  if (control !== null) findings.push(...missingControlGroups(experiments, names))
  const number = new Map(perturbed.map((name, index) => [name, index + 1]))
  if (control !== null) number.set(control, 0)
  const environmentOf = new Int32Array(labels.length)
  for (let sample = 0; sample < labels.length; sample++)
    environmentOf[sample] = labels[sample] === '' ? -1 : number.get(labels[sample]!)!
  return {
    environmentOf,
    names: [control ?? '', ...perturbed],
    control,
    guessed,
    findings,
  }
}

/** The analysis knows one control: that of several groups gets a common name; `control-blocks.ts` keeps them apart. */
function poolSheetControls({ labels, sheetControls }: Experiments): {
  labels: readonly string[]
  control: string | null
} {
  const groups = [...new Set([...sheetControls].map((sample) => labels[sample]!))].filter(
    (label) => label !== '',
  )
  const [first = null] = groups
  const mixed = labels.some((label, sample) => label === first && !sheetControls.has(sample))
  if (groups.length === 0 || (groups.length === 1 && !mixed)) return { labels, control: first }
  const pooled = labels.map((label, sample) =>
    label !== '' && sheetControls.has(sample) ? 'control' : label,
  )
  return { labels: pooled, control: 'control' }
}

/** Names that have samples: those of `order` as they stand there, then others by first appearance. */
function distinct(labels: readonly string[], order: readonly string[]): string[] {
  const present = new Set(labels)
  present.delete('')
  return [...new Set([...order.filter((name) => present.has(name)), ...present])]
}

interface Picked {
  readonly control: string | null
  readonly guessed: boolean
  readonly problem?: Finding
}

function pickControl(
  names: readonly string[],
  sheetControl: string | null,
  option: string,
  addsToStudy: boolean,
): Picked {
  if (names.length === 0) return { control: null, guessed: false }
  if (option === 'none') return { control: null, guessed: false }
  if (option !== 'auto') {
    const key = looseKey(option)
    const found =
      names.find((name) => name === option) ?? names.find((name) => key !== '' && looseKey(name) === key)
    if (found !== undefined) return { control: found, guessed: false }
    const near = nearest(option, names)
    const hint =
      near.length > 0 ? ` Nearest: ${near.map(quoted).join(', ')}.` : ` Experiments: ${listed(names)}.`
    const text = `There is no experiment ${quoted(option)} to be the control.${hint}`
    return {
      control: null,
      guessed: false,
      problem: blocking('INVALID_PARAMS', 'control', text, {
        examples: near,
        choice: controlChoice([...near, ...names]),
      }),
    }
  }
  if (sheetControl !== null) return { control: sheetControl, guessed: false }
  const exact = names.filter(isControlWord)
  const candidates = exact.length > 0 ? exact : names.filter(mentionsControl)
  if (candidates.length === 1) return { control: candidates[0]!, guessed: true }
  if (candidates.length === 0 && addsToStudy) return { control: null, guessed: true }
  return {
    control: null,
    guessed: false,
    problem: candidates.length > 1 ? severalControls(candidates, names) : noControl(names),
  }
}

function severalControls(candidates: readonly string[], names: readonly string[]): Finding {
  const text = `${candidates.length} experiments could be the control: ${listed(candidates)}. Choose one.`
  return blocking('DATA_AMBIGUOUS', 'several-controls', text, {
    count: candidates.length,
    examples: candidates,
    choice: {
      ...controlChoice([...candidates, ...names]),
      values: [
        ...controlChoice([...candidates, ...names]).values,
        {
          option: 'controlExperiments',
          value: candidates.join(SEVERAL),
          label: `All ${plural(candidates.length, 'group')} are controls`,
        },
      ],
    },
  })
}

function noControl(names: readonly string[]): Finding {
  const one = names.length === 1
  const text = `Experiment${one ? '' : 's'} ${listed(names)} ${one ? 'has' : 'have'} no control samples. Pick a control group.`
  return blocking('DATA_INSUFFICIENT', 'no-control', text, {
    count: names.length,
    examples: names,
    choice: controlChoice(names),
  })
}

const controlChoice = (names: readonly string[]): FindingChoice =>
  choiceOf('control', [
    ...[...new Set(names)].slice(0, CHOICES).map((name) => [name, name] as const),
    ['none', 'Run without a control'],
  ])

function fewExperiments(control: string | null, perturbed: readonly string[], option: string): Finding[] {
  if (control === null && perturbed.length > 0 && option === 'none') {
    if (perturbed.length === 1)
      return [
        blocking(
          'DATA_INSUFFICIENT',
          'one-experiment',
          `There is only one experiment (${quoted(perturbed[0]!)}) and no control. Use it as the control to learn the network only, or add experiments.`,
          { choice: controlChoice(perturbed) },
        ),
      ]
    const text =
      'No control: the experiments are compared with each other, and a change that all of them share cannot be seen.'
    return [review('no-control', text)]
  }
  if (control !== null && perturbed.length === 0)
    return [
      review(
        'control-only',
        'There are control samples only: the network is learned, but there are no targets to find.',
      ),
    ]
  return []
}

/** The sheet names a control group for an experiment, but no sample of that group is there. */
function missingControlGroups({ controlGroups, labels }: Experiments, names: readonly string[]): Finding[] {
  if (controlGroups.size === 0) return []
  const present = new Set([...new Set(labels), ...names].map(looseKey))
  const findings: Finding[] = []
  for (const [experiment, group] of controlGroups)
    if (!present.has(looseKey(group)))
      findings.push(
        review(
          'no-control-group',
          `Experiment ${quoted(experiment)} has no control samples. Pick a control group. (The sheet names ${quoted(group)}; until then it is compared with the common control.)`,
        ),
      )
  return findings
}
