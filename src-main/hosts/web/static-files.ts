import { createReadStream, readdirSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { MEDIA_TYPES } from '../../../src-shared/contract/page-serving'

interface StaticFile {
  readonly path: string
  readonly size: number
  readonly mediaType: string
  readonly cacheControl: string
}

export interface StaticFiles {
  /** @returns false when there is no such file */
  readonly answer: (pathname: string, request: IncomingMessage, response: ServerResponse) => boolean
}

/**
 * The files of one folder, listed once. A request can only name an entry of that list, so no path it sends,
 * however written, reaches the file system.
 */
export function createStaticFiles(folder: string): StaticFiles {
  const files = new Map(listFiles(folder).map((path) => [urlPath(folder, path), describe(path)]))
  const index = files.get('/index.html')
  if (index) files.set('/', index)

  return {
    answer: (pathname, request, response) => {
      const file = files.get(pathname)
      if (!file) return false
      response.writeHead(200, {
        'content-type': file.mediaType,
        'content-length': file.size,
        'cache-control': file.cacheControl,
      })
      if (request.method === 'HEAD') response.end()
      else
        createReadStream(file.path)
          .on('error', () => response.destroy())
          .pipe(response)
      return true
    },
  }
}

const listFiles = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return listFiles(path)
    return entry.isFile() ? [path] : []
  })

const urlPath = (folder: string, path: string): string =>
  `/${relative(folder, path).split(sep).map(encodeURIComponent).join('/')}`

function describe(path: string): StaticFile {
  const extension = extname(path)
  return {
    path,
    size: statSync(path).size,
    mediaType: MEDIA_TYPES[extension] ?? 'application/octet-stream',
    // Bundled assets carry a hash of their content in the name.
    cacheControl: path.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-store',
  }
}
