// Not 'fflate': its Node build declares `require`, as the bundler's own shim does, and a bundle with both does not load.
import { strToU8, zipSync } from 'fflate/browser'

/**
 * A zip whose bytes depend on its content alone. The format stores local time without a zone, so every entry carries noon of
 * the given day: the same local day and hour on every computer.
 * @param date ISO date; what is no date gives the first day that zip can hold
 */
export function zipFiles(files: ReadonlyMap<string, string | Uint8Array>, date: string): Uint8Array {
  const mtime = noonOf(date)
  const entries: Record<string, Uint8Array> = {}
  for (const [name, content] of files)
    entries[name] = typeof content === 'string' ? strToU8(content) : content
  return zipSync(entries, { level: 6, mtime })
}

function noonOf(iso: string): Date {
  const date = new Date(iso)
  const year = date.getUTCFullYear()
  if (!(year >= 1980 && year <= 2099)) return new Date(1980, 0, 1, 12)
  return new Date(year, date.getUTCMonth(), date.getUTCDate(), 12)
}
