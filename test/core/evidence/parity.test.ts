import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createDirectKernel } from '../../../src-main/core/evidence/direct'
import { createParentSetEvidence, type EvidenceKernel } from '../../../src-main/core/evidence/kernel'
import { SOURCE_SHA256 } from '../../../src-main/core/evidence/wasm/evidence-kernel.wasm'
import { createWasmKernel } from '../../../src-main/core/evidence/wasm/wasm-kernel'
import { enumerateParentSets } from '../../../src-main/core/search/parent-sets'
import { scaleExpression } from '../../../src-main/core/features/preprocess'
import type { EvidenceStudy } from '../../../src-main/core/evidence/study'
import { FIXTURES, loadFixture, relativeDifference, startsOf, studyOf } from './fixtures'

const KERNELS: [string, (study: EvidenceStudy) => EvidenceKernel][] = [
  ['the plain formula', createDirectKernel],
  ['the WebAssembly kernel', createWasmKernel],
]
const CLIP = 600

describe.each(FIXTURES)('on the study %s', (name) => {
  const fixture = loadFixture(name)
  const study = studyOf(fixture)
  const d = fixture.genes
  const K = study.environments

  it('features, variances and hard evidence agree with the reference', () => {
    fixture.features.forEach((value, i) =>
      expect(relativeDifference(study.features[i]!, value)).toBeLessThan(1e-10),
    )
    fixture.featureVariances.forEach((value, i) =>
      expect(relativeDifference(study.variances[i]!, value)).toBeLessThan(1e-12),
    )
    fixture.hard.forEach((value, i) =>
      expect(relativeDifference(study.hard[0]![i]!, value)).toBeLessThan(1e-9),
    )
  })

  it.each(KERNELS)('scores and target log-odds of %s agree with the reference to 1e-8', (_label, create) => {
    const kernel = create(study)
    const sets = enumerateParentSets(d - 1, fixture.maxParents)
    const out = createParentSetEvidence(sets.count, K)
    const prior = new Float64Array(K).fill(fixture.targetPrior)
    let worstScore = 0
    let worstOdds = 0
    for (let j = 0; j < d; j++) {
      const candidates = Int32Array.from(Array.from({ length: d }, (_, i) => i).filter((i) => i !== j))
      kernel.score(j, 0, candidates, sets, prior, 3, out)
      const expected = fixture.evidence[j]!
      expect(expected.evidence).toHaveLength(sets.count)
      for (let s = 0; s < sets.count; s++)
        worstScore = Math.max(worstScore, relativeDifference(out.logEvidence[s]!, expected.evidence[s]!))
      for (let i = 0; i < sets.count * K; i++) {
        const clipped = Math.max(-CLIP, Math.min(CLIP, out.targetLogOdds[i]!))
        worstOdds = Math.max(worstOdds, relativeDifference(clipped, expected.targetLogOdds[i]!))
      }
    }
    expect(worstScore).toBeLessThan(1e-8)
    expect(worstOdds).toBeLessThan(1e-8)
  })

  it('genes without ties are scaled as in the reference', () => {
    const starts = startsOf(fixture)
    const n = starts.at(-1)!
    const scaled = scaleExpression(Float64Array.from(fixture.values), n, d, starts[1]!, 1)
    let compared = 0
    for (let j = 0; j < d; j++) {
      if (scaled.tied[j]) continue
      for (let r = 0; r < n; r++) {
        compared++
        expect(relativeDifference(scaled.causes_nd[r * d + j]!, fixture.scaled[r * d + j]!)).toBeLessThan(
          1e-8,
        )
      }
    }
    expect(compared).toBeGreaterThan(n)
  })
})

it('the committed WebAssembly was compiled from the committed C source', () => {
  const source = readFileSync(
    join(import.meta.dirname, '../../../src-main/core/evidence/wasm/evidence-kernel.c'),
  )
  expect(createHash('sha256').update(source).digest('hex')).toBe(SOURCE_SHA256)
})
