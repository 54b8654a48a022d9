import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../src-shared/contract/errors'
import { writeAtomically } from '../../engine/files/write-atomically'

/**
 * Writes the files of an answer into a folder, each complete or not at all.
 * @returns their paths, in the order given
 * @throws AppError FILE_ACCESS
 */
export async function saveFiles(
  folder: string,
  files: readonly { readonly name: string; readonly content: string | Uint8Array }[],
): Promise<string[]> {
  try {
    await mkdir(folder, { recursive: true })
    for (const { name, content } of files) await writeAtomically(join(folder, name), content)
  } catch (error) {
    throw new AppError(
      'FILE_ACCESS',
      `The results cannot be written to '${folder}'. Choose another folder with --out.`,
      {
        error: error instanceof Error ? error.message : String(error),
      },
    )
  }
  return files.map(({ name }) => join(folder, name))
}
