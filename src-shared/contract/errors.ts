/** The error codes of the product: title for the UI, exit code for the command line. */
export const ERRORS = {
  INVALID_PARAMS: { title: 'A setting is not valid', exitCode: 2 },
  DATA_FORMAT: { title: 'The file cannot be read', exitCode: 2 },
  DATA_AMBIGUOUS: { title: 'A choice is needed', exitCode: 3 },
  DATA_INSUFFICIENT: { title: 'The data are not enough', exitCode: 2 },
  NUMERIC_FAILURE: { title: 'The calculation did not give a number', exitCode: 1 },
  MODEL_UNAVAILABLE: { title: 'The learned model is not available', exitCode: 1 },
  RESOURCE_LIMIT: { title: 'Too large for this computer', exitCode: 4 },
  FILE_ACCESS: { title: 'The file cannot be opened', exitCode: 2 },
  CANCELLED: { title: 'Cancelled', exitCode: 5 },
  DISCONNECTED: { title: 'The engine is not connected', exitCode: 1 },
  INTERNAL: { title: 'Something went wrong inside the program', exitCode: 1 },
} as const

export type ErrorCode = keyof typeof ERRORS

/** An expected failure. `message` says what, where and what to do; `details` carries raw text and numbers. */
export class AppError extends Error {
  override readonly name = 'AppError'
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
  }
}

export interface ErrorFrame {
  readonly code: ErrorCode
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
}

/** Expected errors travel as they are; anything else becomes INTERNAL and keeps its stack as a detail. */
export function toErrorFrame(error: unknown): ErrorFrame {
  if (error instanceof AppError) return { code: error.code, message: error.message, details: error.details }
  const cause = error instanceof Error ? error : new Error(String(error))
  if (cause.name === 'AbortError')
    return { code: 'CANCELLED', message: 'The job was cancelled.', details: {} }
  return {
    code: 'INTERNAL',
    message: 'An unexpected error stopped this step. The data and earlier results are unchanged.',
    details: { error: cause.message, stack: cause.stack ?? '' },
  }
}

export function fromErrorFrame(frame: ErrorFrame): AppError {
  return new AppError(frame.code, frame.message, frame.details)
}
