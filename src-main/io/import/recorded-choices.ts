import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { ImportChoices } from '../../../src-shared/domain/dataset'
import type { SheetRow } from './types'

const DEFAULTS = ReadOptions.parse({ files: ['-'] })

/** a result records these themselves, as they came out, or they are no choice */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'files',
  'sampleSheet',
  'sheetRows',
  'name',
  'genes',
  'transform',
  'control',
] satisfies (keyof ReadOptions)[])

/**
 * What was not left to the importer; undefined = nothing.
 * @param sheetRows what a sample sheet says of the samples of the table: the run can be repeated without the sheet
 */
export function recordedChoices(
  options: ReadOptions,
  sheetRows: readonly SheetRow[] | null,
): ImportChoices | undefined {
  const chosen = (Object.entries(options) as [string, unknown][]).filter(
    ([field, value]) =>
      value !== undefined &&
      !ELSEWHERE.has(field) &&
      JSON.stringify(value) !== JSON.stringify(DEFAULTS[field as keyof ReadOptions]),
  )
  const choices = Object.fromEntries(chosen) as ImportChoices
  if (sheetRows && sheetRows.length > 0) return { ...choices, sheetRows: sheetRows.map(filledIn) }
  return chosen.length === 0 ? undefined : choices
}

/** Only what was filled in. */
function filledIn(row: SheetRow): Readonly<Record<string, string | boolean | readonly string[]>> {
  return {
    sample: row.sample,
    ...(row.experiment === '' ? {} : { experiment: row.experiment }),
    ...(row.role === '' ? {} : { role: row.role }),
    ...(row.controlGroup === '' ? {} : { controlGroup: row.controlGroup }),
    ...(row.knownTargets.length === 0 ? {} : { knownTargets: row.knownTargets }),
    ...(row.complete ? { complete: true } : {}),
    ...(row.direction === null ? {} : { direction: row.direction }),
    ...(row.batch === '' ? {} : { batch: row.batch }),
  }
}
