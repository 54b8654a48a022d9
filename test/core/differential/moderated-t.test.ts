import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { adjustedP } from '../../../src-main/core/differential/benjamini-hochberg'
import { fitGroups, groupDesign, type GroupDesign } from '../../../src-main/core/differential/group-design'
import {
  experimentStatistics,
  moderatedT,
  type GroupFits,
} from '../../../src-main/core/differential/moderated-t'
import { fitVariancePrior, squeezedVariance } from '../../../src-main/core/differential/variance-prior'
import { digamma, trigamma, trigammaInverse } from '../../../src-main/core/linalg/polygamma'
import { twoSidedStudentT } from '../../../src-main/core/linalg/student-t'

interface Case {
  name: string
  groups: number
  batches: number
  group: number[]
  batch: number[]
  genes: number
  /** [n, genes] */
  values: number[]
  freedom: number
  priorFreedom: number | null
  priorVariance: number
  totalFreedom: number
  variance: number[]
  experiments: {
    logFoldChange: number[]
    errorFactor: number
    t: number[]
    p: number[]
    adjusted: number[]
  }[]
}

/** Written by make_moderated_t.py beside it. */
const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/differential/moderated-t.json', import.meta.url), 'utf8'),
) as { cases: Case[]; tails: { t: number; df: number; p: number }[]; polygamma: [number, number, number][] }

function sizesOf({ group, batch, groups, batches }: Case): Int32Array {
  const sizes = new Int32Array(groups * batches)
  group.forEach((g, row) => sizes[g * batches + batch[row]!]!++)
  return sizes
}

/** Fits from sums around the first sample, as the importer gathers them. */
function fitsOf(of: Case, design: GroupDesign): GroupFits {
  const { genes, groups, batches, group, batch, values } = of
  const logFoldChange = new Float32Array((groups - 1) * genes)
  const averageExpression = new Float32Array(genes)
  const variance = new Float64Array(genes)
  const means = new Float64Array(groups)
  const effects = new Float64Array(batches)
  for (let gene = 0; gene < genes; gene++) {
    const sums = new Float64Array(groups * batches)
    let squares = 0
    const origin = values[gene]!
    group.forEach((g, row) => {
      const y = values[row * genes + gene]! - origin
      sums[g * batches + batch[row]!]! += y
      squares += y * y
    })
    variance[gene] = fitGroups(design, sums, squares, means, effects) / design.freedom
    for (let k = 1; k < groups; k++) logFoldChange[(k - 1) * genes + gene] = means[k]! - means[0]!
    averageExpression[gene] = origin + sums.reduce((sum, value) => sum + value, 0) / group.length
  }
  return {
    genes: Int32Array.from({ length: genes }, (_, gene) => gene),
    logFoldChange,
    averageExpression,
    variance,
  }
}

const closeTo = (actual: number, expected: number, relative: number): void =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(Math.abs(expected), 1e-300))

describe('moderated t statistics', () => {
  it.each(fixture.cases)('agree with an independent implementation: $name', (of) => {
    const design = groupDesign(of.groups, of.batches, sizesOf(of))!
    const fits = fitsOf(of, design)
    const differential = moderatedT(fits, design)
    // a large offset costs the reference digits, not the program, which sums around the first sample
    const digits = of.name === 'a large offset' ? 1e-6 : 1e-9
    expect(design.freedom).toBe(of.freedom)
    of.variance.forEach((variance, gene) => closeTo(fits.variance[gene]!, variance, digits))
    if (of.priorFreedom === null) expect(differential.priorFreedom).toBe(Infinity)
    else closeTo(differential.priorFreedom, of.priorFreedom, digits)
    closeTo(differential.priorVariance, of.priorVariance, digits)
    closeTo(differential.freedom, of.totalFreedom, digits)
    of.experiments.forEach((expected, k) => {
      closeTo(differential.errorFactor[k]!, expected.errorFactor, 1e-12)
      const { t, pValue, adjusted } = experimentStatistics(differential, k)
      for (let gene = 0; gene < of.genes; gene++) {
        // fold changes are kept in single precision
        closeTo(
          differential.logFoldChange[k * of.genes + gene]!,
          expected.logFoldChange[gene]!,
          2e-7 + digits,
        )
        closeTo(t[gene]!, expected.t[gene]!, 1e-6)
        closeTo(pValue[gene]!, expected.p[gene]!, 1e-4)
        closeTo(adjusted[gene]!, expected.adjusted[gene]!, 1e-4)
      }
    })
  })

  it('do not depend on the order of genes, experiments or samples', () => {
    const of = fixture.cases[1]!
    const reversed: Case = {
      ...of,
      group: of.group.toReversed().map((g) => (g === 0 ? 0 : of.groups - g)),
      batch: of.batch.toReversed(),
      values: of.values.toReversed(),
    }
    const results = [of, reversed].map((each) => {
      const design = groupDesign(each.groups, each.batches, sizesOf(each))!
      return moderatedT(fitsOf(each, design), design)
    })
    const T = of.genes
    const last = of.groups - 2
    for (let k = 0; k <= last; k++)
      for (let gene = 0; gene < T; gene++)
        closeTo(
          results[1]!.logFoldChange[(last - k) * T + (T - 1 - gene)]!,
          results[0]!.logFoldChange[k * T + gene]!,
          1e-6,
        )
    closeTo(results[1]!.priorFreedom, results[0]!.priorFreedom, 1e-9)
  })

  it('keep the strongest genes and their adjusted p when the table is too large', () => {
    const of = fixture.cases[0]!
    const design = groupDesign(of.groups, of.batches, sizesOf(of))!
    const fits = fitsOf(of, design)
    const whole = moderatedT(fits, design)
    const weakest = Array.from(fits.genes.keys()).sort((a, b) => largestT(whole, a) - largestT(whole, b))[0]!
    const cut = moderatedT(fits, design, new Set([weakest]), 3 * 10)
    expect(cut.genes).toHaveLength(10)
    expect(cut.tested).toBe(of.genes)
    expect(cut.genes).toContain(weakest)
    expect([...cut.genes]).toEqual([...cut.genes].sort((a, b) => a - b))
    for (let k = 0; k < 3; k++) {
      const [all, some] = [experimentStatistics(whole, k), experimentStatistics(cut, k)]
      cut.genes.forEach((gene, at) => {
        expect(some.t[at]).toBe(all.t[gene])
        closeTo(some.adjusted[at]!, all.adjusted[gene]!, 1e-7)
      })
    }
  })

  it('need residual degrees of freedom and batches that differ from the experiments', () => {
    expect(groupDesign(3, 1, Int32Array.of(1, 1, 1))).toBeNull()
    // every experiment in a batch of its own
    expect(groupDesign(2, 2, Int32Array.of(3, 0, 0, 3))).toBeNull()
    expect(groupDesign(2, 2, Int32Array.of(3, 1, 0, 3))).not.toBeNull()
  })
})

