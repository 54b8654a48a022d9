import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../src-shared/contract/errors'
import { SimulationSpec } from '../../../src-shared/domain/simulation'
import { simulateStudy } from '../../core/simulate/simulate-study'
import { writeAtomically } from '../../io/result/write-atomically'
import { studyId, writeStudy } from '../../io/simulation/write-study'
import { readJson } from './manifest'

const Family = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'Family names are lower-case letters, digits and hyphens.')

/** Studies as data: every family of the list × its sizes × its seeds. */
const StudyList = z.strictObject({
  description: z.string().default(''),
  families: z
    .array(
      z.strictObject({
        family: Family,
        /** fields of the simulation specification that all its studies share; genes and samples come from `sizes` */
        spec: z.record(z.string(), z.unknown()).default({}),
        sizes: z
          .array(z.strictObject({ genes: z.number().int(), samplesPerEnvironment: z.number().int() }))
          .min(1),
        seeds: z.array(z.number().int().min(0)).min(1),
      }),
    )
    .min(1),
})
export type StudyList = z.infer<typeof StudyList>

export interface PlannedStudy {
  readonly id: string
  readonly family: string
  readonly seed: number
  readonly spec: SimulationSpec
}

/** The single studies of a list. Environments are as many as genes unless the family says otherwise. */
export function planStudies(list: StudyList): PlannedStudy[] {
  return list.families.flatMap(({ family, spec: shared, sizes, seeds }) =>
    sizes.flatMap((size) =>
      seeds.map((seed) => {
        const spec = parseSpec(family, { environments: size.genes, ...shared, ...size })
        return { id: studyId(family, { spec, seed }), family, seed, spec }
      }),
    ),
  )
}

function parseSpec(family: string, fields: object): SimulationSpec {
  const parsed = SimulationSpec.safeParse(fields)
  if (parsed.success) return parsed.data
  throw new AppError('INVALID_PARAMS', `The specification of the family '${family}' is not valid.`, {
    error: z.prettifyError(parsed.error),
  })
}

export interface SimulateHooks {
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * Simulates every study of the list in `listPath` and writes `<id>.csv`, `<id>.truth.json` and a
 * `manifest.json` that `runBenchmark` accepts into `outFolder`, which is made when missing.
 *
 * @returns the path of the manifest
 */
export async function simulateManifest(
  listPath: string,
  outFolder: string,
  hooks: SimulateHooks = {},
): Promise<string> {
  const list = await readJson(listPath, StudyList)
  const studies = planStudies(list)
  await mkdir(outFolder, { recursive: true })
  for (const [index, { id, family, seed, spec }] of studies.entries()) {
    hooks.signal?.throwIfAborted()
    const { csv, truth } = writeStudy(simulateStudy(spec, seed), { id, family })
    await writeAtomically(join(outFolder, `${id}.csv`), csv)
    await writeAtomically(join(outFolder, `${id}.truth.json`), truth)
    hooks.onProgress?.(index + 1, studies.length)
  }
  const manifest = {
    description: list.description,
    datasets: studies.map(({ id, family, seed, spec }) => ({
      id,
      family,
      d: spec.genes,
      n_control: spec.controlSamples,
      n_per_env: spec.samplesPerEnvironment,
      n_envs: spec.environments,
      seed,
      csv: `${id}.csv`,
      truth: `${id}.truth.json`,
    })),
  }
  const manifestPath = join(outFolder, 'manifest.json')
  await writeAtomically(manifestPath, JSON.stringify(manifest, null, 1) + '\n')
  return manifestPath
}
