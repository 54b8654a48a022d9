import { copyFile, readFile, stat } from 'node:fs/promises'
import { AppError } from '../../../src-shared/contract/errors'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { MAX_RESULT_BYTES, parseResult } from './parse-result'
import { resultHash } from './result-hash'

/**
 * Reads a stored result. One whose content no longer matches its hash is still shown, with a warning:
 * the user may have edited it on purpose, but must not take it for the run's own answer.
 * @throws AppError FILE_ACCESS, DATA_FORMAT
 */
export async function readResultFile(path: string, shownName: string): Promise<AnalysisResult> {
  const text = await readText(path, shownName)
  const result = parseResult(text)
  if (resultHash(result) === result.resultHash) return result
  return {
    ...result,
    warnings: [
      ...result.warnings,
      `The content of '${shownName}' does not match its result hash: it was changed after the run.`,
    ],
  }
}

/** @throws AppError FILE_ACCESS, RESOURCE_LIMIT */
export const copyResultFile = (path: string, to: string, shownName: string): Promise<void> =>
  withinLimit(path, shownName, () => copyFile(path, to))

const readText = (path: string, shownName: string): Promise<string> =>
  withinLimit(path, shownName, () => readFile(path, 'utf8'))

async function withinLimit<T>(path: string, shownName: string, use: () => Promise<T>): Promise<T> {
  try {
    const { size } = await stat(path)
    if (size > MAX_RESULT_BYTES)
      throw new AppError(
        'RESOURCE_LIMIT',
        `'${shownName}' has ${Math.round(size / 1024 / 1024)} MB; a result has at most ${MAX_RESULT_BYTES / 1024 / 1024} MB.`,
        { bytes: size },
      )
    return await use()
  } catch (error) {
    if (error instanceof AppError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError(
      'FILE_ACCESS',
      `'${shownName}' cannot be read. Check that it exists and can be opened.`,
      {
        error: reason,
      },
    )
  }
}
