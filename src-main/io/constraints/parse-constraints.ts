import { z } from 'zod'
import type { ConstraintsFile } from '../../../src-shared/contract/constraints-file'
import { AppError } from '../../../src-shared/contract/errors'
import { Constraints } from '../../../src-shared/domain/constraints'
import { Note } from '../../../src-shared/domain/notes'
import { parseTetradKnowledge } from './parse-tetrad-knowledge'

const FORMAT = 'metacadi-constraints'
const NEWEST = 1
const Head = z.object({ format: z.literal(FORMAT), version: z.number().int() })
const Body = Constraints.extend({ notes: z.array(Note).max(100_000).default([]) })

/**
 * Constraints from a file: the JSON form of this program, or the text form of Tetrad's knowledge.
 * @throws AppError DATA_FORMAT saying what is wrong and what to do
 */
export function parseConstraints(text: string): ConstraintsFile {
  const content = text.replace(/^\uFEFF/, '').trimStart()
  if (!content.startsWith('{') && !content.startsWith('['))
    return { format: 'knowledge-txt', constraints: parseTetradKnowledge(text), notes: [] }
  let json: unknown
  try {
    json = JSON.parse(content)
  } catch (error) {
    throw wrong(`It is damaged: ${error instanceof Error ? error.message : String(error)}.`)
  }
  const head = Head.safeParse(json)
  if (!head.success) throw wrong(`It does not say "format": "${FORMAT}".`)
  if (head.data.version > NEWEST)
    throw wrong(`It was written by a newer version (form ${head.data.version}; this one reads ${NEWEST}).`)
  const body = Body.safeParse(json)
  if (!body.success) {
    const issue = body.error.issues[0]
    throw wrong(`'${issue?.path.join('.') ?? ''}' is not as it must be: ${issue?.message ?? ''}.`)
  }
  const { notes, ...constraints } = body.data
  return { format: 'constraints-json', constraints, notes }
}

const wrong = (reason: string): AppError =>
  new AppError(
    'DATA_FORMAT',
    `The file holds no constraints. ${reason} Choose a constraints.json, or knowledge that Tetrad saved as text.`,
  )
