import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError } from '../../../src-shared/contract/errors'
import type { InputFile } from '../../../src-shared/domain/dataset'
import { count } from './findings'
import type { ReadRequest, SourceFile } from './types'

const CHUNK = 256 * 1024
const HEAD = 64 * 1024

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8

/** The content of a file, unpacked, in chunks; `finish` gives size and hash of the file as it lies on disk. */
export interface ByteStream {
  readonly gzip: boolean
  readonly chunks: AsyncIterable<Buffer>
  readonly finish: () => InputFile
}

/** Unpacks gzip (any number of members) with a bound on what it may become; hashes the packed bytes in the same pass. */
export async function openBytes(file: SourceFile, request: ReadRequest): Promise<ByteStream> {
  const size = await fileSize(file)
  const gzip = isGzip(await firstBytes(file, 4))
  const hash = createHash('sha256')
  let packed = 0
  const seen = (chunk: Buffer): void => {
    hash.update(chunk)
    packed += chunk.length
    request.onProgress?.(Math.min(1, packed / Math.max(1, size)))
  }
  const { signal, limits } = request

  async function* chunks(): AsyncGenerator<Buffer> {
    let unpacked = 0
    try {
      for await (const chunk of gzip ? unzipped(file.path, seen) : plain(file.path, seen)) {
        throwIfCancelled(signal)
        unpacked += chunk.length
        if (gzip) checkUnpacked(file, unpacked, packed, limits)
        yield chunk
      }
    } catch (error) {
      throw readError(file, error)
    }
  }
  const finish = (): InputFile => ({ name: file.name, bytes: packed, sha256: hash.digest('hex') })
  return { gzip, chunks: chunks(), finish }
}

/**
 * Chunks share their memory: each is valid until the next is asked for. The next is read from the disk while one is
 * worked on.
 */
async function* plain(path: string, seen: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  const handle = await open(path, 'r')
  let spare: Buffer = Buffer.allocUnsafe(CHUNK)
  let reading: Promise<{ bytesRead: number; buffer: Buffer }> = handle.read(
    Buffer.allocUnsafe(CHUNK),
    0,
    CHUNK,
  )
  try {
    for (;;) {
      const { bytesRead, buffer } = await reading
      if (bytesRead === 0) return
      reading = handle.read(spare, 0, CHUNK)
      spare = buffer
      const chunk = buffer.subarray(0, bytesRead)
      seen(chunk)
      yield chunk
    }
  } finally {
    // a file that is closed under a read fails it, and nobody waits for that one any more
    await reading.catch(() => undefined)
    await handle.close()
  }
}

async function* unzipped(path: string, seen: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  const raw = createReadStream(path, { highWaterMark: CHUNK })
  raw.on('data', (chunk) => seen(chunk as Buffer))
  try {
    // a pipeline closes the file when the reader stops early; its error reaches the reader as the stream's own
    yield* pipeline(raw, createGunzip({ chunkSize: CHUNK }), () => undefined) as AsyncIterable<Buffer>
  } finally {
    raw.destroy()
  }
}

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('CANCELLED', 'Reading was cancelled.')
}

/** The first unpacked bytes, enough to recognise a format by its content. */
export async function unpackedHead(file: SourceFile, request: ReadRequest): Promise<Buffer> {
  const head: Buffer[] = []
  let length = 0
  const { chunks } = await openBytes(file, { ...request, onProgress: undefined })
  for await (const chunk of chunks) {
    head.push(Buffer.from(chunk))
    length += chunk.length
    if (length >= HEAD) break
  }
  return Buffer.concat(head).subarray(0, HEAD)
}

async function fileSize(file: SourceFile): Promise<number> {
  const found = await stat(file.path).catch((error: unknown) => {
    throw readError(file, error)
  })
  if (!found.isFile()) throw new AppError('FILE_ACCESS', `${file.name} is not a file.`)
  if (found.size === 0)
    throw new AppError('DATA_FORMAT', `${file.name} is empty. Choose another file or export it again.`)
  return found.size
}

async function firstBytes(file: SourceFile, length: number): Promise<Uint8Array> {
  const handle = await open(file.path, 'r').catch((error: unknown) => {
    throw readError(file, error)
  })
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function checkUnpacked(
  file: SourceFile,
  unpacked: number,
  packed: number,
  limits: ReadRequest['limits'],
): void {
  const ratio = unpacked / Math.max(1, packed)
  if (unpacked > limits.unpackedBytes || (unpacked > limits.ratioFromBytes && ratio > limits.unpackRatio))
    throw new AppError(
      'RESOURCE_LIMIT',
      `${file.name} unpacks to an unusual size (more than ${count(Math.round(ratio))} times its own). ` +
        'It was not read further. If the file is genuine, unpack it and choose the unpacked file.',
      { unpackedBytes: unpacked, packedBytes: packed },
    )
}

function readError(file: SourceFile, error: unknown): unknown {
  if (error instanceof AppError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const details = { error: error instanceof Error ? error.message : String(error), code }
  if (code === 'Z_BUF_ERROR')
    return new AppError('DATA_FORMAT', `${file.name} is incomplete. Copy or download it again.`, details)
  if (code.startsWith('Z_'))
    return new AppError(
      'DATA_FORMAT',
      `${file.name} is damaged: it cannot be unpacked. Copy or download it again.`,
      details,
    )
  if (code === 'ENOENT')
    return new AppError(
      'FILE_ACCESS',
      `${file.name} was not found. It may have been moved, renamed or deleted.`,
      details,
    )
  if (code === 'EACCES' || code === 'EPERM')
    return new AppError('FILE_ACCESS', `${file.name} may not be read. Check its permissions.`, details)
  if (code.startsWith('E')) return new AppError('FILE_ACCESS', `${file.name} cannot be read.`, details)
  return error
}
