import { describe, expect, it } from 'vitest'
import { sampleFits, type SampleFit } from '../../../src-main/core/effects/sample-fit'
import { chainStudy } from '../../support/chain-study'

const D = 20
const SIZES = [40, 5, 5, 5, 5, 5]
const STARTS = Int32Array.of(0, 40, 45, 50, 55, 60, 65)

function swapped(values: Float64Array, a: number, b: number): Float64Array {
  const out = values.slice()
  out.set(values.subarray(a * D, (a + 1) * D), b * D)
  out.set(values.subarray(b * D, (b + 1) * D), a * D)
  return out
}
const hinted = (fits: readonly SampleFit[]): number[] => fits.filter((fit) => fit.hint).map((fit) => fit.row)

describe('Samples that look as if their labels were swapped', () => {
  it('are found, with the experiment they belong to', () => {
    let [found, named, others] = [0, 0, 0]
    for (let seed = 1; seed <= 10; seed++) {
      const fits = sampleFits(swapped(chainStudy(D, SIZES, seed).values, 41, 47), D, STARTS)
      found += Number(fits[41]!.hint) + Number(fits[47]!.hint)
      named += Number(fits[41]!.nearest === 2) + Number(fits[47]!.nearest === 1)
      others += hinted(fits).filter((row) => row !== 41 && row !== 47).length
    }
    expect(found).toBeGreaterThanOrEqual(15)
    expect(named).toBeGreaterThanOrEqual(16)
    expect(others).toBeLessThanOrEqual(1)
  })

  it('are hardly ever seen where nothing was swapped', () => {
    let hints = 0
    for (let seed = 11; seed <= 30; seed++)
      hints += hinted(sampleFits(chainStudy(D, SIZES, seed).values, D, STARTS)).length
    expect(hints).toBeLessThanOrEqual(2)
  })

  it('are not seen in an experiment that did nothing, although all of it resembles the control', () => {
    let hints = 0
    for (let seed = 31; seed <= 50; seed++) {
      const { values } = chainStudy(D, [65], seed)
      hints += hinted(sampleFits(values, D, STARTS)).length
    }
    // of 500 samples of experiments
    expect(hints).toBeLessThanOrEqual(5)
  })

  it('are told alike whatever the order of the genes', () => {
    const { values } = chainStudy(D, SIZES, 3)
    const turned = values.map((_, at) => values[at - (at % D) + (D - 1 - (at % D))]!)
    const [one, other] = [sampleFits(values, D, STARTS), sampleFits(turned, D, STARTS)]
    one.forEach((fit, r) => {
      expect(other[r]!.nearest).toBe(fit.nearest)
      expect(other[r]!.logRatio).toBeCloseTo(fit.logRatio, 8)
    })
  })

  it('have the density that two genes give when it is written out', () => {
    const { values } = chainStudy(2, [6, 3, 3], 4)
    const starts = Int32Array.of(0, 6, 9, 12)
    const groups = [
      [0, 1, 2, 3, 4, 5],
      [6, 7, 8],
      [9, 10, 11],
    ]
    const of = (rows: readonly number[], j: number): number =>
      rows.reduce((sum, r) => sum + values[r * 2 + j]!, 0) / rows.length
    type Matrix = readonly [number, number, number, number]
    const times = ([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix => [
      a * e + b * g,
      a * f + b * h,
      c * e + d * g,
      c * f + d * h,
    ]
    let [xx, xy, yy] = [0, 0, 0]
    for (const rows of groups)
      for (const r of rows) {
        const [x, y] = [values[r * 2]! - of(rows, 0), values[r * 2 + 1]! - of(rows, 1)]
        xx += x * x
        xy += x * y
        yy += y * y
      }
    const freedom = 10
    const [a, b, c] = [(1 + xx) / freedom, (0.9 * xy) / freedom, (1 + yy) / freedom]
    const omega = [c, -b, -b, a].map((value) => value / (a * c - b * b)) as unknown as Matrix
    const left = times(omega, [xx / 9, xy / 9, xy / 9, yy / 9])
    const trace = left[0] + left[3]
    const square = times(left, left)
    const dimensions = (trace * trace) / (square[0] + square[3])
    // sample 7, second of experiment 1
    const density = (rows: readonly number[]): number => {
      const [x, y] = [values[14]! - of(rows, 0), values[15]! - of(rows, 1)]
      const q = (dimensions / trace) * (omega[0] * x * x + 2 * omega[1] * x * y + omega[3] * y * y)
      const spread = 1 + 1 / rows.length
      return (
        -0.5 * dimensions * Math.log(spread) -
        0.5 * (freedom + dimensions) * Math.log(1 + q / (freedom * spread))
      )
    }
    const others = [groups[0]!, groups[2]!].map(density)
    expect(sampleFits(values, 2, starts)[7]!.logRatio).toBeCloseTo(Math.max(...others) - density([6, 8]), 6)
  })

  it('cannot be told where an experiment has a single sample', () => {
    const fits = sampleFits(chainStudy(3, [6, 3, 1], 4).values, 3, Int32Array.of(0, 6, 9, 10))
    expect(fits[9]).toMatchObject({ nearest: -1, wrong: 0, hint: false })
  })
})
