import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Constraints } from '../../../src-shared/domain/constraints'
import { applyConstraints } from '../../../src-main/engine/analysis/apply-constraints'
import { compileConstraints } from '../../../src-main/engine/analysis/gene-constraints'

const GENES = ['a', 'b', 'c', 'd']
const D = GENES.length
const compile = (input: Parameters<typeof Constraints.parse>[0]) =>
  compileConstraints(Constraints.parse(input), GENES)
const at = (matrix: Float64Array, from: string, to: string): number =>
  matrix[GENES.indexOf(from) * D + GENES.indexOf(to)]!

describe('constraints on any log-odds', () => {
  const logOdds = fc.float64Array({ minLength: D * D, maxLength: D * D, noNaN: true, min: -50, max: 50 })

  it('hold exactly, and so does what follows from required edges', () => {
    const constraints = compile({
      required: [
        { source: 'a', target: 'b' },
        { source: 'b', target: 'c' },
      ],
      forbidden: [{ source: 'd', target: 'a' }],
      tiers: [['c'], ['d']],
    })
    fc.assert(
      fc.property(logOdds, (values) => {
        const { probability } = applyConstraints(values, constraints)
        expect(at(probability, 'a', 'b')).toBe(1)
        expect(at(probability, 'b', 'c')).toBe(1)
        for (const [from, to] of [
          ['b', 'a'],
          ['c', 'b'],
          ['c', 'a'],
          ['d', 'a'],
          ['d', 'c'],
        ] as const)
          expect(at(probability, from, to)).toBe(0)
      }),
    )
  })

  it('leave finite log-odds, probabilities in [0, 1], an empty diagonal and pairs of at most 1', () => {
    const free = compile({})
    fc.assert(
      fc.property(logOdds, (values) => {
        const { probability, logOdds: out } = applyConstraints(values, free)
        expect(out.every(Number.isFinite)).toBe(true)
        for (let i = 0; i < D; i++) {
          expect(probability[i * D + i]).toBe(0)
          for (let j = 0; j < i; j++) {
            const sum = probability[i * D + j]! + probability[j * D + i]!
            expect(sum).toBeLessThanOrEqual(1 + 1e-12)
          }
        }
      }),
    )
  })

  it('do not touch the log-odds of a pair that is left open', () => {
    const values = new Float64Array(D * D).fill(-3)
    values[1] = -45.5
    expect(applyConstraints(values, compile({})).logOdds[1]).toBe(-45.5)
  })
})
