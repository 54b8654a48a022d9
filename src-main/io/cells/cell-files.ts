import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomically } from '../result/write-atomically'

/** The inputs of the combiner for the cells of one study, with their truth. */
export interface StudyCells {
  /** index into the families of the head */
  readonly family: number
  readonly genes: number
  readonly experiments: number
  /** 0 = no control */
  readonly controlSamples: number
  /** median samples per experiment */
  readonly samples: number
  /** what the studies of its folder of shards have in common, such as 'plain weak'; empty = the mix of training */
  readonly conditions: string
  /** [K·d, names] and [K·d] */
  readonly target: { readonly features: Float32Array; readonly labels: Uint8Array }
  /** [d·(d − 1), names] and labels, row-major without the diagonal */
  readonly edge: { readonly features: Float32Array; readonly labels: Uint8Array }
  readonly quantities: readonly number[]
}

export interface CellHead {
  readonly featureVersion: number
  /** SHA-256 of the network whose log-odds the cells hold */
  readonly model: string
  readonly families: readonly string[]
  /** by family: the network has never seen it */
  readonly heldOut: readonly boolean[]
  readonly targetNames: readonly string[]
  readonly edgeNames: readonly string[]
  readonly quantityNames: readonly string[]
}

export interface CellWriter {
  put(study: StudyCells): Promise<void>
  /** Writes cells.json, whose presence says that the folder is complete. */
  finish(): Promise<{ readonly studies: number; readonly targetRows: number; readonly edgeRows: number }>
  /** Closes the files without finishing; after `finish` it does nothing. */
  abandon(): Promise<void>
}

const INDEX_FILE = 'cells.json'

/**
 * Appends the cells of study after study to raw little-endian files; what is in memory does not grow but for a few numbers
 * per study. Format: models/training, `fit-combiner`. An earlier complete folder is taken back first.
 */
export async function createCellWriter(folder: string, head: CellHead): Promise<CellWriter> {
  await mkdir(folder, { recursive: true })
  await rm(join(folder, INDEX_FILE), { force: true })
  const names = [
    'target.f32',
    'targetLabel.u8',
    'targetStudy.i32',
    'edge.f32',
    'edgeLabel.u8',
    'edgeStudy.i32',
    'quantities.f32',
  ] as const
  const files = new Map<string, FileHandle>()
  for (const name of names) files.set(name, await open(join(folder, name), 'w'))
  const append = async (name: (typeof names)[number], values: Float32Array | Uint8Array | Int32Array) => {
    await files.get(name)!.write(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  }
  const studies = {
    family: [] as number[],
    genes: [] as number[],
    experiments: [] as number[],
    controlSamples: [] as number[],
    samples: [] as number[],
    conditions: [] as string[],
  }
  let [targetRows, edgeRows] = [0, 0]
  const abandon = async (): Promise<void> => {
    for (const file of files.values()) await file.close()
    files.clear()
  }

  return {
    put: async (study) => {
      const index = studies.family.length
      for (const kind of ['target', 'edge'] as const) {
        const { features, labels } = study[kind]
        await append(`${kind}.f32`, features)
        await append(`${kind}Label.u8`, labels)
        await append(`${kind}Study.i32`, new Int32Array(labels.length).fill(index))
      }
      await append('quantities.f32', Float32Array.from(study.quantities))
      targetRows += study.target.labels.length
      edgeRows += study.edge.labels.length
      studies.family.push(study.family)
      studies.genes.push(study.genes)
      studies.experiments.push(study.experiments)
      studies.controlSamples.push(study.controlSamples)
      studies.samples.push(study.samples)
      studies.conditions.push(study.conditions)
    },
    finish: async () => {
      await abandon()
      const { featureVersion, model, families, heldOut, targetNames, edgeNames, quantityNames } = head
      const index = {
        format: 'metacadi-cells',
        version: 1,
        featureVersion,
        model,
        families,
        heldOut,
        studies,
        target: { rows: targetRows, names: targetNames },
        edge: { rows: edgeRows, names: edgeNames },
        quantities: quantityNames,
      }
      await writeAtomically(join(folder, INDEX_FILE), `${JSON.stringify(index)}\n`)
      return { studies: studies.family.length, targetRows, edgeRows }
    },
    abandon,
  }
}
