import type { Rng } from '../../../src-main/core/random/rng'

export interface Mutation {
  readonly bytes: Uint8Array
  /** what was done, for the message of a failing test */
  readonly words: string
  /** bytes whose content may differ; Infinity when bytes have moved */
  readonly touched: number
}

/** Bytes that mean something to the formats: separators, quotes, signs, ends of lines, zero. */
const TELLING = [0, 9, 10, 13, 32, 34, 39, 44, 45, 46, 48, 59, 60, 62, 101, 124, 255]

/** One to four changes of the kinds that disks, networks, editors and attackers make. */
export function mutate(original: Uint8Array, rng: Rng): Mutation {
  // not slice: that of a Buffer shares its memory
  let bytes: Uint8Array = Uint8Array.from(original)
  const done: string[] = []
  let touched = 0
  const times = 1 + rng.int(4)
  for (let time = 0; time < times; time++) {
    const change = CHANGES[rng.int(CHANGES.length)]!
    const result = change(bytes, rng)
    bytes = result.bytes
    touched += result.touched
    done.push(result.words)
  }
  return { bytes, words: done.join(', '), touched }
}

type Change = (bytes: Uint8Array, rng: Rng) => Mutation

const place = (bytes: Uint8Array, rng: Rng): number => rng.int(Math.max(1, bytes.length))

const CHANGES: readonly Change[] = [
  (bytes, rng) => {
    const at = place(bytes, rng)
    const bit = rng.int(8)
    if (at < bytes.length) bytes[at]! ^= 1 << bit
    return { bytes, words: `bit ${bit} of byte ${at} flipped`, touched: 1 }
  },
  (bytes, rng) => {
    const at = place(bytes, rng)
    const value = rng.int(2) === 0 ? TELLING[rng.int(TELLING.length)]! : rng.int(256)
    if (at < bytes.length) bytes[at] = value
    return { bytes, words: `byte ${at} set to ${value}`, touched: 1 }
  },
  (bytes, rng) => {
    const at = place(bytes, rng)
    return { bytes: bytes.slice(0, at), words: `cut at ${at}`, touched: Infinity }
  },
  (bytes, rng) => {
    const at = place(bytes, rng)
    const length = 1 + rng.int(64)
    const rest = new Uint8Array([...bytes.subarray(0, at), ...bytes.subarray(at + length)])
    return { bytes: rest, words: `${length} bytes from ${at} on removed`, touched: Infinity }
  },
  (bytes, rng) => {
    const at = place(bytes, rng)
    const extra = Uint8Array.from({ length: 1 + rng.int(16) }, () => TELLING[rng.int(TELLING.length)]!)
    const longer = new Uint8Array([...bytes.subarray(0, at), ...extra, ...bytes.subarray(at)])
    return { bytes: longer, words: `${extra.join(' ')} put in at ${at}`, touched: Infinity }
  },
  (bytes, rng) => {
    const [from, to] = [place(bytes, rng), place(bytes, rng)]
    const length = Math.min(1 + rng.int(256), bytes.length - Math.max(from, to))
    bytes.copyWithin(to, from, from + length)
    return { bytes, words: `${length} bytes of ${from} copied over ${to}`, touched: length }
  },
  (bytes, rng) => {
    const at = place(bytes, rng)
    const length = Math.min(1 + rng.int(512), bytes.length - at)
    bytes.fill(0, at, at + length)
    return { bytes, words: `${length} bytes from ${at} on set to zero`, touched: length }
  },
  (bytes, rng) => {
    const at = place(bytes, rng)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (at + 4 > bytes.length) return { bytes, words: 'nothing', touched: 0 }
    // sizes, offsets and counts that lie
    view.setUint32(at, [0, 1, 0x7fffffff, 0xffffffff, 0x00ffffff][rng.int(5)]!, rng.int(2) === 0)
    return { bytes, words: `a large number written at ${at}`, touched: 4 }
  },
]
