import { readFile } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../src-shared/contract/errors'

const Manifest = z.object({
  description: z.string().optional(),
  datasets: z.array(z.object({ id: z.string(), csv: z.string(), truth: z.string() })).min(1),
})

/** What is known about a study; names as in its table. */
const Truth = z
  .object({
    id: z.string(),
    control: z.string().default('control'),
    genes: z.array(z.string()).min(2),
    n_per_env: z.number().int().default(0),
    /** [cause, effect] */
    edges: z.array(z.tuple([z.string(), z.string()])),
    /** every perturbed environment → its targets, possibly none */
    targets: z.record(z.string(), z.array(z.string())),
  })
  .refine(
    ({ genes, edges, targets }) =>
      [...edges.flat(), ...Object.values(targets).flat()].every((gene) => genes.includes(gene)),
    'An edge or a target names a gene that is not in the list of genes.',
  )
export type Truth = z.infer<typeof Truth>

export interface ManifestEntry {
  readonly id: string
  readonly table: string
  readonly truth: string
}

/** Reads a manifest; the paths in it are relative to its folder and may not leave it. */
export async function readManifest(path: string): Promise<ManifestEntry[]> {
  const manifest = await readJson(path, Manifest)
  const folder = resolve(dirname(path))
  const inside = (name: string): string => {
    const file = resolve(folder, name)
    if (!file.startsWith(folder + sep))
      throw new AppError('DATA_FORMAT', `The manifest names '${name}', which is outside its folder.`)
    return file
  }
  return manifest.datasets.map(({ id, csv, truth }) => ({ id, table: inside(csv), truth: inside(truth) }))
}

export function readTruth(path: string): Promise<Truth> {
  return readJson(path, Truth)
}

/** A JSON file that must have the shape of `schema`. */
export async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('FILE_ACCESS', `${path} cannot be read.`, { error: String(error) })
  })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new AppError('DATA_FORMAT', `${path} is not valid JSON.`, { error: String(error) })
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success)
    throw new AppError('DATA_FORMAT', `${path} does not have the expected content.`, {
      error: z.prettifyError(parsed.error),
    })
  return parsed.data
}
