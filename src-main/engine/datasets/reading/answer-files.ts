import { open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../../src-shared/contract/errors'
import type { Dataset } from '../../../../src-shared/domain/dataset'
import type { ReadOutcome } from '../../../io/import'
import { canonicalJson, parseCanonicalJson } from '../../../io/result/canonical-json'
import { ANSWER_FILE, DATASET_FILE, VALUES_FILE } from './reader-messages'

const PIECE = 4 * 2 ** 20

interface StoredAnswer {
  readonly summary: ReadOutcome['summary']
  readonly hasDataset: boolean
}

export async function writeAnswer(folder: string, { dataset, summary }: ReadOutcome): Promise<void> {
  const answer: StoredAnswer = { summary, hasDataset: dataset !== null }
  await writeFile(join(folder, ANSWER_FILE), JSON.stringify(answer), { mode: 0o600 })
  if (!dataset) return
  await writeFile(join(folder, DATASET_FILE), canonicalJson({ ...dataset, values: undefined }), {
    mode: 0o600,
  })
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
  const { summary, hasDataset } = JSON.parse(
    await readFile(join(folder, ANSWER_FILE), 'utf8'),
  ) as StoredAnswer
  if (!hasDataset) return { summary, dataset: null }
  const dataset = parseCanonicalJson(await readFile(join(folder, DATASET_FILE), 'utf8')) as Omit<
    Dataset,
    'values'
  >
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
  return { summary, dataset: { ...dataset, values } }
}
