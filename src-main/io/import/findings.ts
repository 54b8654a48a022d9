import { AppError, type ErrorCode } from '../../../src-shared/contract/errors'
import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type {
  Change,
  ChoiceValue,
  Finding,
  FindingChoice,
} from '../../../src-shared/contract/dataset-summary'

const SHOWN_EXAMPLES = 20
const SHOWN_CHARACTERS = 60

export const count = (value: number): string => value.toLocaleString('en-US')

export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`

/** `3.1 of 4.5 GB`, in the largest unit in which both say something */
export function gigabytes(part: number, whole: number): string {
  const [unit, size] = (
    [
      ['GB', 1e9],
      ['MB', 1e6],
      ['kB', 1e3],
    ] as const
  ).find(([, each]) => whole >= each) ?? ['bytes', 1]
  const digits = size === 1 ? 0 : 1
  return `${(part / size).toFixed(digits)} of ${(whole / size).toFixed(digits)} ${unit}`
}

/** Names come from files: cut to a length that fits a sentence, control characters shown as spaces. */
export function shown(name: string): string {
  const start = name.slice(0, SHOWN_CHARACTERS + 1).replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
  return start.length > SHOWN_CHARACTERS ? `${start.slice(0, SHOWN_CHARACTERS)}…` : start
}

export const quoted = (name: string): string => `'${shown(name)}'`

/** 'a', 'b', 'c' and 4 more */
export function listed(names: readonly string[], most = 4): string {
  const first = names.slice(0, most).map(quoted)
  const rest = names.length - first.length
  if (rest > 0) return `${first.join(', ')} and ${count(rest)} more`
  return first.length > 1 ? `${first.slice(0, -1).join(', ')} and ${first.at(-1)}` : (first[0] ?? '')
}

export interface FindingDetails {
  readonly count?: number
  readonly examples?: readonly string[]
  readonly choice?: FindingChoice
}

function note(level: 'review' | 'info', rule: string, text: string, details: FindingDetails): Finding {
  const examples = (details.examples ?? []).slice(0, SHOWN_EXAMPLES).map(shown)
  const finding = { level, rule, text, count: details.count ?? details.examples?.length ?? 1, examples }
  return details.choice ? { ...finding, choice: details.choice } : finding
}

export const review = (rule: string, text: string, details: FindingDetails = {}): Finding =>
  note('review', rule, text, details)

export const info = (rule: string, text: string, details: FindingDetails = {}): Finding =>
  note('info', rule, text, details)

/** Leaves the dataset unusable; `choice` names the option that settles it, where one does. */
export const blocking = (
  code: ErrorCode,
  rule: string,
  text: string,
  details: FindingDetails = {},
): Finding => ({ ...note('review', rule, text, details), level: 'blocking' as const, code })

export const choiceOf = (
  option: keyof ReadOptions,
  values: readonly (readonly [value: string, label: string])[],
): FindingChoice => ({
  option,
  values: values.map(([value, label]) => ({ value, label })),
})

const SHOWN_CHANGES = 50

/** The first lines of a diff and their number, to be spread into a value of a choice. */
export function diff(
  changes: readonly Change[],
  total: number = changes.length,
): Required<Pick<ChoiceValue, 'changes' | 'total'>> {
  return {
    changes: changes.slice(0, SHOWN_CHANGES).map(({ where, before, after }) => ({
      where: shown(where),
      before: shown(before),
      after: shown(after),
    })),
    total,
  }
}

/** A number of a diff: short, and without the noise of the last bits. */
export const shortNumber = (value: number): string =>
  value === value ? String(Number(value.toPrecision(5))) : 'missing'

/** The error a command line ends with when nobody can be asked; null when nothing blocks. */
export function firstBlocking(findings: readonly Finding[]): AppError | null {
  const finding = findings.find((each) => each.level === 'blocking')
  if (!finding) return null
  return new AppError(finding.code ?? 'DATA_FORMAT', finding.text, {
    rule: finding.rule,
    count: finding.count,
    examples: finding.examples,
    ...(finding.choice ? { choice: finding.choice } : {}),
  })
}
