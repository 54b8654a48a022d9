import { realpath, stat } from 'node:fs/promises'
import type { ProjectFileState } from '../../../src-shared/contract/project'
import type { About } from './workspace'

export type DescribedFile = NonNullable<About['file']>

/** A link to a file is that file: it is recognised, locked and replaced as such, and the link stays. */
export const realPathOf = (path: string): Promise<string> => realpath(path).catch(() => path)

/** A file as it is now, to be recognised later. */
export async function described(path: string, name: string): Promise<DescribedFile> {
  const { size, mtimeMs } = await stat(path)
  return { path, name, bytes: size, modified: mtimeMs }
}

/** What has become of the file of a kept project since this program last read or wrote it. */
export async function fileStateOf(file: DescribedFile): Promise<ProjectFileState> {
  const now = await stat(file.path).catch(() => undefined)
  if (!now?.isFile()) return 'gone'
  return now.size === file.bytes && now.mtimeMs === file.modified ? 'same' : 'changed'
}
