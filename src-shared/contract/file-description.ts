import type { ConstraintKind } from '../domain/constraint-entries'
import type { InputFile } from '../domain/dataset'
import type { RunMode } from '../domain/run-settings'

/** Who wrote something. */
interface WrittenBy {
  readonly name: string
  readonly version: string
}

export type ConstraintCounts = Readonly<Record<ConstraintKind, number>>

/** A run as a file tells of it, without its answer. */
export interface DescribedRun {
  /** as the user calls it */
  readonly name: string
  readonly createdAt: string
  readonly resultHash: string
  readonly genes: number
  /** perturbed experiments */
  readonly environments: number
  /** null = the file does not say what answered, only what was asked */
  readonly mode: RunMode | null
  /** settings it was made with; null when that is not known */
  readonly seed: number | null
  readonly constraints: ConstraintCounts | null
}

export interface DescribedResult {
  readonly app: WrittenBy
  readonly run: DescribedRun
  readonly samples: number
  readonly files: readonly InputFile[]
}

export interface DescribedProject {
  readonly name: string
  /** of the project, whatever its file is called */
  readonly id: string
  readonly app: WrittenBy
  /** of the format, and the newest that this version knows */
  readonly version: number
  readonly knownVersion: number
  readonly files: readonly (InputFile & {
    /** in the project, named only, or not what its hash says */
    readonly state: 'held' | 'outside' | 'damaged'
  })[]
  readonly runs: readonly (DescribedRun & {
    /** on screen when the project is opened */
    readonly shown: boolean
    /** deleted by the user; undo brings it back */
    readonly deleted: boolean
    readonly bytes: number
    readonly state: 'held' | 'damaged'
  })[]
  /** of the next run */
  readonly constraints: ConstraintCounts
  readonly notes: number
  readonly steps: { readonly undo: number; readonly redo: number }
}

/** What is in a file of this program; nothing is opened, locked or kept. */
export type FileDescription =
  | ({ readonly kind: 'project' } & DescribedProject)
  | ({ readonly kind: 'result' } & DescribedResult)
  /** `project` is null when the report carries none */
  | ({ readonly kind: 'report'; readonly project: DescribedProject | null } & DescribedResult)
