/**
 * A result in a form that deflates better than its text, for a report, whose size is bounded. Nothing is lost: unpacked it is
 * the same text, byte for byte, which its SHA-256 proves.
 *
 * Canonical JSON holds arrays as base64, where deflate finds neither numbers that repeat nor the sign and exponent that
 * neighbours share. Here each array is stored once, however often it occurs, as decimal text where its numbers are short,
 * else as bytes in planes: the first bytes of all numbers, then the second bytes, and so on.
 *
 * Layout: a line of JSON (`Head`), the text with every array replaced by its place in the list, the arrays.
 */
import { z } from 'zod'

const BYTES = { f64: 8, f32: 4, i32: 4, u8: 1 } as const
type Tag = keyof typeof BYTES

const Count = z.number().int().min(0)
const Head = z.object({
  /** bytes of the text */
  text: Count,
  arrays: z.array(z.object({ form: z.enum(['planes', 'decimals']), width: Count.max(8), bytes: Count })),
})
type Stored = z.infer<typeof Head>['arrays'][number]

const ARRAY = /"\$(f64|f32|i32|u8)":"([A-Za-z0-9+/=]*)"/g
const PLACE = /"\$(?:f64|f32|i32|u8)":(\d+)/g
const NEWLINE = 0x0a
/** Decimal text deflates below eight binary bytes up to about this length: measured on values of five digits. */
const DECIMALS_AT_MOST = 10
const LOOKED_AT = 200
/** The most that packing gains, with room: '0 ' becomes 10.7 characters, and an array may occur several times. */
const LARGEST_GROWTH = 32
const LARGEST_TEXT = 256 * 1024 ** 2

/** @returns undefined when unpacking would not give the same text */
export function packResult(text: Buffer): Buffer | undefined {
  const places = new Map<string, number>()
  const stored: Stored[] = []
  const blobs: Buffer[] = []
  const rest = text.toString('utf8').replace(ARRAY, (_, tag: Tag, base64: string) => {
    let place = places.get(base64)
    if (place === undefined) {
      place = stored.length
      places.set(base64, place)
      const bytes = Buffer.from(base64, 'base64')
      const decimals = tag === 'f64' ? decimalsOf(bytes) : undefined
      const blob = decimals ?? planesOf(bytes, BYTES[tag])
      stored.push({ form: decimals ? 'decimals' : 'planes', width: BYTES[tag], bytes: blob.length })
      blobs.push(blob)
    }
    return `"$${tag}":${place}`
  })
  const body = Buffer.from(rest, 'utf8')
  const head = Buffer.from(`${JSON.stringify({ text: body.length, arrays: stored })}\n`, 'utf8')
  const packed = Buffer.concat([head, body, ...blobs])
  return unpackResult(packed)?.equals(text) ? packed : undefined
}

/** @returns the text of the result, or undefined when these bytes are no packed result; they may come from outside */
export function unpackResult(packed: Buffer): Buffer | undefined {
  const end = packed.indexOf(NEWLINE)
  const head = Head.safeParse(jsonOf(packed.toString('utf8', 0, Math.max(end, 0))))
  if (!head.success) return undefined
  const { text, arrays } = head.data
  let at = end + 1 + text
  const base64: string[] = []
  for (const { form, width, bytes } of arrays) {
    if (at + bytes > packed.length) return undefined
    const blob = packed.subarray(at, at + bytes)
    base64.push((form === 'decimals' ? numbersOf(blob) : interleaved(blob, width)).toString('base64'))
    at += bytes
  }
  if (at !== packed.length) return undefined
  const most = Math.min(LARGEST_GROWTH * packed.length, LARGEST_TEXT)
  const pieces: string[] = []
  let length = 0
  let from = 0
  const rest = packed.toString('utf8', end + 1, end + 1 + text)
  for (const match of rest.matchAll(PLACE)) {
    const array = base64[Number(match[1])]
    if (array === undefined) return undefined
    const before = rest.slice(from, match.index + match[0].length - match[1]!.length)
    length += before.length + array.length
    if (length > most) return undefined
    pieces.push(before, `"${array}"`)
    from = match.index + match[0].length
  }
  return Buffer.from([...pieces, rest.slice(from)].join(''), 'utf8')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** @returns undefined when the numbers are long, or not all of them can be written as text */
function decimalsOf(bytes: Buffer): Buffer | undefined {
  if (bytes.length % 8 !== 0) return undefined
  const numbers = Array.from({ length: bytes.length / 8 }, (_, index) => bytes.readDoubleLE(8 * index))
  const some = numbers.slice(0, LOOKED_AT).join(' ')
  if (some.length > DECIMALS_AT_MOST * Math.min(numbers.length, LOOKED_AT)) return undefined
  const text = Buffer.from(numbers.join(' '), 'utf8')
  // −0 and a NaN with other bits than the usual ones have no text of their own
  return numbersOf(text).equals(bytes) ? text : undefined
}

function numbersOf(text: Buffer): Buffer {
  const words = text.length === 0 ? [] : text.toString('utf8').split(' ')
  const bytes = Buffer.alloc(8 * words.length)
  words.forEach((word, index) => bytes.writeDoubleLE(Number(word), 8 * index))
  return bytes
}

/** [n][width] bytes as [width][n]; a rest that fills no number stays at the end. */
function planesOf(bytes: Buffer, width: number): Buffer {
  const count = Math.floor(bytes.length / width)
  const planes = Buffer.from(bytes)
  for (let index = 0; index < count; index++)
    for (let byte = 0; byte < width; byte++) planes[byte * count + index] = bytes[index * width + byte]!
  return planes
}

/** The inverse of `planesOf`. */
function interleaved(planes: Buffer, width: number): Buffer {
  const count = width === 0 ? 0 : Math.floor(planes.length / width)
  const bytes = Buffer.from(planes)
  for (let index = 0; index < count; index++)
    for (let byte = 0; byte < width; byte++) bytes[index * width + byte] = planes[byte * count + index]!
  return bytes
}
