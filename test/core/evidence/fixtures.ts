import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listedOrder } from '../../../src-main/core/evidence/visit-order'
import { studyOfScaled, type EvidenceStudy } from '../../../src-main/core/evidence/study'

/** One study computed by the Python reference; made by test/fixtures/evidence/make_fixtures.py. */
export interface EvidenceFixture {
  environmentSizes: number[]
  genes: number
  maxParents: number
  targetPrior: number
  values: number[]
  scaled: number[]
  featureVariances: number[]
  features: number[]
  hard: number[]
  evidence: { evidence: number[]; targetLogOdds: number[] }[]
  edgePosterior: number[]
  targetPosterior: number[]
  targetLogOdds: (number | null)[]
}

export const FIXTURES = [
  'small',
  'large',
  'mlp',
  'hostile',
  'no_control',
  'no_control_large',
  'graph_only',
  'big_experiments',
] as const

export function loadFixture(name: string): EvidenceFixture {
  return JSON.parse(
    readFileSync(join(import.meta.dirname, '../../fixtures/evidence', `${name}.json`), 'utf8'),
  ) as EvidenceFixture
}

export function startsOf(fixture: EvidenceFixture): Int32Array {
  const starts = [0]
  for (const size of fixture.environmentSizes) starts.push(starts.at(-1)! + size)
  return Int32Array.from(starts)
}

export function studyOf(fixture: EvidenceFixture): EvidenceStudy {
  const scaled = Float64Array.from(fixture.scaled)
  const { study } = studyOfScaled(
    { causes_nd: scaled, effects_nd: [scaled], tied: new Uint8Array(fixture.genes) },
    fixture.genes,
    startsOf(fixture),
    0.1,
  )
  // the reference visits experiments as they are listed
  return { ...study, visits: listedOrder(study.genes, study.environments) }
}

export function relativeDifference(a: number, b: number): number {
  return Math.abs(a - b) / Math.max(1, Math.abs(b))
}
