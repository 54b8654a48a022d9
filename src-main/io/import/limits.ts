import { freemem } from 'node:os'

/** Bounds on what a file may claim. They protect the computer from a wrong or hostile file, not the user from a large study. */
export interface ImportLimits {
  /** most text a compressed file may unpack to, in bytes */
  readonly unpackedBytes: number
  /** largest ratio of unpacked to packed bytes; sparse count tables reach about 100, DEFLATE itself stops at 1032 */
  readonly unpackRatio: number
  /** the ratio is only judged beyond this many unpacked bytes */
  readonly ratioFromBytes: number
  /** longest single row, in characters */
  readonly rowLength: number
  readonly columns: number
  /** memory for the numbers of a table while it is read, in bytes */
  readonly tableBytes: number
}

export function defaultLimits(): ImportLimits {
  return {
    unpackedBytes: 16 * 2 ** 30,
    unpackRatio: 300,
    ratioFromBytes: 64 * 2 ** 20,
    rowLength: 64 * 2 ** 20,
    columns: 1_000_000,
    // numbers are held twice while the dataset is assembled
    tableBytes: Math.max(256 * 2 ** 20, 0.45 * freemem()),
  }
}
