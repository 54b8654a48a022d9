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
 * What was not left to the importer and had an effect; undefined = nothing.
 * @param samples of the file: a name to leave out that none of them has is no choice, and its finding says so
 * @param sheetRows what a sample sheet says of the samples of the table: the run can be repeated without the sheet
 */
export function recordedChoices(
  options: ReadOptions,
  sheetRows: readonly SheetRow[] | null,
  samples: readonly string[],
): ImportChoices | undefined {
  const chosen = (Object.entries(withKnownExclusions(options, samples)) as [string, unknown][]).filter(
    ([field, value]) =>
      value !== undefined &&
      !ELSEWHERE.has(field) &&
      JSON.stringify(value) !== JSON.stringify(DEFAULTS[field as keyof ReadOptions]),
  )
  const choices = Object.fromEntries(chosen) as ImportChoices
  if (sheetRows && sheetRows.length > 0) return { ...choices, sheetRows: sheetRows.map(filledIn) }
  return chosen.length === 0 ? undefined : choices
}

function withKnownExclusions(options: ReadOptions, samples: readonly string[]): ReadOptions {
  const known = new Set(samples)
  const { excludedSamples, exclusionReasons } = options
  const reasons = Object.entries(exclusionReasons).filter(([sample]) => known.has(sample))
  return {
    ...options,
    excludedSamples: excludedSamples.filter((sample) => known.has(sample)),
    exclusionReasons: Object.fromEntries(reasons),
  }
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
