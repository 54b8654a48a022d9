import { readFile, stat } from 'node:fs/promises'
import { AppError } from '../../../src-shared/contract/errors'
import { formatInfo } from '../../../src-shared/contract/export-formats'
import { parseConstraints } from '../../io/constraints/parse-constraints'
import { writeConstraintsJson } from '../../report/exports/constraints-json'
import { writeTetradKnowledge } from '../../report/exports/tetrad-knowledge'
import type { FileGrants } from '../files/file-grants'
import type { HandlersOf } from '../handlers'
import { fileStem } from '../../../src-shared/contract/file-stem'

/** A list of constraints of this size names millions of edges; nothing larger was written by hand or by Tetrad. */
const MOST_BYTES = 64 * 1024 * 1024

export function constraintHandlers({ grants }: { grants: FileGrants }): HandlersOf<'constraints'> {
  return {
    'constraints.read': async ({ file }) => {
      const { path, name } = grants.resolve(file)
      return parseConstraints(await readText(path, name))
    },
    'constraints.write': ({ name, constraints, notes, genes, format }) => {
      const { suffix, mediaType } = formatInfo(format)
      const text =
        format === 'knowledge-txt'
          ? writeTetradKnowledge(constraints, genes)
          : writeConstraintsJson(constraints, { notes })
      return { fileName: `${fileStem(name)}-${suffix}`, mediaType, bytes: new TextEncoder().encode(text) }
    },
  }
}

async function readText(path: string, shownName: string): Promise<string> {
  try {
    const { size } = await stat(path)
    if (size > MOST_BYTES)
      throw new AppError('RESOURCE_LIMIT', `'${shownName}' is too large for a list of constraints.`, {
        bytes: size,
      })
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError(
      'FILE_ACCESS',
      `'${shownName}' cannot be read. Check that it exists and can be opened.`,
      {
        error: error instanceof Error ? error.message : String(error),
      },
    )
  }
}
