import { isAscii, isUtf8 } from 'node:buffer'
import { AppError } from '../../../src-shared/contract/errors'
import type { Encoding, SourceFile } from './types'

const CARRIAGE_RETURN = 13

/** UTF-8 was assumed and a byte sequence is not UTF-8: the file is read again as Windows-1252. */
export class NotUtf8 extends Error {
  override readonly name = 'NotUtf8'
}

export function encodingOf(head: Uint8Array): { encoding: Encoding; mark: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 }
  return { encoding: 'utf-8', mark: 0 }
}

/**
 * Text with every line ending as `\n`. Bytes are ASCII and are what most tables consist of: they need not become a
 * string to be read as numbers. They are valid until the next piece is asked for.
 */
export type TextPiece = string | Buffer

/** Text of the file with every line ending as `\n`. */
export async function* decodeText(
  file: SourceFile,
  chunks: AsyncIterable<Buffer>,
  fallback: Encoding | null,
  onEncoding: (encoding: Encoding) => void,
): AsyncGenerator<string> {
  yield* strings(decodePieces(file, chunks, fallback, onEncoding))
}

export async function* strings(pieces: AsyncIterable<TextPiece>): AsyncGenerator<string> {
  for await (const piece of pieces) yield stringOf(piece)
}

export const stringOf = (piece: TextPiece): string =>
  typeof piece === 'string' ? piece : piece.toString('latin1')

/** As `decodeText`, without making strings of bytes that are text as they stand. */
export async function* decodePieces(
  file: SourceFile,
  chunks: AsyncIterable<Buffer>,
  fallback: Encoding | null,
  onEncoding: (encoding: Encoding) => void,
): AsyncGenerator<TextPiece> {
  let decode: ((bytes: Buffer, last: boolean) => TextPiece) | null = null
  let carriageReturn = false
  let position = 0
  for await (const chunk of chunks) {
    let bytes = chunk
    if (!decode) {
      const { encoding, mark } = encodingOf(chunk)
      const used = mark === 0 && fallback ? fallback : encoding
      onEncoding(used)
      decode = used === 'utf-8' ? utf8Decoder() : otherDecoder(used)
      bytes = chunk.subarray(mark)
      if (used === 'utf-8' || used === 'windows-1252')
        decode = refusingZeroBytes(file, decode, () => position)
    }
    const piece: TextPiece = decode(bytes, false)
    position += chunk.length
    if (typeof piece !== 'string' && !carriageReturn && !piece.includes(CARRIAGE_RETURN)) {
      if (piece.length > 0) yield piece
      continue
    }
    const lines = unixLines(stringOf(piece), carriageReturn)
    carriageReturn = lines.carriageReturn
    if (lines.text !== '') yield lines.text
  }
  const rest = stringOf(decode?.(Buffer.alloc(0), true) ?? '') + (carriageReturn ? '\n' : '')
  if (rest !== '') yield rest
}

/** CRLF and CR become LF; a CR at the very end waits for what follows it. */
function unixLines(text: string, before: boolean): { text: string; carriageReturn: boolean } {
  let whole = before ? `\r${text}` : text
  const carriageReturn = whole.endsWith('\r')
  if (carriageReturn) whole = whole.slice(0, -1)
  return { text: whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole, carriageReturn }
}

/** Cuts before an unfinished character, so that every piece can be checked and decoded by itself. */
function utf8Decoder(): (bytes: Buffer, last: boolean) => TextPiece {
  let carry = Buffer.alloc(0)
  return (bytes, last) => {
    const whole = carry.length > 0 ? Buffer.concat([carry, bytes]) : bytes
    const end = last ? whole.length : completeUtf8(whole)
    carry = Buffer.from(whole.subarray(end))
    const piece = whole.subarray(0, end)
    if (isAscii(piece)) return piece
    if (!isUtf8(piece)) throw new NotUtf8()
    return piece.toString('utf8')
  }
}

function completeUtf8(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return back < needed ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}

function otherDecoder(encoding: Encoding): (bytes: Buffer, last: boolean) => string {
  const decoder = new TextDecoder(encoding)
  return (bytes, last) => decoder.decode(bytes, { stream: !last })
}

/** Text has no zero bytes: with one, the file is another format or was damaged. */
function refusingZeroBytes(
  file: SourceFile,
  decode: (bytes: Buffer, last: boolean) => TextPiece,
  position: () => number,
): (bytes: Buffer, last: boolean) => TextPiece {
  return (bytes, last) => {
    const zero = bytes.indexOf(0)
    if (zero >= 0)
      throw new AppError(
        'DATA_FORMAT',
        `${file.name} is not a text table: it holds a zero byte. It may be damaged or in another format. ` +
          'Copy it again, or export the table as CSV or tab-separated text.',
        { position: position() + zero },
      )
    return decode(bytes, last)
  }
}
