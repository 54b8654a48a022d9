import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '../../../src-shared/contract/errors'
import { UPLOAD_NAME_HEADER } from '../../../src-shared/contract/host'

export interface UploadLimits {
  readonly fileBytes: number
  readonly totalBytes: number
}

export const UPLOAD_LIMITS: UploadLimits = {
  fileBytes: 512 * 1024 * 1024,
  totalBytes: 4 * 1024 * 1024 * 1024,
}

export interface ReceivedFile {
  readonly name: string
  readonly path: string
  readonly size: number
}

/**
 * Streams the body of a request into the session folder. The name the browser gave is only ever shown; the
 * file on disk gets a random one.
 * @returns the function that receives one request
 * @throws AppError RESOURCE_LIMIT, FILE_ACCESS
 */
export function createUploads(
  folder: string,
  limits: UploadLimits,
): (request: IncomingMessage) => Promise<ReceivedFile> {
  let stored = 0

  return async (request) => {
    const name = shownName(request.headers[UPLOAD_NAME_HEADER])
    if (Number(request.headers['content-length'] ?? 0) > limits.fileBytes)
      throw tooLarge(name, limits.fileBytes)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, randomBytes(16).toString('hex'))
    let size = 0
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length
        stored += chunk.length
        if (size > limits.fileBytes) done(tooLarge(name, limits.fileBytes))
        else if (stored > limits.totalBytes) done(tooLarge(name, limits.totalBytes))
        else done(null, chunk)
      },
    })
    try {
      await pipeline(request, count, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
      return { name, path, size }
    } catch (error) {
      stored -= size
      await rm(path, { force: true })
      if (error instanceof AppError) throw error
      throw new AppError('FILE_ACCESS', `The upload of '${name}' did not finish. Try again.`, {
        error: error instanceof Error ? error.message : String(error),
      })
    }
  }
}

const tooLarge = (name: string, limit: number): AppError =>
  new AppError(
    'RESOURCE_LIMIT',
    `'${name}' is too large to upload (at most ${Math.round(limit / 1024 / 1024)} MB). Use the command line on the computer that has the file.`,
    { limit },
  )

/** The last part of the name without control characters, at most 200 characters. */
function shownName(header: string | string[] | undefined): string {
  const raw = typeof header === 'string' ? header : ''
  let decoded = raw
  try {
    decoded = decodeURIComponent(raw)
  } catch {
    // Not percent-encoded: shown as it came.
  }
  const name = (decoded.split(/[\\/]/).at(-1) ?? '').replace(/\p{Cc}/gu, '').trim()
  return name === '' ? 'upload' : name.slice(-200)
}
