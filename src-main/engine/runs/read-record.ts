import { open, stat } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '../../../src-shared/contract/errors'
import { RecordedChoices, type RunRecord } from '../../../src-shared/contract/reproduction'
import { TRANSFORMS } from '../../../src-shared/domain/dataset'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { RunSettings } from '../../../src-shared/domain/run-settings'
import { MAX_RESULT_BYTES } from '../../io/result/parse-result'
import { readResultFile } from '../../io/result/result-file'

export interface ReadRecord {
  readonly record: RunRecord
  /** the whole result; null when the file was a report, which holds the record alone */
  readonly result: AnalysisResult | null
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const names = z.array(z.string().max(10_000)).max(1_000_000)

/** The data block of a report, as report/page.ts writes it. */
const ReportRecord = z.object({
  format: z.literal('metacadi-report-record'),
  app: z.object({ name: z.string(), version: z.string(), kernel: z.string() }),
  createdAt: z.string(),
  resultHash: sha256,
  input: z.object({
    name: z.string(),
    files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256 })).max(100),
    transform: z.enum(TRANSFORMS),
    choices: RecordedChoices.default({}),
    control: z.string().nullable(),
    samplesPerEnvironment: z.array(z.number().int().min(0)),
    samples: names,
  }),
  genes: names,
  environments: names,
  settings: RunSettings,
})

/**
 * The record of a run from its `result.json` or from its HTML report.
 * @throws AppError FILE_ACCESS, DATA_FORMAT
 */
export async function readRecord(path: string, name: string): Promise<ReadRecord> {
  if (!(await looksLikeHtml(path, name))) {
    const result = await readResultFile(path, name)
    return { record: recordOf(result, name), result }
  }
  const { size } = await stat(path)
  if (size > MAX_RESULT_BYTES) throw noRecord(name)
  const file = await open(path)
  try {
    return { record: parseReport(await file.readFile('utf8'), name), result: null }
  } finally {
    await file.close()
  }
}

function recordOf(result: AnalysisResult, fileName: string): RunRecord {
  const { app, createdAt, resultHash, input, genes, environments, settings } = result
  const { name, files, transform, control, samplesPerEnvironment, samples } = input
  const choices = RecordedChoices.safeParse(input.choices ?? {})
  if (!choices.success) throw noRecord(fileName)
  return {
    app,
    createdAt,
    resultHash,
    name,
    files,
    transform,
    choices: choices.data,
    control,
    samplesPerEnvironment,
    samples,
    genes,
    environments,
    settings,
  }
}

function parseReport(html: string, name: string): RunRecord {
  const block = /<script type="application\/json" id="metacadi-record">([^<]*)<\/script>/.exec(html)?.[1]
  const parsed = ReportRecord.safeParse(block === undefined ? null : jsonOf(block))
  if (!parsed.success) throw noRecord(name)
  const { app, createdAt, resultHash, input, genes, environments, settings } = parsed.data
  return { app, createdAt, resultHash, ...input, genes, environments, settings }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value))
  } catch {
    return null
  }
}

async function looksLikeHtml(path: string, name: string): Promise<boolean> {
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(200), 0, 200, 0)
      return /^\uFEFF?\s*<!doctype html/i.test(buffer.toString('utf8', 0, bytesRead))
    } finally {
      await file.close()
    }
  } catch (error) {
    throw new AppError('FILE_ACCESS', `'${name}' cannot be read. Check that it exists and can be opened.`, {
      error: error instanceof Error ? error.message : String(error),
    })
  }
}

const noRecord = (name: string): AppError =>
  new AppError(
    'DATA_FORMAT',
    `'${name}' holds no record of a run. Choose the result.json that a run has written, or its HTML report.`,
  )