function largestT(differential: ReturnType<typeof moderatedT>, gene: number): number {
  return Math.max(...[0, 1, 2].map((k) => Math.abs(experimentStatistics(differential, k).t[gene]!)))
}

describe('the prior of the variances', () => {
  it('leaves a single gene as it is and shares one variance when all are equal', () => {
    expect(squeezedVariance(0.3, 4, fitVariancePrior(Float64Array.of(0.3), 4))).toBe(0.3)
    const equal = fitVariancePrior(new Float64Array(50).fill(0.3), 4)
    expect(equal.freedom).toBe(Infinity)
    expect(equal.variance).toBeCloseTo(0.3, 12)
  })

  it('stays finite when most variances are zero', () => {
    const prior = fitVariancePrior(Float64Array.of(0, 0, 0, 0, 0.2), 3)
    expect(Number.isFinite(prior.variance)).toBe(true)
    expect(squeezedVariance(0, 3, prior)).toBeGreaterThan(0)
  })
})

describe('tails of the t distribution', () => {
  it('agree with scipy from 0.7 to 1e8 degrees of freedom', () => {
    for (const { t, df, p } of fixture.tails) {
      closeTo(twoSidedStudentT(t, df), p, df > 1e5 ? (p < 1e-100 ? 1e-7 : 1e-9) : 1e-11)
      expect(twoSidedStudentT(-t, df)).toBe(twoSidedStudentT(t, df))
    }
  })

  it('become those of the normal distribution', () => {
    // 2 (1 − Φ(1.959963984540054)) = 0.05
    expect(twoSidedStudentT(1.959963984540054, Infinity)).toBeCloseTo(0.05, 10)
    expect(twoSidedStudentT(Infinity, 3)).toBe(0)
    expect(twoSidedStudentT(NaN, 3)).toBeNaN()
    expect(twoSidedStudentT(1, 0)).toBeNaN()
  })
})

describe('polygamma functions', () => {
  it.each(fixture.polygamma)('agree with scipy at x = %f', (x, psi, psi1) => {
    expect(Math.abs(digamma(x) - psi)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(psi)))
    closeTo(trigamma(x), psi1, 1e-13)
    closeTo(trigammaInverse(psi1), x, 1e-11)
  })

  it('have no value outside their range', () => {
    for (const of of [digamma, trigamma, trigammaInverse]) expect(of(0)).toBeNaN()
    closeTo(trigammaInverse(1e9), 1 / Math.sqrt(1e9), 1e-12)
    closeTo(trigammaInverse(1e-9), 1e9, 1e-8)
  })
})

describe('Benjamini–Hochberg', () => {
  it('gives tied p values the same adjusted one and never exceeds 1', () => {
    expect([...adjustedP(Float64Array.of(0.9, 0.01, 0.01, 0.5))]).toEqual([0.9, 0.02, 0.02, 2 / 3])
    expect([...adjustedP(Float64Array.of(0.01), 10)]).toEqual([0.1])
    expect(adjustedP(new Float64Array(0))).toHaveLength(0)
  })
})
