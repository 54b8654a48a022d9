import type { InputFile } from '../../../src-shared/domain/dataset'
import { openBytes } from './source-bytes'
import { decodePieces, type TextPiece } from './text-encoding'
import type { Encoding, ReadRequest, SourceFile } from './types'

/** Text of a table with every line ending as `\n`, wherever it comes from. */
export interface TextSource {
  readonly text: AsyncGenerator<TextPiece>
  readonly gzip: boolean
  /** known once the first piece was read */
  readonly encoding: () => Encoding
  /** size and hash of the file, once all was read */
  readonly finish: () => InputFile
}

/**
 * Opens the text from its start; a table may be read again under another assumption.
 * @param fallback encoding of text that is not UTF-8; null = not yet known
 * @param report fraction of the file that was read
 */
export type OpenText = (fallback: Encoding | null, report: (fraction: number) => void) => Promise<TextSource>

export const textOfFile =
  (file: SourceFile, request: ReadRequest): OpenText =>
  async (fallback, report) => {
    const bytes = await openBytes(file, { ...request, onProgress: report })
    let encoding: Encoding = 'utf-8'
    const text = decodePieces(file, bytes.chunks, fallback, (used) => {
      encoding = used
    })
    return { text, gzip: bytes.gzip, encoding: () => encoding, finish: bytes.finish }
  }
