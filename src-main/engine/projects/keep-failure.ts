import { AppError } from '../../../src-shared/contract/errors'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

export const isDiskFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(codeOf(error))

/** Why work could not be kept in the data folder of the program, and what to do; what was kept before is still there. */
export function keepFailure(error: unknown): AppError {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  const details = { code, reason: error instanceof Error ? error.message : String(error) }
  if (isDiskFull(error))
    return new AppError(
      'FILE_ACCESS',
      'The disk with the data of this program is full. Free some space there.',
      details,
    )
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new AppError(
      'FILE_ACCESS',
      'The data folder of this program cannot be written. Make it writable.',
      details,
    )
  return new AppError('FILE_ACCESS', 'The data folder of this program could not be written.', details)
}

/** The data folder of the program is at fault, not what was to be kept. */
export const isKeepFailure = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'FILE_ACCESS' && 'reason' in error.details
