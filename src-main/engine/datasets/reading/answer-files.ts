import { open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../../src-shared/contract/errors'
import type { Dataset } from '../../../../src-shared/domain/dataset'
import type { ReadOutcome } from '../../../io/import'
import { ANSWER_FILE, VALUES_FILE } from './reader-messages'

const PIECE = 4 * 2 ** 20

interface StoredAnswer {
  readonly summary: ReadOutcome['summary']
  readonly dataset: (Omit<Dataset, 'values' | 'environmentOf'> & { environmentOf: number[] }) | null
}

export async function writeAnswer(folder: string, { dataset, summary }: ReadOutcome): Promise<void> {
  const answer: StoredAnswer = { summary, dataset: dataset && withoutValues(dataset) }
  await writeFile(join(folder, ANSWER_FILE), JSON.stringify(answer), { mode: 0o600 })
  if (!dataset) return
  const { buffer, byteOffset, byteLength } = dataset.values
  const file = await open(join(folder, VALUES_FILE), 'wx', 0o600)
  try {
    for (let at = 0; at < byteLength; at += PIECE)
      await file.writeFile(Buffer.from(buffer, byteOffset + at, Math.min(PIECE, byteLength - at)))
  } finally {
    await file.close()
  }
}

/** @throws AppError INTERNAL when the files are not what a reader writes */
export async function readAnswer(folder: string): Promise<ReadOutcome> {
  const { summary, dataset } = JSON.parse(await readFile(join(folder, ANSWER_FILE), 'utf8')) as StoredAnswer
  if (!dataset) return { summary, dataset: null }
  const values = new Float64Array(dataset.samples.length * dataset.genes.length)
  const bytes = new Uint8Array(values.buffer)
  const file = await open(join(folder, VALUES_FILE))
  try {
    let filled = 0
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, Math.min(PIECE, bytes.length - filled))
      if (bytesRead === 0) break
      filled += bytesRead
    }
    if (filled !== bytes.length)
      throw new AppError('INTERNAL', 'The numbers that were read are incomplete. Open the file again.')
  } finally {
    await file.close()
  }
  return { summary, dataset: { ...dataset, environmentOf: Int32Array.from(dataset.environmentOf), values } }
}

function withoutValues({ values: _, environmentOf, ...dataset }: Dataset): StoredAnswer['dataset'] {
  return { ...dataset, environmentOf: Array.from(environmentOf) }
}
