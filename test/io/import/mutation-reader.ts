/** Child process of the mutation test: reads one data set after the other and can be killed when one does not end. */
import { AppError } from '../../../src-shared/contract/errors'
import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { readDataset, type SourceFile } from '../../../src-main/io/import'
import { defaultLimits } from '../../../src-main/io/import/limits'

/** What came of one reading. */
export type Reading =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused' | 'crashed'; readonly text: string }
  | { readonly kind: 'asked' | 'nothing' }
  | {
      readonly kind: 'read'
      readonly genes: readonly string[]
      readonly samples: readonly string[]
      /** [n, d]; texts, because JSON has no NaN and no -0 */
      readonly values: readonly string[]
    }

const OPTIONS = ReadOptions.parse({ files: ['x'], transform: 'none' })
const LIMITS = { ...defaultLimits(), tableBytes: 64 * 2 ** 20, unpackedBytes: 64 * 2 ** 20 }

async function readingOf(files: readonly SourceFile[]): Promise<Reading> {
  try {
    const { dataset, summary } = await readDataset({ files }, OPTIONS, {}, LIMITS)
    if (!dataset) {
      const blocks = summary.findings.some(({ level }) => level === 'blocking')
      return { kind: blocks ? 'asked' : 'nothing' }
    }
    const values = Array.from(dataset.values, (value) => (Object.is(value, -0) ? '-0' : String(value)))
    return { kind: 'read', genes: dataset.genes, samples: dataset.samples, values }
  } catch (error) {
    const expected = error instanceof AppError && error.code !== 'INTERNAL'
    return { kind: expected ? 'refused' : 'crashed', text: String(error) }
  }
}

process.on('message', (files: readonly SourceFile[]) => {
  void readingOf(files).then((reading) => process.send?.(reading))
})
process.on('disconnect', () => process.exit(0))
const ready: Reading = { kind: 'ready' }
process.send?.(ready)
