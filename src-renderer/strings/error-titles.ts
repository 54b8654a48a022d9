import { ERRORS, type ErrorCode } from '../../src-shared/contract/errors'

/** The heading of every expected failure, as the table of codes has it. */
export const errorTitles = Object.fromEntries(
  Object.entries(ERRORS).map(([code, { title }]) => [code, title]),
) as Readonly<Record<ErrorCode, string>>
