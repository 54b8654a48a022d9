import { z } from 'zod'
import type { InputFile, Transform } from '../domain/dataset'
import type { RunSettings } from '../domain/run-settings'
import { ReadOptions } from './dataset-source'

const ImportFields = ReadOptions.omit({ files: true, sampleSheet: true }).partial()

/** Everything that a run records of the import but the files. Absent fields have their defaults. */
export const RecordedChoices = z.record(z.string(), z.unknown()).transform((given, context) => {
  const parsed = ImportFields.safeParse(given)
  if (parsed.success) {
    // The schema fills in defaults, also of optional fields; a record says only what was chosen.
    for (const field of Object.keys(parsed.data))
      if (!Object.hasOwn(given, field)) Reflect.deleteProperty(parsed.data, field)
    return parsed.data
  }
  context.addIssue({
    code: 'custom',
    message: parsed.error.issues[0]?.message ?? 'not a choice of the import',
  })
  return z.NEVER
})
export type RecordedChoices = z.infer<typeof RecordedChoices>

/** What a result or a report says about its run: all that is needed to run it again on the same files. */
export interface RunRecord {
  readonly app: { readonly name: string; readonly version: string; readonly kernel: string }
  readonly createdAt: string
  readonly resultHash: string
  readonly name: string
  readonly files: readonly InputFile[]
  readonly transform: Transform
  /** how the files were read where that was not left to the importer */
  readonly choices: RecordedChoices
  readonly control: string | null
  /** [K + 1] control first */
  readonly samplesPerEnvironment: readonly number[]
  /** [n] in the order of the run, by environment */
  readonly samples: readonly string[]
  readonly genes: readonly string[]
  readonly environments: readonly string[]
  readonly settings: RunSettings
}

export interface RunDifference {
  readonly part:
    | 'files'
    | 'genes'
    | 'samples'
    | 'values'
    | 'settings'
    | 'model'
    | 'edges'
    | 'targets'
    | 'search'
    | 'software'
  /** what differs, where, and by how much */
  readonly text: string
}

export interface Reproduction {
  readonly recordedHash: string
  readonly hash: string
  /** the hashes are equal: everything that data, settings and seed determine is the same */
  readonly same: boolean
  readonly differences: readonly RunDifference[]
}
