import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { ImportChoices } from '../../../src-shared/domain/dataset'

const DEFAULTS = ReadOptions.parse({ files: ['-'] })

/** a result records these themselves, as they came out, or they are no choice */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'files',
  'sampleSheet',
  'name',
  'genes',
  'transform',
  'control',
] satisfies (keyof ReadOptions)[])

/** What was not left to the importer; undefined = nothing. */
export function recordedChoices(options: ReadOptions): ImportChoices | undefined {
  const chosen = (Object.entries(options) as [string, unknown][]).filter(
    ([field, value]) =>
      value !== undefined &&
      !ELSEWHERE.has(field) &&
      JSON.stringify(value) !== JSON.stringify(DEFAULTS[field as keyof ReadOptions]),
  )
  return chosen.length === 0 ? undefined : (Object.fromEntries(chosen) as ImportChoices)
}
