import { statSync } from 'node:fs'
import { join } from 'node:path'

/** The result a command was given: the folder that `analyze` wrote, or the file itself. */
export const resultFileOf = (path: string): string =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, 'result.json') : path

export const RESULT_NOTE =
  'RESULT is the folder that analyze wrote, its result.json, a project (.metacadi), or a report that carries its project; of these, the run that is shown.'
