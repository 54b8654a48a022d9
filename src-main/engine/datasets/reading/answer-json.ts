/**
 * The answer of a reader as JSON in pieces: a table of half a million genes or samples would otherwise lie in memory
 * several times, as objects, as pieces and as one text.
 *
 * A typed array becomes `{"$array": [type, length]}`; its numbers go elsewhere, in the order of the text. A number that JSON
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

/** @param arrays gets the typed arrays in the order of the text */
export function* answerJson({ summary, dataset }: ReadOutcome, arrays: NumberArray[]): Generator<string> {
  yield '{"summary":{'
  let separator = ''
  for (const [key, member] of Object.entries(summary) as [string, unknown][]) {
    if (member === undefined) continue
    yield `${separator}${JSON.stringify(key)}:`
    separator = ','
    if (Array.isArray(member)) yield* elements(member)
    else yield JSON.stringify(member)
  }
  yield '},"dataset":'
  yield* tagged(dataset, arrays)
  yield '}'
}

/** As JSON.stringify, but in pieces. */
function* elements(array: readonly unknown[]): Generator<string> {
  yield '['
  for (let from = 0; from < array.length; from += ELEMENTS_PER_PIECE) {
    const piece = JSON.stringify(array.slice(from, from + ELEMENTS_PER_PIECE))
    yield `${from > 0 ? ',' : ''}${piece.slice(1, -1)}`
  }
  yield ']'
}

function* tagged(value: unknown, arrays: NumberArray[]): Generator<string> {
  if (typeof value === 'number' && !Number.isFinite(value)) yield `{"$num":"${value}"}`
  else if (value === null || value === undefined || typeof value !== 'object')
    yield JSON.stringify(value ?? null)
  else if (Array.isArray(value)) {
    if (typeof value[0] === 'string') {
      yield* elements(value)
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
