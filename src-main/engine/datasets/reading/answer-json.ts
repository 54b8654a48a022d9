/**
 * The answer of a reader as JSON in pieces: a table of half a million genes or samples would otherwise lie in memory
 * several times, as objects, as pieces and as one text.
 *
 * Many names become one text of lines: JSON.parse looks up every short string of an array in a table of its own, which takes
 * longer than everything else together. A typed array becomes `{"$array": [type, length]}`; its numbers go elsewhere, in the order of the text. A number that JSON
 * cannot hold becomes `{"$num": "NaN" | "Infinity" | "-Infinity"}`.
 */
import { AppError } from '../../../../src-shared/contract/errors'
import type { ReadOutcome } from '../../../io/import'

const TYPES = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u8: Uint8Array,
} as const
type TypeName = keyof typeof TYPES
export type NumberArray = Float64Array | Float32Array | Int32Array | Uint8Array

const ELEMENTS_PER_PIECE = 4096
/** from this many on, names are written as lines */
const MANY_NAMES = 1000
const LINE_END = '\n'

/** @param arrays gets the typed arrays in the order of the text */
export function* answerJson({ summary, dataset }: ReadOutcome, arrays: NumberArray[]): Generator<string> {
  yield '{"summary":{'
  let separator = ''
  for (const [key, member] of Object.entries(summary) as [string, unknown][]) {
    if (member === undefined) continue
    yield `${separator}${JSON.stringify(key)}:`
    separator = ','
    if (key === 'samples') yield* samplesApart(summary.samples)
    else yield JSON.stringify(member)
  }
  yield '},"dataset":'
  yield* tagged(dataset, arrays)
  yield '}'
}

type Sample = ReadOutcome['summary']['samples'][number]

/** Fields that samples of most files do not have. No name holds the character that stands for an absent one. */
const FEW_HAVE = ['batch', 'group'] as const
const ABSENT = '\u0000'

function* samplesApart(samples: readonly Sample[]): Generator<string> {
  const { length } = samples
  yield '{"names":'
  yield* texts(length, (at) => samples[at]!.name)
  yield ',"environments":'
  yield* texts(length, (at) => samples[at]!.environment)
  for (const field of FEW_HAVE)
    if (samples.some((sample) => sample[field] !== undefined)) {
      yield `,"${field}":`
      yield* texts(length, (at) => samples[at]![field] ?? ABSENT)
    }
  yield '}'
}

/** The inverse for the samples of the summary. */
export function withSamples(apart: Readonly<Record<string, unknown>>): Sample[] {
  const environments = textsOf(apart.environments)
  // one string for all samples of an experiment
  const own = new Map<string, string>()
  const few = FEW_HAVE.filter((field) => apart[field] !== undefined).map(
    (field) => [field, textsOf(apart[field])] as const,
  )
  return textsOf(apart.names).map((name, at) => {
    const environment = environments[at] ?? ''
    const known = own.get(environment)
    if (known === undefined) own.set(environment, environment)
    const sample: Sample = { name, environment: known ?? environment }
    if (few.length === 0) return sample
    const more = few.map(([field, values]) => [field, values[at]] as const)
    return { ...sample, ...Object.fromEntries(more.filter(([, value]) => value !== ABSENT)) }
  })
}

/** `{"$lines": "…"}`, or an array where a name has a line end of its own. Texts are asked for, so that no list of them is made. */
function* texts(length: number, textAt: (at: number) => string): Generator<string> {
  const piece = (from: number): string[] => {
    const made: string[] = []
    for (let at = from; at < length && at < from + ELEMENTS_PER_PIECE; at++) made.push(textAt(at))
    return made
  }
  let lines = length >= MANY_NAMES
  for (let at = 0; lines && at < length; at++) lines = !textAt(at).includes(LINE_END)
  yield lines ? '{"$lines":"' : '['
  for (let from = 0; from < length; from += ELEMENTS_PER_PIECE) {
    if (from > 0) yield lines ? '\\n' : ','
    yield JSON.stringify(lines ? piece(from).join(LINE_END) : piece(from)).slice(1, -1)
  }
  yield lines ? '"}' : ']'
}

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? (value as string[]) : (value as { $lines: string }).$lines.split(LINE_END)

function* tagged(value: unknown, arrays: NumberArray[]): Generator<string> {
  if (typeof value === 'number' && !Number.isFinite(value)) yield `{"$num":"${value}"}`
  else if (value === null || value === undefined || typeof value !== 'object')
    yield JSON.stringify(value ?? null)
  else if (Array.isArray(value)) {
    if (typeof value[0] === 'string') {
      const names = value as readonly string[]
      yield* texts(names.length, (at) => names[at]!)
      return
    }
    yield '['
    for (const [index, item] of value.entries()) {
      if (index > 0) yield ','
      yield* tagged(item, arrays)
    }
    yield ']'
  } else {
    for (const [type, constructor] of Object.entries(TYPES))
      if (value instanceof constructor) {
        arrays.push(value)
        yield `{"$array":["${type}",${value.length}]}`
        return
      }
    let separator = '{'
    for (const [key, member] of Object.entries(value) as [string, unknown][]) {
      if (member === undefined) continue
      yield `${separator}${JSON.stringify(key)}:`
      separator = ','
      yield* tagged(member, arrays)
    }
    yield separator === '{' ? '{}' : '}'
  }
}

/**
 * The inverse for the data set.
 * @param arrays gets the typed arrays, which are still to be filled, in the order of the text
 * @param bytes that there are for them
 * @throws AppError INTERNAL when they need another number of bytes
 */
export function withNumbers(value: unknown, arrays: NumberArray[], bytes: number): unknown {
  let left = bytes
  const restore = (item: unknown): unknown => {
    if (typeof item !== 'object' || item === null) return item
    if (Array.isArray(item)) return typeof item[0] === 'string' ? item : item.map(restore)
    if ('$num' in item) return Number(item.$num)
    if ('$lines' in item) return textsOf(item)
    if ('$array' in item) {
      const [type, length] = item.$array as [TypeName, number]
      left -= length * TYPES[type].BYTES_PER_ELEMENT
      if (left < 0) throw damaged()
      const array = new TYPES[type](length)
      arrays.push(array)
      return array
    }
    return Object.fromEntries(
      Object.entries(item).flatMap(([key, member]) => (key === '__proto__' ? [] : [[key, restore(member)]])),
    )
  }
  const restored = restore(value)
  if (left !== 0) throw damaged()
  return restored
}

const damaged = (): AppError =>
  new AppError('INTERNAL', 'The numbers that were read are incomplete. Open the file again.')
