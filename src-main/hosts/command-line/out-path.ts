import { statSync } from 'node:fs'
import { basename, dirname, extname } from 'node:path'

export interface Place {
  readonly folder: string
  /** name for the one file, when --out named a file */
  readonly name?: string
}

/**
 * Where files go that --out names: one file when there is only one and --out looks like a file name, else a folder. An
 * existing folder is always taken as such.
 */
export function placeOf(out: string | undefined, files: number, otherwise: string): Place {
  if (out === undefined) return { folder: otherwise }
  const isFolder = statSync(out, { throwIfNoEntry: false })?.isDirectory() ?? /[\\/]$/.test(out)
  if (isFolder || files > 1 || extname(out) === '') return { folder: out }
  return { folder: dirname(out), name: basename(out) }
}
