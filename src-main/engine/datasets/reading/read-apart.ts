import { existsSync } from 'node:fs'
import { mkdtemp, mkdir, rm } from 'node:fs/promises'
import { freemem } from 'node:os'
import { join } from 'node:path'
import { AppError, fromErrorFrame } from '../../../../src-shared/contract/errors'
import type { ReadOptions } from '../../../../src-shared/contract/dataset-source'
import type { ImportSource, ReadOutcome } from '../../../io/import'
import { readAnswer } from './answer-files'
import { forkReader, type ReaderChild, type ReaderEnd, type StartReader } from './reader-child'
import { FromReader, MEMORY_MARK } from './reader-messages'

export interface ReadingLimits {
  /** memory of the reader as a whole */
  readonly memoryBytes: number
  /** a reader that says nothing for so long hangs */
  readonly silentMs: number
  /** no file takes longer */
  readonly totalMs: number
}

export const readingLimits = (): ReadingLimits => ({
  memoryBytes: Math.max(768 * 2 ** 20, 0.9 * freemem()),
  silentMs: 90_000,
  totalMs: 2 * 3_600_000,
})

export interface FileReader {
  /** @throws AppError what reading ended with, CANCELLED, or RESOURCE_LIMIT / DATA_FORMAT when the reader itself ended */
  readonly read: (
    source: ImportSource,
    options: ReadOptions,
    hooks: {
      readonly signal?: AbortSignal
      readonly onProgress?: (fraction: number, memoryBytes: number) => void
    },
  ) => Promise<ReadOutcome>
}

/**
 * Reads every data set in a process of its own, which is killed when it is cancelled, hangs, or takes too much memory:
 * whatever a file does to its parser, the engine stays.
 * @param folder where answers lie for the moment between the end of a reader and their arrival
 */
export function createFileReader(
  folder: string,
  start: StartReader = forkReader,
  limitsNow: () => ReadingLimits = readingLimits,
): FileReader {
  return {
    read: async (source, options, hooks) => {
      if (hooks.signal?.aborted) throw cancelled()
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const answer = await mkdtemp(join(folder, 'reading-'))
      try {
        const limits = limitsNow()
        const reader = start(Math.floor(limits.memoryBytes / 2 ** 20))
        await finished(reader, limits, hooks, namesOf(source), answer, () =>
          reader.send({ type: 'read', source, options, folder: answer, memoryBytes: limits.memoryBytes }),
        )
        return await readAnswer(answer)
      } finally {
        await rm(answer, { recursive: true, force: true })
      }
    },
  }
}

function finished(
  reader: ReaderChild,
  limits: ReadingLimits,
  { signal, onProgress }: Parameters<FileReader['read']>[2],
  files: string,
  folder: string,
  order: () => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    /** what the call ends with, once the process is gone */
    let outcome: (() => void) | undefined
    const endWith = (how: () => void): void => {
      outcome ??= how
      reader.kill()
    }
    const fail = (error: AppError): void => endWith(() => reject(error))
    const cancel = (): void => fail(cancelled())
    const total = setTimeout(() => fail(tooSlow(files)), limits.totalMs)
    let silent = setTimeout(() => fail(hanging(files)), limits.silentMs)
    const heard = (): void => {
      clearTimeout(silent)
      silent = setTimeout(() => fail(hanging(files)), limits.silentMs)
    }
    signal?.addEventListener('abort', cancel, { once: true })
    reader.onEnd((end) => {
      clearTimeout(total)
      clearTimeout(silent)
      signal?.removeEventListener('abort', cancel)
      if (outcome) outcome()
      else reject(existsSync(join(folder, MEMORY_MARK)) ? tooLarge(files, limits) : ended(files, end))
    })
    reader.onMessage((raw) => {
      const parsed = FromReader.safeParse(raw)
      if (!parsed.success || outcome) return
      heard()
      const message = parsed.data
      if (message.type === 'ready') order()
      else if (message.type === 'progress') onProgress?.(message.fraction, message.memoryBytes)
      else if (message.type === 'done') endWith(resolve)
      else fail(fromErrorFrame(message.error))
    })
    if (signal?.aborted) cancel()
  })
}

const namesOf = ({ files }: ImportSource): string => {
  const [first, ...others] = files
  return others.length === 0 ? first!.name : `${first!.name} and ${others.length} more`
}

const cancelled = (): AppError => new AppError('CANCELLED', 'Reading was cancelled.')

const UNCHANGED = 'Everything that was open before is unchanged.'

function tooLarge(files: string, { memoryBytes }: ReadingLimits): AppError {
  const gigabytes = (memoryBytes / 1e9).toPrecision(2)
  return new AppError(
    'RESOURCE_LIMIT',
    `Reading ${files} needs more than ${gigabytes} GB, which is what this computer has free. ${UNCHANGED} ` +
      'Keep fewer samples or genes in the file, close other programs, or use a computer with more memory.',
    { memoryBytes },
  )
}

const hanging = (files: string): AppError =>
  new AppError(
    'DATA_FORMAT',
    `Reading ${files} came to a standstill and was ended. ${UNCHANGED} ` +
      'The file may be damaged: copy or download it again, or save it in another format.',
  )

const tooSlow = (files: string): AppError =>
  new AppError(
    'RESOURCE_LIMIT',
    `Reading ${files} took longer than two hours and was ended. ${UNCHANGED} Keep fewer samples or genes in the file.`,
  )

/** Without a word: out of memory, or a defect of a parser. */
function ended(files: string, { code, signal, printed }: ReaderEnd): AppError {
  const details = { code, signal, printed }
  // V8 aborts when its heap is full; Linux kills the process that takes the last memory
  if (/heap out of memory|Allocation failed/i.test(printed) || signal === 'SIGKILL')
    return new AppError(
      'RESOURCE_LIMIT',
      `Reading ${files} ended because there was not enough memory. ${UNCHANGED} ` +
        'Keep fewer samples or genes in the file, close other programs, or use a computer with more memory.',
      details,
    )
  return new AppError(
    'DATA_FORMAT',
    `Reading ${files} ended unexpectedly. ${UNCHANGED} ` +
      'The file may be damaged: copy or download it again, or save it in another format.',
    details,
  )
}
