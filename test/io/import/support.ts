import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReadOptions, type ReadOptionsInput } from '../../../src-shared/contract/dataset-source'
import type { Change, Finding, FindingChoice } from '../../../src-shared/contract/dataset-summary'
import type { Dataset } from '../../../src-shared/domain/dataset'
import { readDataset, type ReadHooks, type ReadOutcome } from '../../../src-main/io/import'
import { defaultLimits, type ImportLimits } from '../../../src-main/io/import/limits'

export type Content = string | Uint8Array

export interface Given {
  readonly options?: Omit<ReadOptionsInput, 'files'>
  readonly sheet?: Content
  readonly sheetName?: string
  readonly hooks?: ReadHooks
  readonly limits?: Partial<ImportLimits>
}

/** Writes the tables to a folder of their own, reads them and removes the folder. */
export async function readFiles(
  files: Readonly<Record<string, Content>>,
  given: Given = {},
): Promise<ReadOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'metacadi-import-'))
  try {
    const write = async (name: string, content: Content): Promise<{ name: string; path: string }> => {
      const path = join(folder, name)
      await writeFile(path, content)
      return { name, path }
    }
    const written = await Promise.all(Object.entries(files).map(([name, content]) => write(name, content)))
    const sheetName = given.sheetName ?? 'samples.tsv'
    const sampleSheet = given.sheet === undefined ? undefined : await write(sheetName, given.sheet)
    const options = ReadOptions.parse({ files: written.map(({ name }) => name), ...given.options })
    const limits = { ...defaultLimits(), ...given.limits }
    return await readDataset({ files: written, sampleSheet }, options, given.hooks ?? {}, limits)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export const read = (
  content: Content,
  options: Given['options'] = {},
  given: Given = {},
): Promise<ReadOutcome> => readFiles({ 'x.csv': content }, { ...given, options })

/** The dataset of a table that must be readable; the findings are the message when it is not. */
export async function dataset(
  content: Content,
  options: Given['options'] = {},
  given: Given = {},
): Promise<Dataset> {
  const outcome = await read(content, options, given)
  if (!outcome.dataset) throw new Error(outcome.summary.findings.map((finding) => finding.text).join('\n'))
  return outcome.dataset
}

export function findingOf(outcome: ReadOutcome, rule: string): Finding {
  const found = outcome.summary.findings.find((finding) => finding.rule === rule)
  if (!found)
    throw new Error(
      `no finding '${rule}' among: ${outcome.summary.findings.map((each) => each.rule).join(', ')}`,
    )
  return found
}

/** The diff of one value of a choice. */
export function changeOf(choice: FindingChoice | undefined, value: string): readonly Change[] {
  const found = choice?.values.find((each) => each.value === value)
  if (!found?.changes) throw new Error(`no diff of '${value}'`)
  return found.changes
}

export const rulesOf = (outcome: ReadOutcome): string[] =>
  outcome.summary.findings.map((finding) => finding.rule)

/** Values of one sample as a plain array. */
export function row(data: Dataset, index: number): number[] {
  const d = data.genes.length
  return Array.from(data.values.subarray(index * d, (index + 1) * d))
}

export const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`

/** A small table of log values with an environment column: three controls and three of each experiment. */
export const SMALL = lines(
  'environment,TP53,MYC,JUN',
  'control,0.5,-1.2,3.1',
  'control,0.7,-1.1,3.3',
  'control,0.4,-1.4,2.9',
  'drug A,2.5,-1.3,3.0',
  'drug A,2.7,-1.0,3.4',
  'drug A,2.4,-1.5,2.8',
)
