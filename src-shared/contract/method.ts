import type { z } from 'zod'

/** A query answers once; a job also reports progress and can be cancelled. */
export interface Method<P extends z.ZodType, R, G> {
  readonly kind: 'query' | 'job'
  readonly params: P
  /** phantom types: results and progress come from our own engine and are not parsed again */
  readonly result?: R
  readonly progress?: G
}

export const query =
  <R>() =>
  <P extends z.ZodType>(params: P): Method<P, R, never> => ({ kind: 'query', params })

export const job =
  <R, G>() =>
  <P extends z.ZodType>(params: P): Method<P, R, G> => ({ kind: 'job', params })

export type ContractOf = Record<string, Method<z.ZodType, unknown, unknown>>
export type ParamsOf<M> = M extends Method<infer P, unknown, unknown> ? z.input<P> : never
export type ParsedParamsOf<M> = M extends Method<infer P, unknown, unknown> ? z.output<P> : never
export type ResultOf<M> = M extends Method<z.ZodType, infer R, unknown> ? R : never
export type ProgressOf<M> = M extends Method<z.ZodType, unknown, infer G> ? G : never
