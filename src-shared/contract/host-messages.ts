import { z } from 'zod'
import { MENU_NAMES } from './host'
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

const MenuText = z.string().min(1).max(300)
export const ShowMenuMessage = z.tuple([
  z
    .array(
      z.object({
        name: z.enum(MENU_NAMES),
        label: MenuText,
        items: z
          .array(
            z.object({
              id: z.string().regex(/^[\w-]{1,60}$/),
              label: MenuText,
              shortcut: z
                .string()
                .regex(/^[A-Za-z0-9+,]{1,30}$/)
                .optional(),
              enabled: z.boolean(),
              divided: z.boolean().optional(),
              checked: z.boolean().optional(),
            }),
          )
          .max(100),
      }),
    )
    .max(10),
])

export const EmptyMessage = z.tuple([])
