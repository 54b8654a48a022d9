import type { HandlersOf } from '../handlers'
import { describeFile } from './describe-file'
import type { FileGrants } from './file-grants'

interface Parts {
  readonly grants: FileGrants
  /** for what is taken out of a report before it is read */
  readonly scratch: string
}

export function fileHandlers({ grants, scratch }: Parts): HandlersOf<'file'> {
  return { 'file.describe': ({ file }) => describeFile(grants.resolve(file), scratch) }
}
