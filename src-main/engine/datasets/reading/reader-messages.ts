/**
 * What passes between the engine and a reader, the disposable process in which files from outside are parsed.
 *
 * 1. The reader sends `ready`, the engine answers with one `read`; a reader reads one data set and ends.
 * 2. The reader sends `progress` when it got further, and at least once a second while it is not stuck.
 * 3. It writes its answer to two files of the folder it was given and sends `done`, or it sends `failed`.
 *
 * The answer goes through files because they take no memory twice, pass every kind of process boundary, and are
 * read only after the reader has ended.
 */
import { z } from 'zod'
import { ERRORS, type ErrorCode } from '../../../../src-shared/contract/errors'
import type { ReadOptions } from '../../../../src-shared/contract/dataset-source'
import type { ImportSource } from '../../../io/import'

export interface ReadOrder {
  readonly type: 'read'
  readonly source: ImportSource
  readonly options: ReadOptions
  /** empty, and only for this answer */
  readonly folder: string
  /** memory of the whole process beyond which it ends itself */
  readonly memoryBytes: number
}

export const FromReader = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('progress'), fraction: z.number(), memoryBytes: z.number() }),
  z.object({ type: z.literal('done') }),
  z.object({
    type: z.literal('failed'),
    error: z.object({
      code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
      message: z.string(),
      details: z.record(z.string(), z.unknown()),
    }),
  }),
])
export type FromReader = z.infer<typeof FromReader>

/** JSON: the summary, and the data set if there is one, with a place in the other file instead of each typed array */
export const ANSWER_FILE = 'answer.json'
/** the typed arrays of the data set, one after the other */
export const NUMBERS_FILE = 'numbers'
/** its presence says that the reader ended because it reached its memory limit */
export const MEMORY_MARK = 'memory-limit'
