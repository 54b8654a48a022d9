import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Combiner } from '../core/combine'
import {
  EXPERIMENT_FEATURES,
  FEATURE_VERSION,
  GLOBAL_FEATURES,
  PAIR_FEATURES,
} from '../core/features/summary'
import { CombinerFile, refuseOtherCells } from './combiner'
import { ModelManifest } from './manifest'
import { messageOf, unavailable } from './unavailable'

const MANIFEST_FILE = 'manifest.json'
const NETWORK_FILE = 'metacadi.onnx'
const INSTALL_AGAIN = 'Install the program again to restore its model.'

export interface ModelFiles {
  readonly manifest: ModelManifest
  /** checked content of metacadi.onnx */
  readonly network: Uint8Array
  readonly combiner: Combiner | null
}

/**
 * Reads a model folder and believes nothing unchecked: the manifest against its schema, the feature version,
 * every other file against its SHA-256.
 * @throws AppError MODEL_UNAVAILABLE
 */
export async function readModelFiles(folder: string): Promise<ModelFiles> {
  await refuseEmpty(folder)
  const manifest = parse(ModelManifest, MANIFEST_FILE, await read(folder, MANIFEST_FILE))
  refuseOtherFeatures(manifest)
  const network = await readChecked(folder, NETWORK_FILE, manifest.sha256)
  return { manifest, network, combiner: manifest.combiner && (await readCombiner(folder, manifest.combiner)) }
}

async function readCombiner(
  folder: string,
  { file, sha256 }: { file: string; sha256: string },
): Promise<Combiner> {
  const combiner = parse(CombinerFile, file, await readChecked(folder, file, sha256))
  refuseOtherCells(combiner)
  return combiner
}

async function refuseEmpty(folder: string): Promise<void> {
  const found = await stat(join(folder, MANIFEST_FILE)).catch(() => undefined)
  if (!found)
    throw unavailable('missing', 'This copy of the program comes without a learned model.', { folder })
}

const FEATURES = { pair: PAIR_FEATURES, env: EXPERIMENT_FEATURES, glob: GLOBAL_FEATURES } as const

function refuseOtherFeatures({ featureVersion, inputs }: ModelManifest): void {
  if (featureVersion !== FEATURE_VERSION)
    throw unavailable(
      'other-features',
      `The learned model reads study summaries of version ${featureVersion}; this program writes version ${FEATURE_VERSION}. ${INSTALL_AGAIN}`,
      { featureVersion, expected: FEATURE_VERSION },
    )
  for (const name of ['pair', 'env', 'glob'] as const) {
    if (inputs[name].join() === FEATURES[name].join()) continue
    throw unavailable(
      'other-features',
      `The learned model reads other features ('${name}') than this program writes. ${INSTALL_AGAIN}`,
      { input: name, found: inputs[name], expected: FEATURES[name] },
    )
  }
}

async function readChecked(folder: string, name: string, sha256: string): Promise<Buffer> {
  const content = await read(folder, name)
  const found = createHash('sha256').update(content).digest('hex')
  if (found === sha256) return content
  throw unavailable(
    'damaged',
    `'${name}' of the learned model is damaged or belongs to another version: its checksum is not the one in ${MANIFEST_FILE}. ${INSTALL_AGAIN}`,
    { file: join(folder, name), found, expected: sha256, bytes: content.length },
  )
}

async function read(folder: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, name))
  } catch (error) {
    throw unavailable('missing', `'${name}' of the learned model cannot be read. ${INSTALL_AGAIN}`, {
      file: join(folder, name),
      error: messageOf(error),
    })
  }
}

function parse<T>(
  schema: { safeParse: (value: unknown) => { success: true; data: T } | { success: false; error: Error } },
  name: string,
  content: Buffer,
): T {
  const parsed = schema.safeParse(json(name, content))
  if (parsed.success) return parsed.data
  throw unreadable(name, parsed.error)
}

function json(name: string, content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'))
  } catch (error) {
    throw unreadable(name, error)
  }
}

const unreadable = (name: string, error: unknown): Error =>
  unavailable('damaged', `'${name}' of the learned model is not a file of this program. ${INSTALL_AGAIN}`, {
    error: messageOf(error),
  })
