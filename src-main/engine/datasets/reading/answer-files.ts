import { type FileHandle, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../../src-shared/contract/errors'
import type { Dataset } from '../../../../src-shared/domain/dataset'
import type { ReadOutcome } from '../../../io/import'
import { answerJson, type NumberArray, withNumbers, withSamples } from './answer-json'
import { ANSWER_FILE, NUMBERS_FILE } from './reader-messages'

/** also the most that one system call is asked for: some refuse 2 GB */
const PIECE = 4 * 2 ** 20
const TEXT_PIECE = 2 ** 18

export async function writeAnswer(folder: string, outcome: ReadOutcome): Promise<void> {
  const arrays: NumberArray[] = []
  await toFile(join(folder, ANSWER_FILE), async (file) => {
    let batch: string[] = []
    let length = 0
    for (const piece of answerJson(outcome, arrays)) {
      batch.push(piece)
      length += piece.length
      if (length < TEXT_PIECE) continue
      await file.writeFile(batch.join(''))
      batch = []
      length = 0
    }
    await file.writeFile(batch.join(''))
  })
  await toFile(join(folder, NUMBERS_FILE), async (file) => {
    for (const { buffer, byteOffset, byteLength } of arrays)
      for (let at = 0; at < byteLength; at += PIECE)
        await file.writeFile(Buffer.from(buffer, byteOffset + at, Math.min(PIECE, byteLength - at)))
  })
}

async function toFile(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await write(file)
  } finally {
    await file.close()
  }
}

/** @throws AppError INTERNAL when the files are not what a reader writes */
export async function readAnswer(folder: string): Promise<ReadOutcome> {
  const answer = JSON.parse(await readFile(join(folder, ANSWER_FILE), 'utf8')) as {
    readonly summary: Omit<ReadOutcome['summary'], 'samples'> & {
      readonly samples: Parameters<typeof withSamples>[0]
    }
    readonly dataset: unknown
  }
  const summary = { ...answer.summary, samples: withSamples(answer.summary.samples) }
  if (answer.dataset === null) return { summary, dataset: null }
  const file = await open(join(folder, NUMBERS_FILE))
  try {
    const { size } = await file.stat()
    const arrays: NumberArray[] = []
    const dataset = withNumbers(answer.dataset, arrays, size) as Dataset
    for (const array of arrays) await fill(array, file)
    return { summary, dataset }
  } finally {
    await file.close()
  }
}

/** The arrays lie in the order in which they are read. */
async function fill({ buffer, byteOffset, byteLength }: NumberArray, file: FileHandle): Promise<void> {
  for (let filled = 0; filled < byteLength;) {
    const { bytesRead } = await file.read(
      Buffer.from(buffer, byteOffset + filled, Math.min(PIECE, byteLength - filled)),
    )
    if (bytesRead === 0)
      throw new AppError('INTERNAL', 'The numbers that were read are incomplete. Open the file again.')
    filled += bytesRead
  }
}
