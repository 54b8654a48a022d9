import { crc32 } from 'node:zlib'
// Not 'fflate': its Node build declares `require`, as the bundler's own shim does, and a bundle with both does not load.
// Not zlib: its output differs between processors, and the same project must give the same bytes everywhere.
import { deflateSync } from 'fflate/browser'

export interface ZipEntry {
  readonly name: string
  readonly bytes: number
  /** the content in pieces; read twice when it is stored as it is */
  readonly read: () => AsyncIterable<Uint8Array>
}

/** Larger entries are stored as they are: they are compressed files already, or take longer to compress than to copy. */
const DEFLATE_AT_MOST = 64 * 1024 * 1024
/** 1 January 1980, 0:00, the first moment that a zip knows: no entry carries a date, so equal contents give equal files. */
const DOS_DATE = 0x21
const VERSION = 20
const UTF8 = 0x0800

interface Placed {
  readonly header: Buffer
  readonly offset: number
}

/**
 * Writes a zip (PKWARE APPNOTE 6.3, without zip64: at most 4 GB) whose bytes depend on names and contents alone.
 * @throws RangeError when it would be larger than the format allows
 */
export async function writeZip(
  entries: readonly ZipEntry[],
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const placed: Placed[] = []
  let offset = 0
  const put = async (bytes: Uint8Array): Promise<void> => {
    offset += bytes.length
    if (offset > 0xffffffff) throw new RangeError('a zip holds at most 4 GB')
    await write(bytes)
  }
  for (const entry of entries) {
    const deflated = entry.bytes <= DEFLATE_AT_MOST ? await deflatedContent(entry) : null
    const small = deflated && deflated.packed.length < entry.bytes ? deflated : null
    const crc = deflated?.crc ?? (await crcOf(entry))
    const name = Buffer.from(entry.name, 'utf8')
    const header = Buffer.alloc(26)
    header.writeUInt16LE(VERSION, 0)
    header.writeUInt16LE(UTF8, 2)
    header.writeUInt16LE(small ? 8 : 0, 4)
    header.writeUInt16LE(0, 6)
    header.writeUInt16LE(DOS_DATE, 8)
    header.writeUInt32LE(crc, 10)
    header.writeUInt32LE(small ? small.packed.length : entry.bytes, 14)
    header.writeUInt32LE(entry.bytes, 18)
    header.writeUInt16LE(name.length, 22)
    placed.push({ header: Buffer.concat([header, name]), offset })
    await put(Buffer.concat([signature(0x04034b50), header, name]))
    if (small) await put(small.packed)
    else for await (const piece of entry.read()) await put(piece)
  }
  const start = offset
  for (const { header, offset: at } of placed) {
    const rest = Buffer.alloc(14)
    // comment, disk and attributes stay 0; the last four bytes are the place of the entry
    rest.writeUInt32LE(at, 10)
    const [fields, name] = [header.subarray(0, 26), header.subarray(26)]
    const made = Buffer.alloc(2)
    made.writeUInt16LE(VERSION, 0)
    await put(Buffer.concat([signature(0x02014b50), made, fields, rest, name]))
  }
  const end = Buffer.alloc(22)
  signature(0x06054b50).copy(end)
  end.writeUInt16LE(placed.length, 8)
  end.writeUInt16LE(placed.length, 10)
  end.writeUInt32LE(offset - start, 12)
  end.writeUInt32LE(start, 16)
  await put(end)
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value, 0)
  return bytes
}

async function deflatedContent(entry: ZipEntry): Promise<{ packed: Uint8Array; crc: number }> {
  const pieces: Uint8Array[] = []
  for await (const piece of entry.read()) pieces.push(piece)
  const content = Buffer.concat(pieces)
  return { packed: deflateSync(content, { level: 6 }), crc: crc32(content) }
}

async function crcOf(entry: ZipEntry): Promise<number> {
  let crc = 0
  for await (const piece of entry.read()) crc = crc32(piece, crc)
  return crc
}
