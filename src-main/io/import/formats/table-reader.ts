import type { ExpressionTable, ReadRequest, SourceFile } from '../types'

/** One format of expression tables. A new format is a new file beside this one and a line in `readers.ts`. */
export interface TableReader {
  readonly format: string
  /** @param head the first unpacked bytes; formats are told by content, the file name may only refine */
  readonly recognises: (head: Buffer, fileName: string) => boolean
  readonly read: (file: SourceFile, request: ReadRequest) => Promise<ExpressionTable>
}
