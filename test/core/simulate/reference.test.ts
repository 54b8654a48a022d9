import { describe, expect, it } from 'vitest'
import { simulateStudy } from '../../../src-main/core/simulate/simulate-study'
import type { SimulatedStudy } from '../../../src-main/core/simulate/study'
import { SimulationSpec } from '../../../src-shared/domain/simulation'
import reference from '../../fixtures/simulate/reference.json'

type Statistics = Record<keyof (typeof reference.cases)[number]['statistics'], number>

/** The same summary as in the fixture's script, of the values as an analysis sees them. */
function statistics(study: SimulatedStudy): Statistics {
  const d = study.genes.length
  const environments = study.environments.length - 1
  const value = (sample: number, gene: number): number => {
    const raw = study.values[sample * d + gene]!
    return study.scale === 'rates' ? Math.log1p(raw) : raw
  }
  const rows = study.environments.map((_, k) =>
    Array.from(study.environmentOf.keys()).filter((sample) => study.environmentOf[sample] === k),
  )
  const mean = (k: number, gene: number): number => average(rows[k]!.map((sample) => value(sample, gene)))
  const genes = Array.from({ length: d }, (_, gene) => gene)
  const centre = genes.map((gene) => mean(0, gene))
  const sd = genes.map((gene) =>
    Math.sqrt(average(rows[0]!.map((s) => (value(s, gene) - centre[gene]!) ** 2))),
  )
  const correlations = genes.flatMap((i) =>
    genes
      .filter((j) => j > i)
      .map((j) =>
        Math.abs(
          average(rows[0]!.map((s) => (value(s, i) - centre[i]!) * (value(s, j) - centre[j]!))) /
            (sd[i]! * sd[j]!),
        ),
      ),
  )
  const hit = new Set(study.perturbations.map(({ environment, gene }) => environment * d + gene))
  const shifts = { hit: [] as number[], other: [] as number[] }
  for (let k = 1; k <= environments; k++)
    for (const gene of genes)
      shifts[hit.has(k * d + gene) ? 'hit' : 'other'].push(
        Math.abs(mean(k, gene) - centre[gene]!) / sd[gene]!,
      )
  return {
    edges: study.edges.length,
    targets: study.perturbations.length / environments,
    mean: average(centre),
    sd: average(sd),
    correlation: average(correlations),
    targetShift: median(shifts.hit),
    otherShift: average(shifts.other),
    zeros: study.values.filter((x) => x === 0).length / study.values.length,
  }
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

describe('the simulators and the Python reference', () => {
  const { cases } = reference
  /** fewer than in the fixture, for speed; the error bound counts it */
  const studies = 60

  it.each(cases)('agree in the statistics of studies: $name', ({ spec, statistics: expected }) => {
    const parsed = SimulationSpec.parse(spec)
    const drawn = Array.from({ length: studies }, (_, seed) => statistics(simulateStudy(parsed, seed)))
    for (const [name, { mean, error }] of Object.entries(expected)) {
      const values = drawn.map((each) => each[name as keyof Statistics])
      const ours = average(values)
      const ourError = Math.sqrt(average(values.map((value) => (value - ours) ** 2)) / studies)
      // Four standard errors of the difference, and half a percent of freedom where neither varies.
      const allowed = 4 * Math.hypot(error, ourError) + 0.005 * Math.abs(mean)
      expect(Math.abs(ours - mean), `${name}: ${ours} against ${mean}`).toBeLessThanOrEqual(allowed)
    }
  })
})
