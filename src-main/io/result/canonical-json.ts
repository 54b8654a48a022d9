/**
 * JSON with a fixed key order and lossless typed arrays.
 *
 * A typed array becomes `{"$f64": "<base64>"}` (or `$f32`, `$i32`, `$u8`) over its little-endian bytes, a number that
 * JSON cannot hold `{"$num": "NaN" | "Infinity" | "-Infinity"}`. The same value gives the same text on every
 * computer, so a hash of the text is a hash of the value.
 */

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

const TAG_OF_TYPE = [
  ['$f64', Float64Array],
  ['$f32', Float32Array],
  ['$i32', Int32Array],
  ['$u8', Uint8Array],
] as const

type TaggedArray = Float64Array | Float32Array | Int32Array | Uint8Array

/** @returns the canonical text; `undefined` members are left out as JSON.stringify does. */
export function canonicalJson(value: unknown): string {
  const pieces: string[] = []
  write(value, pieces)
  return pieces.join('')
}

function write(value: unknown, pieces: string[]): void {
  if (typeof value === 'number' && !Number.isFinite(value)) pieces.push(`{"$num":"${value}"}`)
  else if (value === null || value === undefined || typeof value !== 'object')
    pieces.push(JSON.stringify(value ?? null))
  else if (Array.isArray(value)) {
    // the same text, from one call: names of genes come by the hundred thousand
    if (value.length > 0 && value.every((item) => typeof item === 'string')) {
      pieces.push(JSON.stringify(value))
      return
    }
    value.forEach((item, index) => {
      pieces.push(index === 0 ? '[' : ',')
      write(item, pieces)
    })
    pieces.push(value.length === 0 ? '[]' : ']')
  } else writeObject(value, pieces)
}

function writeObject(value: object, pieces: string[]): void {
  for (const [tag, type] of TAG_OF_TYPE) {
    if (value instanceof type) {
      pieces.push(`{"${tag}":"${toBase64(value)}"}`)
      return
    }
  }
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  pieces.push('{')
  entries.forEach(([key, member], index) => {
    pieces.push(`${index === 0 ? '' : ','}${JSON.stringify(key)}:`)
    write(member, pieces)
  })
  pieces.push('}')
}

/**
 * The inverse of `canonicalJson`. Keys named `__proto__` are dropped: they never belong to our files and
 * would change the prototype of whatever is built from them.
 * @throws SyntaxError when the text is not JSON, RangeError when a tagged array is damaged
 */
export function parseCanonicalJson(text: string): unknown {
  return restore(JSON.parse(text))
}

/** In place: what JSON.parse made belongs to nobody else. A reviver would be asked about every single number. */
function restore(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items: unknown[] = value
    items.forEach((item, index) => {
      if (typeof item === 'object' && item !== null) items[index] = restore(item)
    })
    return items
  }
  const members = value as Record<string, unknown>
  Reflect.deleteProperty(members, '__proto__')
  const keys = Object.keys(members)
  const [only] = keys
  if (keys.length === 1 && only !== undefined) {
    const content = members[only]
    if (typeof content === 'string') return untag(only, content, members)
  }
  for (const key of keys) {
    const member = members[key]
    if (typeof member === 'object' && member !== null) members[key] = restore(member)
  }
  return members
}

/** @param value what is no tagged value, and stays as it is */
function untag(tag: string, content: string, value: object): unknown {
  if (tag === '$num') {
    if (content !== 'NaN' && content !== 'Infinity' && content !== '-Infinity')
      throw new RangeError(`'${content.slice(0, 20)}' is not one of NaN, Infinity, -Infinity`)
    return Number(content)
  }
  const type = TAG_OF_TYPE.find(([name]) => name === tag)?.[1]
  return type ? fromBase64(content, type) : value
}

function toBase64(array: TaggedArray): string {
  const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength)
  return (LITTLE_ENDIAN ? bytes : swapped(bytes, array.BYTES_PER_ELEMENT)).toString('base64')
}

function fromBase64(text: string, type: (typeof TAG_OF_TYPE)[number][1]): TaggedArray {
  const decoded = Buffer.from(text, 'base64')
  if (decoded.length % type.BYTES_PER_ELEMENT !== 0 || decoded.toString('base64') !== text)
    throw new RangeError('a stored array is damaged')
  const bytes = LITTLE_ENDIAN ? decoded : swapped(decoded, type.BYTES_PER_ELEMENT)
  const aligned = new Uint8Array(bytes)
  return new type(aligned.buffer)
}

function swapped(bytes: Buffer, elementBytes: number): Buffer {
  const copy = Buffer.from(bytes)
  if (elementBytes === 8) copy.swap64()
  if (elementBytes === 4) copy.swap32()
  return copy
}
