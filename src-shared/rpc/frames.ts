import { z } from 'zod'
import { ERRORS, type ErrorCode, type ErrorFrame } from '../contract/errors'

/** Client → server. `id` is chosen by the client and unique among its running calls. */
export const ClientFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('call'),
    id: z.number().int().min(0),
    method: z.string().max(100),
    params: z.unknown(),
  }),
  z.object({ type: z.literal('cancel'), id: z.number().int().min(0) }),
])
export type ClientFrame = z.infer<typeof ClientFrame>

/** Server → client: any number of `progress`, then exactly one `done` or `fail`. */
export type ServerFrame =
  | { readonly type: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly type: 'done'; readonly id: number; readonly result: unknown }
  | { readonly type: 'fail'; readonly id: number; readonly error: ErrorFrame }

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code)

/** Only the envelope is checked: results come from our own engine and are typed by the contract. */
export const ServerFrameSchema: z.ZodType<ServerFrame> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), id: z.number(), progress: z.unknown() }),
  z.object({ type: z.literal('done'), id: z.number(), result: z.unknown() }),
  z.object({
    type: z.literal('fail'),
    id: z.number(),
    error: z.object({
      code: z.string().refine(isErrorCode),
      message: z.string(),
      details: z.record(z.string(), z.unknown()),
    }),
  }),
])
