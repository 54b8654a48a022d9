import { randomBytes } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
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
    const file = await open(path, 'wx', 0o600)
    try {
      // The request is not destroyed on refusal: its socket still has to carry the answer.
      for await (const chunk of chunksOf(request)) {
        size += chunk.length
        stored += chunk.length
        if (size > limits.fileBytes) throw tooLarge(name, limits.fileBytes)
        if (stored > limits.totalBytes) throw tooLarge(name, limits.totalBytes)
        await file.writeFile(chunk)
      }
      return { name, path, size }
    } catch (error) {
      stored -= size
      await rm(path, { force: true })
      if (error instanceof AppError) throw error
      throw new AppError('FILE_ACCESS', `The upload of '${name}' did not finish. Try again.`, {
        error: error instanceof Error ? error.message : String(error),
      })
    } finally {
      await file.close()
    }
  }
}

const chunksOf = (request: IncomingMessage): AsyncIterable<Buffer> =>
  request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>

const DRAIN_MS = 20_000

/**
 * Reads and drops the rest of a refused body, for a while: a browser that is still sending when the
 * connection closes shows a network failure instead of the answer.
 */
export async function drain(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return
  request.resume()
  await Promise.race([
    finished(request).catch(() => undefined),
    new Promise<void>((resolve) => setTimeout(resolve, DRAIN_MS).unref()),
  ])
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
