import type { ReadEntries } from './cell-source'

/** Rows and columns change places. */
export const transposedEntries = (entries: ReadEntries): ReadEntries =>
  async function* transposed(request, onProgress) {
    for await (const { rows, columns, values, length } of entries(request, onProgress))
      yield { rows: columns, columns: rows, values, length }
  }
