import { parseArgs } from 'node:util'
import { AppError } from '../../../src-shared/contract/errors'
import { nearest } from './nearest'

export interface OptionSpec {
  /** placeholder of the value in the help; absent for a switch */
  readonly value?: string
  readonly help: string
  readonly choices?: readonly string[]
  readonly repeatable?: boolean
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>

export interface Arguments {
  readonly positionals: readonly string[]
  /** last value of an option */
  readonly text: (name: string) => string | undefined
  readonly list: (name: string) => readonly string[]
  readonly isOn: (name: string) => boolean
  /** @throws AppError INVALID_PARAMS when it is not a whole number in the range */
  readonly count: (name: string, range: { min: number; max: number }) => number | undefined
}

export interface PositionalRange {
  readonly names: string
  readonly min: number
  readonly max: number
}

export const usageError = (message: string, option?: string): AppError =>
  new AppError('INVALID_PARAMS', message, option === undefined ? {} : { option })

/**
 * The arguments of one command, checked against its options: an unknown option is an error that names the
 * nearest one, never something that is silently ignored.
 * @throws AppError INVALID_PARAMS
 */
export function parseArguments(
  argv: readonly string[],
  specs: OptionSpecs,
  range: PositionalRange,
): Arguments {
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries(specs).map(([name, spec]) => [
        name,
        spec.value === undefined ? { type: 'boolean' as const } : { type: 'string' as const, multiple: true },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const values = new Map<string, string[]>()
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value } = token
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined
    if (!spec) throw unknownOption(rawName, name, specs)
    values.set(name, [...(values.get(name) ?? []), checkedValue(rawName, value, spec)])
  }
  if (positionals.length < range.min) throw usageError(`${range.names} is missing.`)
  if (positionals.length > range.max)
    throw usageError(
      `'${positionals[range.max]}' is one argument too many. Expected: ${range.names || 'none'}.`,
    )

  const text = (name: string): string | undefined => values.get(name)?.at(-1)
  return {
    positionals,
    text,
    list: (name) => values.get(name) ?? [],
    isOn: (name) => values.has(name),
    count: (name, { min, max }) => {
      const given = text(name)
      if (given === undefined) return undefined
      const number = Number(given)
      if (given.trim() === '' || !Number.isInteger(number) || number < min || number > max)
        throw usageError(
          `--${name} must be a whole number from ${min} to ${max}; '${given}' was given.`,
          name,
        )
      return number
    },
  }
}

function checkedValue(rawName: string, value: string | undefined, spec: OptionSpec): string {
  if (spec.value === undefined) {
    if (value !== undefined) throw usageError(`${rawName} is a switch and takes no value.`, rawName)
    return ''
  }
  if (value === undefined) throw usageError(`${rawName} needs a value: ${rawName} ${spec.value}`, rawName)
  if (spec.choices && !spec.choices.includes(value)) {
    const guess = nearest(value, spec.choices)
    throw usageError(
      `${rawName} must be one of ${spec.choices.join(', ')}; '${value}' was given.${guess ? ` Did you mean '${guess}'?` : ''}`,
      rawName,
    )
  }
  return value
}

function unknownOption(rawName: string, name: string, specs: OptionSpecs): AppError {
  const guess = nearest(name, Object.keys(specs))
  return usageError(
    `There is no option ${rawName}.${guess ? ` Did you mean --${guess}?` : ' --help lists all options.'}`,
    rawName,
  )
}
