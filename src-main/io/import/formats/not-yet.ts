import { AppError } from '../../../../src-shared/contract/errors'
import type { TableReader } from './table-reader'

/** A format that is recognised so that the user is told what to do instead of being shown a broken table. */
export function unreadable(
  format: string,
  recognises: TableReader['recognises'],
  advice: (fileName: string) => string,
): TableReader {
  return {
    format,
    recognises,
    read: (file) => Promise.reject(new AppError('DATA_FORMAT', advice(file.name), { format })),
  }
}

export const startsWith = (head: Buffer, bytes: readonly number[]): boolean =>
  bytes.every((byte, index) => head[index] === byte)

export const startsWithText = (head: Buffer, text: string): boolean =>
  head.subarray(0, text.length).toString('latin1') === text
