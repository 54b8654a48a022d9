import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { edgeEvidence } from '../../../src-main/core/effects/edge-evidence'
import { adapt } from '../../../src-main/engine/analysis/adapt'
import { parseResult } from '../../../src-main/io/result/parse-result'
import { readResultFile } from '../../../src-main/io/result/result-file'
import { resultHash } from '../../../src-main/io/result/result-hash'
import { serialiseResult } from '../../../src-main/io/result/serialise-result'
import { renderReportHtml } from '../../../src-main/report/html'
import { isLearned } from '../../../src-shared/domain/result'

const PATH = resolve(import.meta.dirname, '../../fixtures/result/version-1.json')

describe('a result that version 0.1 wrote', () => {
  const text = readFileSync(PATH, 'utf8')
  const result = parseResult(text)

  it('is read as a closed-form result and keeps its hash', async () => {
    expect(result).toMatchObject({ version: 1, mode: 'closed-form', model: null, parts: null })
    expect(resultHash(result)).toBe(result.resultHash)
    expect((await readResultFile(PATH, 'version-1.json')).warnings).toEqual(result.warnings)
  })

  it('is written back byte for byte', () => {
    expect(serialiseResult(result)).toBe(text)
  })

  it('shows its evidence, answers new experiments and makes a report', async () => {
    if (!isLearned(result)) throw new Error('the fixture has no mechanisms')
    expect(edgeEvidence(result, 2, 3).points.x).toHaveLength(result.input.samples.length)
    const fresh = {
      name: 'new',
      genes: result.genes,
      samples: ['a', 'b'],
      values: result.input.values.slice(0, 2 * result.genes.length),
      environmentOf: Int32Array.of(1, 1),
      environments: ['', 'new'],
      transform: result.input.transform,
      files: [],
    }
    expect((await adapt(result, fresh, undefined)).mode).toBe('closed-form')
    expect(renderReportHtml(result)).toContain('</html>')
  })
})

describe('a result of format version 2', () => {
  const path = resolve(import.meta.dirname, '../../fixtures/result/version-2.json')
  const text = readFileSync(path, 'utf8')
  const result = parseResult(text)

  it('is read without the genes that were not analysed, keeps its hash and is written back byte for byte', async () => {
    expect(result).toMatchObject({ version: 2, mode: 'closed-form', measured: null, differential: null })
    expect(resultHash(result)).toBe(result.resultHash)
    expect((await readResultFile(path, 'version-2.json')).warnings).toEqual(result.warnings)
    expect(serialiseResult(result)).toBe(text)
  })
})
