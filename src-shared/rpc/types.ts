import type { z } from 'zod'
import type { ContractOf, Method } from '../contract/method'

/** What a caller may pass: defaults of the schema can be left out. */
export type ParamsInput<M> = M extends Method<infer P, unknown, unknown> ? z.input<P> : never
/** What a handler receives: checked and with defaults filled in. */
export type ParamsOf<M> = M extends Method<infer P, unknown, unknown> ? z.output<P> : never
export type ResultOf<M> = M extends Method<z.ZodType, infer R, unknown> ? R : never
export type ProgressOf<M> = M extends Method<z.ZodType, unknown, infer G> ? G : never

export type NameOf<C extends ContractOf> = keyof C & string
