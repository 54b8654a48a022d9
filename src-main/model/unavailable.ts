import { AppError } from '../../src-shared/contract/errors'

/** Why there is no model; the engine goes on with the closed form whichever it is. */
export type UnavailableCause =
  'missing' | 'damaged' | 'other-features' | 'self-test' | 'runtime' | 'card' | 'released'

export const unavailable = (
  cause: UnavailableCause,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): AppError => new AppError('MODEL_UNAVAILABLE', message, { cause, ...details })

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
