import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../src-shared/contract/errors'
import type { StudySummary } from '../../core/features/summary'
import { decodeHalves } from './float16'
import type { ShardEntry } from './shard-index'

/** One study of a shard: what the network reads of it, what the closed form says, and the truth. */
export interface ShardStudy {
  readonly summary: StudySummary
  /** [d, d] 1 = edge from row to column */
  readonly edge: Uint8Array
  /** [K, d] 1 = target */
  readonly target: Uint8Array
  /** index into the families of the shard index */
  readonly family: number
  readonly controlSamples: number
  /** null when the shard was made without the closed form */
  readonly closed: { readonly edge: Float64Array; readonly target: Float64Array } | null
}

export interface ShardReader {
  /** @param index 0 … studies − 1 */
  study(index: number): Promise<ShardStudy>
  close(): Promise<void>
}

/**
 * Reads single studies of a shard file; never holds more than one.
 * @throws AppError FILE_ACCESS, DATA_FORMAT
 */
export async function openShard(folder: string, entry: ShardEntry): Promise<ShardReader> {
  const path = join(folder, entry.file)
  const file = await open(path).catch((error: unknown) => {
    throw new AppError('FILE_ACCESS', `The shard '${path}' cannot be read.`, { error: String(error) })
  })
  const part = (name: string, index: number): Promise<ArrayBuffer> => readPart(file, path, entry, name, index)
  return {
    close: () => file.close(),
    study: async (index) => ({
      summary: {
        genes: entry.genes,
        experiments: entry.experiments,
        pair: decodeHalves(new Uint16Array(await part('pair', index))),
        experiment: decodeHalves(new Uint16Array(await part('env', index))),
        global: new Float32Array(await part('glob', index)),
      },
      edge: new Uint8Array(await part('edge', index)),
      target: new Uint8Array(await part('target', index)),
      family: new Uint8Array(await part('family', index))[0]!,
      controlSamples: new Int32Array(await part('samples', index))[0]!,
      closed: entry.sections.closedEdge
        ? {
            edge: Float64Array.from(new Float32Array(await part('closedEdge', index))),
            target: Float64Array.from(new Float32Array(await part('closedTarget', index))),
          }
        : null,
    }),
  }
}

const BYTES = { f16: 2, f32: 4, u8: 1, i32: 4 } as const

async function readPart(
  file: FileHandle,
  path: string,
  entry: ShardEntry,
  name: string,
  index: number,
): Promise<ArrayBuffer> {
  const section = entry.sections[name]
  if (!section) throw new AppError('DATA_FORMAT', `The shard '${path}' has no '${name}'.`, { name })
  const [, ...rest] = section.shape
  const bytes = BYTES[section.dtype] * rest.reduce((product, length) => product * length, 1)
  const buffer = new ArrayBuffer(bytes)
  const { bytesRead } = await file.read(new Uint8Array(buffer), 0, bytes, section.offset + index * bytes)
  if (bytesRead !== bytes) throw new AppError('DATA_FORMAT', `The shard '${path}' is cut off. Make it again.`)
  return buffer
}
