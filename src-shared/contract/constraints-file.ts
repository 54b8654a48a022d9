import { z } from 'zod'
import { Constraints } from '../domain/constraints'
import { Note } from '../domain/notes'

export const CONSTRAINT_FORMATS = ['constraints-json', 'knowledge-txt'] as const
export type ConstraintFormat = (typeof CONSTRAINT_FORMATS)[number]

export const WriteConstraints = z.object({
  /** of the data set; it becomes the beginning of the file name */
  name: z.string().max(1_000),
  constraints: Constraints,
  /** on edges and genes; only those on what the constraints name are written, and only as JSON */
  notes: z.array(Note).max(100_000).default([]),
  /** all genes of the data: Tetrad has no roots and leaves, so their edges are written out */
  genes: z.array(z.string()).max(200_000),
  format: z.enum(CONSTRAINT_FORMATS),
})
export type WriteConstraints = z.infer<typeof WriteConstraints>

/** Constraints as a file said them; genes are not yet compared with the data. */
export interface ConstraintsFile {
  readonly format: ConstraintFormat
  readonly constraints: Constraints
  readonly notes: readonly Note[]
}
