import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { ExampleInfo } from '../../../src-shared/contract/engine-info'
import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { AppError } from '../../../src-shared/contract/errors'
import type { FileGrants } from '../files/file-grants'

const FileName = z.string().regex(/^[\w.-]+$/)

/** `examples/<id>/example.json`: the story of one example and how its files are read. */
const ExampleDescription = z.object({
  title: z.string(),
  story: z.array(z.string()).max(3),
  genes: z.number().int(),
  environments: z.number().int(),
  samples: z.number().int(),
  files: z.array(FileName).min(1),
  sampleSheet: FileName.optional(),
  read: ReadOptions.omit({ files: true, sampleSheet: true }).partial().default({}),
})
type ExampleDescription = z.infer<typeof ExampleDescription>

export function listExamples(folder: string): ExampleInfo[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'example.json')))
    .map(({ name: id }) => {
      const { title, story, genes, environments, samples } = describe(folder, id)
      return { id, title, story, genes, environments, samples }
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Grants the files of an example and tells how to read them, as if the user had chosen them. */
export async function exampleOptions(folder: string, id: string, grants: FileGrants): Promise<ReadOptions> {
  if (!listExamples(folder).some((example) => example.id === id))
    throw new AppError('INVALID_PARAMS', `There is no example '${id.slice(0, 60)}'.`)
  const { files, sampleSheet, read } = describe(folder, id)
  const grant = (name: string): Promise<string> => grants.grant({ name, path: join(folder, id, name) })
  return ReadOptions.parse({
    ...read,
    files: await Promise.all(files.map(grant)),
    sampleSheet: sampleSheet === undefined ? undefined : await grant(sampleSheet),
  })
}

const describe = (folder: string, id: string): ExampleDescription =>
  ExampleDescription.parse(JSON.parse(readFileSync(join(folder, id, 'example.json'), 'utf8')))
