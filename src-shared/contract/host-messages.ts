import { z } from 'zod'
import type { ExternalPage, FilePurpose } from './host'

/** What a desktop window may send to the main process, checked there before anything is done with it. */
export const ChooseFilesMessage = z.tuple([
  z.enum(['tables', 'sheet', 'constraints']) satisfies z.ZodType<FilePurpose>,
])

const LONGEST_PATH = 32_767
export const GrantDroppedFileMessage = z.tuple([z.string().min(1).max(LONGEST_PATH)])

export const SaveFileMessage = z.tuple([z.string().min(1).max(1_000), z.instanceof(Uint8Array)])

export const ChooseProjectTargetMessage = z.tuple([z.string().min(1).max(1_000)])

export const OpenExternalMessage = z.tuple([z.enum(['paper', 'source']) satisfies z.ZodType<ExternalPage>])

export const EmptyMessage = z.tuple([])
