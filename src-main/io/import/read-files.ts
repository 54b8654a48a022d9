import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { readerFor } from './formats/readers'
import type { ImportLimits } from './limits'
import { readSampleSheet, type SampleSheet } from './sample-sheet'
import type { ExpressionTable, ImportSource, ReadHooks, ReadRequest } from './types'

/** share of the progress that reading takes; the rest is arithmetic on the numbers */
const READING = 0.9

/** Progress that never goes back, also when a file is read a second time under another assumption. */
export function rising(report: ReadHooks['onProgress']): (fraction: number) => void {
  let last = 0
  return (fraction) => {
    if (fraction <= last) return
    last = fraction
    report?.(fraction)
  }
}

/** The sheet first: the samples that it lists tell rows from columns. */
export async function readFiles(
  source: ImportSource,
  options: ReadOptions,
  hooks: ReadHooks,
  limits: ImportLimits,
  progress: (fraction: number) => void,
): Promise<{ sheet: SampleSheet | null; tables: ExpressionTable[] }> {
  const base: ReadRequest = { options, sheetSamples: [], limits, signal: hooks.signal }
  const sheet = source.sampleSheet
    ? await readSampleSheet(source.sampleSheet, base, options.environmentColumn)
    : null
  const request: ReadRequest = {
    ...base,
    options: sheet?.hasAskedColumn ? { ...options, environmentColumn: 'auto' } : options,
    sheetSamples: sheet?.rows.map((row) => row.sample) ?? [],
  }
  const tables: ExpressionTable[] = []
  for (const [index, file] of source.files.entries()) {
    const reader = await readerFor(file, request)
    const onProgress = (fraction: number): void =>
      progress(((index + fraction) / source.files.length) * READING)
    tables.push(await reader.read(file, { ...request, onProgress }))
  }
  return { sheet, tables }
}
