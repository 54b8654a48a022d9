import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { MEDIA_TYPES, PAGE_HEADERS } from '../../src-shared/contract/page-serving'

export const APP_SCHEME = 'app'
export const APP_ORIGIN = `${APP_SCHEME}://metacadi`
export const APP_URL = `${APP_ORIGIN}/index.html`

/**
 * Serves the built renderer as `app://metacadi/…` and nothing else: files of known types below `root`, to GET only.
 * A path that leaves the folder in any spelling is answered like a file that does not exist.
 */
export function appProtocolHandler(root: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const path = resolveBelow(root, request.url)
    const mediaType = path === undefined ? undefined : MEDIA_TYPES[extname(path)]
    if (request.method !== 'GET') return answer(405, 'Only GET is answered.')
    if (path === undefined || mediaType === undefined) return answer(404, 'There is no such file.')
    try {
      return new Response(await readFile(path), {
        headers: { ...PAGE_HEADERS, 'content-type': mediaType },
      })
    } catch {
      return answer(404, 'There is no such file.')
    }
  }
}

function answer(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { ...PAGE_HEADERS, 'content-type': 'text/plain; charset=utf-8' },
  })
}

/** The file an `app:` address names, or undefined when it is not an address of this app. */
export function resolveBelow(root: string, address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const { protocol, host, pathname } = new URL(address)
  if (`${protocol}//${host}` !== APP_ORIGIN) return undefined
  let path: string
  try {
    path = decodeURIComponent(pathname)
  } catch {
    return undefined
  }
  if (path.includes('\0') || path.includes('\\')) return undefined
  const file = normalize(join(root, path))
  return file.startsWith(root.endsWith(sep) ? root : root + sep) ? file : undefined
}
