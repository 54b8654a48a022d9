import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-shared/contract/errors'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { parseResult } from '../../../src-main/io/result/parse-result'
import { readResultFile } from '../../../src-main/io/result/result-file'
import { resultHash } from '../../../src-main/io/result/result-hash'
import { serialiseResult } from '../../../src-main/io/result/serialise-result'
import { scratchFolder, type Scratch } from '../../support/simulated-table'
import { smallDataset, smallResult } from './small-result'

let result: AnalysisResult
let text: string
let scratch: Scratch

beforeAll(async () => {
  const data = smallDataset()
  const n = data.samples.length
  const quality = {
    totals: null,
    detected: new Int32Array(n).fill(6),
    genes: 6,
    compared: 6,
    scores: new Float64Array(2 * n).fill(0.5),
    explained: [0.6, 0.2] as const,
    spread: new Float64Array(n).fill(NaN),
    correlated: 'samples' as const,
    correlation: new Float32Array(n * n).fill(0.9),
  }
  result = await smallResult(
    { constraints: { forbidden: [{ source: 'A', target: 'B' }] } },
    { ...data, quality },
  )
  text = serialiseResult(result)
  scratch = scratchFolder()
})
afterAll(() => scratch.remove())

function failureOf(content: string): AppError {
  try {
    parseResult(content)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('the text was accepted')
}

/** The file after one change of its JSON. */
function changed(change: (json: Record<string, unknown>) => void): string {
  const json = JSON.parse(text) as Record<string, unknown>
  change(json)
  return JSON.stringify(json)
}

describe('a stored result', () => {
  it('reads back as the same result, bit for bit', () => {
    expect(parseResult(text)).toEqual(result)
    expect(serialiseResult(parseResult(text))).toBe(text)
  })

  it('begins with its format and version', () => {
    expect(text.startsWith('{"format":"metacadi-result","version":3,')).toBe(true)
  })

  it('says clearly that a newer version wrote it', () => {
    const failure = failureOf(changed((json) => (json.version = 4)))
    expect(failure.code).toBe('DATA_FORMAT')
    expect(failure.message).toContain('newer version')
  })

  it.each(['', 'not json', '[]', '{"format":"something"}', 'null'])('refuses %o as no result', (content) => {
    const failure = failureOf(content)
    expect(failure.code).toBe('DATA_FORMAT')
    expect(failure.message).toContain('not a MetaCaDI result')
  })

  it.each([
    [
      'edges.probability',
      (json: Record<string, unknown>) =>
        ((json.edges as Record<string, unknown>).probability = { $f64: 'AAAAAAAA8D8=' }),
    ],
    [
      'targets.rank',
      (json: Record<string, unknown>) =>
        ((json.targets as Record<string, unknown>).rank = { $i32: 'AQAAAA==' }),
    ],
    [
      'input.values',
      (json: Record<string, unknown>) => ((json.input as Record<string, unknown>).values = { $f64: '' }),
    ],
    ['genes', (json: Record<string, unknown>) => (json.genes = ['A', 'A', 'C', 'D', 'E', 'F'])],
    [
      'targets.kind',
      (json: Record<string, unknown>) =>
        ((json.targets as Record<string, unknown>).kind = { $u8: Buffer.alloc(24, 9).toString('base64') }),
    ],
    [
      'quality.correlation',
      (json: Record<string, unknown>) =>
        ((json.quality as Record<string, unknown>).correlation = { $f32: 'AACAPw==' }),
    ],
    [
      'quality.correlated',
      (json: Record<string, unknown>) => ((json.quality as Record<string, unknown>).correlated = 'genes'),
    ],
    [
      'settings.seed',
      (json: Record<string, unknown>) => ((json.settings as Record<string, unknown>).seed = -1),
    ],
  ])('refuses a file whose %s does not fit', (field, change) => {
    const failure = failureOf(changed(change))
    expect(failure.code).toBe('DATA_FORMAT')
    expect(String(failure.details.reason)).toContain(field)
  })

  it('drops members that do not belong to it, __proto__ among them', () => {
    const parsed = parseResult(text.replace('{"format"', '{"__proto__":{"polluted":1},"extra":1,"format"'))
    expect(parsed).toEqual(result)
    expect(parsed).not.toHaveProperty('polluted')
  })

  it('is read from disk without a remark when nothing was changed', async () => {
    const path = scratch.file('result.json', text)
    expect((await readResultFile(path, 'result.json')).warnings).toEqual(result.warnings)
  })

  it('is shown with a warning when a number was changed after the run', async () => {
    const path = join(scratch.folder, 'edited.json')
    const probability = Float64Array.from(result.edges.probability, (p) => p / 2)
    writeFileSync(path, serialiseResult({ ...result, edges: { ...result.edges, probability } }))
    const read = await readResultFile(path, 'edited.json')
    expect(read.warnings.at(-1)).toContain('does not match its result hash')
  })

  it('that is missing is a FILE_ACCESS error', async () => {
    await expect(readResultFile(join(scratch.folder, 'none.json'), 'none.json')).rejects.toMatchObject({
      code: 'FILE_ACCESS',
    })
  })
})

describe('the result hash', () => {
  it('is that of the run and survives a round trip through the file', () => {
    expect(resultHash(result)).toBe(result.resultHash)
    expect(resultHash(parseResult(text))).toBe(result.resultHash)
  })

  it('does not depend on names, dates, warnings, timings, threads and memory', () => {
    const other: AnalysisResult = {
      ...result,
      createdAt: '1999-01-01',
      app: { name: 'x', version: '9', kernel: 'typescript' },
      warnings: ['w'],
      input: {
        ...result.input,
        name: 'renamed',
        files: result.input.files.map((file) => ({ ...file, name: 'renamed.csv' })),
      },
      diagnostics: { ...result.diagnostics, seconds: { scoring: 99 }, threads: 64, peakMemoryBytes: 1 },
    }
    expect(resultHash(other)).toBe(result.resultHash)
  })

  it.each<[string, (r: AnalysisResult) => AnalysisResult]>([
    [
      'a posterior',
      (r) => ({
        ...r,
        edges: { ...r.edges, probability: r.edges.probability.map((p, i) => (i === 1 ? p + 1e-15 : p)) },
      }),
    ],
    ['the seed', (r) => ({ ...r, settings: { ...r.settings, seed: 2 } })],
    ['a gene name', (r) => ({ ...r, genes: ['Z', ...r.genes.slice(1)] })],
    [
      'the content of a file',
      (r) => ({ ...r, input: { ...r.input, files: [{ ...r.input.files[0]!, sha256: 'cd'.repeat(32) }] } }),
    ],
    [
      'the learned state',
      (r) => ({ ...r, learned: r.learned && { ...r.learned, priorTarget: r.learned.priorTarget / 2 } }),
    ],
  ])('changes with %s', (_what, change) => {
    expect(resultHash(change(result))).not.toBe(result.resultHash)
  })
})
