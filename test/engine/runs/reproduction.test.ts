import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Reproduction } from '../../../src-shared/contract/reproduction'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { compareWithRecord } from '../../../src-main/engine/runs/compare-with-record'
import { readRecord } from '../../../src-main/engine/runs/read-record'
import { resultHash } from '../../../src-main/io/result/result-hash'
import { serialiseResult } from '../../../src-main/io/result/serialise-result'
import { reportPage } from '../../../src-main/report/page'
import { awkwardResult } from '../../report/exports/export-input'
import { GENERATED_EVIDENCE, makeResult } from '../../report/make-result'

const folder = mkdtempSync(join(tmpdir(), 'metacadi-record-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const saved = (name: string, content: string): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const hashed = (result: AnalysisResult): AnalysisResult => ({ ...result, resultHash: resultHash(result) })

async function compare(recorded: AnalysisResult, run: AnalysisResult): Promise<Reproduction> {
  const path = saved('result.json', serialiseResult(hashed(recorded)))
  return compareWithRecord(await readRecord(path, 'result.json'), hashed(run))
}

describe('the record of a run', () => {
  it.each([
    ['an ordinary run', makeResult({ settings: { seed: 7 } })],
    ['hostile names', awkwardResult()],
  ])('is the same in its result and in its report: %s', async (_, made) => {
    const result = hashed(made)
    const stored = await readRecord(saved('a.json', serialiseResult(result)), 'a.json')
    const report = await readRecord(saved('a.html', reportPage(result, GENERATED_EVIDENCE)), 'a.html')
    expect(report.record).toEqual(stored.record)
    expect(report.result).toBeNull()
    expect(stored.result?.resultHash).toBe(result.resultHash)
  })

  it.each([
    ['another page', '<!doctype html><p>Hello</p>'],
    [
      'a damaged record',
      '<!doctype html><script type="application/json" id="metacadi-record">{"a":</script>',
    ],
    ['no page and no result', 'gene,a,b\nX,1,2\n'],
  ])('is not found in %s', async (_, content) => {
    await expect(readRecord(saved('other', content), 'other')).rejects.toMatchObject({ code: 'DATA_FORMAT' })
  })

  it('is not found where there is no file', async () => {
    await expect(readRecord(join(folder, 'none'), 'none')).rejects.toMatchObject({ code: 'FILE_ACCESS' })
  })
})

describe('a run compared with a record', () => {
  it('is the same when dates, names, timings and threads are not', async () => {
    const run = makeResult({ name: 'another name', diagnostics: { threads: 7 } })
    const outcome = await compare(makeResult(), { ...run, createdAt: '2030-01-01T00:00:00.000Z' })
    expect(outcome).toMatchObject({ same: true, differences: [] })
    expect(outcome.hash).toBe(outcome.recordedHash)
  })

  it('tells the file, the values and the probabilities that differ, with the largest difference', async () => {
    const [recorded, run] = [makeResult(), makeResult()]
    run.input.values[13] = run.input.values[13]! + 0.5
    run.edges.probability[2] = run.edges.probability[2]! + 0.25
    run.targets.probability[12 + 3] = run.targets.probability[12 + 3]! + 0.125
    const file = { ...run.input.files[0]!, sha256: 'f'.repeat(64) }
    const { same, differences } = await compare(recorded, { ...run, input: { ...run.input, files: [file] } })
    expect(same).toBe(false)
    expect(differences.map(({ part }) => part)).toEqual(['files', 'values', 'edges', 'targets'])
    const text = differences.map((difference) => difference.text).join('\n')
    expect(text).toContain("now 'expression.csv' (SHA-256 ffffffffffff…)")
    expect(text).toContain('1 of 360 differ, by up to 0.5 (GENE2 in sample_2)')
    expect(text).toContain('1 of 144 differ, by up to 0.25 (GENE1 → GENE3)')
    expect(text).toContain('1 of 48 differ, by up to 0.125 (GENE4 in Drug 2)')
  })

  it('tells genes, samples and settings that differ', async () => {
    const { differences } = await compare(
      makeResult({ genes: 5, settings: { seed: 1 } }),
      makeResult({ genes: 4, controlSamples: 9, settings: { seed: 2 } }),
    )
    expect(differences.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        '1 gene of the record missing: GENE5.',
        '1 sample of the record missing: sample_30.',
        expect.stringContaining('grouped otherwise'),
        'Setting seed: recorded 1, now 2.',
      ]),
    )
  })

  it('tells another version of the program as the likely reason, and not when the hash is the same', async () => {
    const newer = {
      ...makeResult(),
      app: { name: 'MetaCaDI Desktop', version: '9.9.9', kernel: 'typescript' as const },
    }
    expect((await compare(makeResult(), newer)).differences).toEqual([])
    newer.edges.probability[1] = 0.123
    expect((await compare(makeResult(), newer)).differences.at(-1)).toMatchObject({ part: 'software' })
  })
})
