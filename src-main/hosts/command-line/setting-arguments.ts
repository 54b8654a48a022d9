import { readFile } from 'node:fs/promises'
import { AppError } from '../../../src-shared/contract/errors'
import { SETTINGS, type ScalarSetting } from '../../../src-shared/contract/settings'
import type { Edge } from '../../../src-shared/domain/constraints'
import { DEFAULT_SETTINGS, RunSettings, type KnownTargets } from '../../../src-shared/domain/run-settings'
import { usageError, type Arguments, type OptionSpec, type OptionSpecs } from './options'

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const SCALARS = Object.keys(SETTINGS) as ScalarSetting[]

/** One option per entry of the settings registry, so that the form, the help and the docs cannot differ. */
export const SCALAR_OPTIONS: OptionSpecs = Object.fromEntries(
  SCALARS.map((name): [string, OptionSpec] => {
    const info = SETTINGS[name]
    const range = info.min === undefined ? '' : ` From ${info.min} to ${info.max}.`
    const choices = info.choices?.map(({ value }) => String(value))
    const auto = info.auto === undefined ? '' : ` ${String(info.auto)} = automatic.`
    return [
      kebab(name),
      {
        value: choices ? 'KIND' : 'NUMBER',
        choices,
        help: `${info.label}. ${choices ? `One of ${choices.join(', ')}.` : `${range}${auto}`.trim()} Default ${String(info.default)}.`,
      },
    ]
  }),
)

export const SETTING_OPTIONS: OptionSpecs = {
  ...SCALAR_OPTIONS,
  'known-targets': {
    value: '"EXP=G1;G2"',
    repeatable: true,
    help: 'Direct targets of an experiment that are known. These are all: "EXP=G1;G2". These and maybe more: "EXP=G1;G2;?". Can be repeated.',
  },
  require: { value: '"A>B"', repeatable: true, help: 'A causes B directly (also A->B). Can be repeated.' },
  forbid: { value: '"A>B"', repeatable: true, help: 'A does not cause B directly. Can be repeated.' },
  root: { value: 'GENE', repeatable: true, help: 'This gene has no causes. Can be repeated.' },
  leaf: { value: 'GENE', repeatable: true, help: 'This gene has no effects. Can be repeated.' },
  tier: {
    value: '"G1;G2"',
    repeatable: true,
    help: 'A tier, earliest first: genes of a later tier never cause genes of an earlier one. Can be repeated.',
  },
  tiers: {
    value: 'FILE',
    help: 'One tier per line, genes separated by tabs, commas or spaces; genes of a later line never cause genes of an earlier one.',
  },
}

/**
 * @param base settings that hold where the command line says nothing; its constraints are added to theirs
 * @throws AppError INVALID_PARAMS naming the option, FILE_ACCESS for the tiers file
 */
export async function settingsFrom(
  args: Arguments,
  fromSheet: Readonly<Record<string, KnownTargets>>,
  base: RunSettings = DEFAULT_SETTINGS,
): Promise<RunSettings> {
  const scalars = SCALARS.flatMap((name) => {
    const given = args.text(kebab(name))
    return given === undefined ? [] : [[name, scalarValue(name, given)] as const]
  })
  const parsed = RunSettings.safeParse({
    ...base,
    ...Object.fromEntries(scalars),
    knownTargets: {
      ...fromSheet,
      ...base.knownTargets,
      ...Object.fromEntries(args.list('known-targets').map(parseKnownTargets)),
    },
    constraints: {
      ...base.constraints,
      required: [
        ...base.constraints.required,
        ...args.list('require').map((text) => parseEdge('require', text)),
      ],
      forbidden: [
        ...base.constraints.forbidden,
        ...args.list('forbid').map((text) => parseEdge('forbid', text)),
      ],
      tiers: await tiersFrom(args, base.constraints.tiers),
      ...more('roots', base.constraints.roots, args.list('root')),
      ...more('leaves', base.constraints.leaves, args.list('leaf')),
    },
  })
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const option = kebab(String(issue?.path[0] ?? ''))
  throw usageError(`--${option} is not valid. ${issue?.message ?? ''}`, option)
}

/** Genes that are added to a list; an empty list is left out, as results without it keep their hash. */
function more(
  list: 'roots' | 'leaves',
  before: readonly string[] | undefined,
  added: readonly string[],
): Partial<Record<'roots' | 'leaves', string[]>> {
  const genes = [...new Set([...(before ?? []), ...added.map((gene) => gene.trim())])]
  return genes.length === 0 ? {} : { [list]: genes }
}

/** Tiers of the command line take the place of those there were. @throws AppError INVALID_PARAMS, FILE_ACCESS */
async function tiersFrom(args: Arguments, before: string[][]): Promise<string[][]> {
  const [file, inline] = [args.text('tiers'), args.list('tier')]
  if (file !== undefined && inline.length > 0)
    throw usageError('Give the tiers by --tier or by --tiers, not by both.', 'tier')
  if (file !== undefined) return readTiers(file)
  return inline.length === 0 ? before : inline.map((line) => namesOf(line, ';'))
}

const namesOf = (line: string, separator: string | RegExp): string[] =>
  line
    .split(separator)
    .map((gene) => gene.trim())
    .filter((gene) => gene !== '')

function scalarValue(name: ScalarSetting, given: string): string | number {
  const info = SETTINGS[name]
  if (typeof info.default !== 'number') return given
  const value = Number(given)
  const [min, max] = [info.min ?? -Infinity, info.max ?? Infinity]
  const whole = Number.isInteger(info.step ?? 1)
  if (given.trim() === '' || !(value >= min && value <= max) || (whole && !Number.isInteger(value)))
    throw usageError(
      `--${kebab(name)} must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}; '${given}' was given.`,
      kebab(name),
    )
  return value
}

function parseKnownTargets(text: string): [string, KnownTargets] {
  const at = text.lastIndexOf('=')
  const genes = text
    .slice(at + 1)
    .split(';')
    .map((gene) => gene.trim())
    .filter((gene) => gene !== '')
  const open = genes.at(-1) === '?'
  if (open) genes.pop()
  const environment = text.slice(0, Math.max(at, 0)).trim()
  if (environment === '' || genes.length === 0)
    throw usageError(
      `--known-targets must look like "EXP=G1;G2" or "EXP=G1;?"; '${text}' was given.`,
      'known-targets',
    )
  return [environment, { genes, complete: !open }]
}

function parseEdge(option: string, text: string): Edge {
  const parts = text.split(/\s*(?:->|→|>)\s*/).map((gene) => gene.trim())
  const [source, target] = parts
  if (parts.length !== 2 || !source || !target)
    throw usageError(`--${option} must look like "A>B"; '${text}' was given.`, option)
  return { source, target }
}

const MAX_TIERS_BYTES = 10 * 1024 * 1024

async function readTiers(path: string): Promise<string[][]> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw new AppError('FILE_ACCESS', `The tiers file '${path}' cannot be read.`, {
      error: error instanceof Error ? error.message : String(error),
    })
  }
  if (text.length > MAX_TIERS_BYTES) throw usageError(`The tiers file '${path}' is too large.`, 'tiers')
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => namesOf(line, /[\t,;]/.test(line) ? /[\t,;]/ : /\s+/))
}
