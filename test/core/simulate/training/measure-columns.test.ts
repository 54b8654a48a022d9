import { describe, expect, it } from 'vitest'
import { createRng } from '../../../../src-main/core/random/rng'
import type { Rows } from '../../../../src-main/core/simulate/training/cells'
import { measureAdditive, measureRates } from '../../../../src-main/core/simulate/training/measure-columns'

const rows: Rows = { count: 60, hidden: 10, reference: 30, first: Int32Array.of(30, 45, 60) }
const GENES = 4

describe('measurements', () => {
  it('never wake a silent gene, except by the error of arrays', () => {
    let silent = 0
    for (let seed = 0; seed < 100; seed++) {
      const x = new Float64Array(GENES * rows.count).fill(2)
      x.fill(0, 0, rows.count)
      measureRates(x, GENES, rows, createRng(seed))
      expect(x.every(Number.isFinite)).toBe(true)
      const gene = x.subarray(0, rows.count)
      if (gene.every((value) => value === 0)) silent++
      // 18 of 100 measurements are arrays or bulk sequencing with additive error around log2(1 + 0)
      else expect(gene.every((value) => Math.abs(value) < 3)).toBe(true)
    }
    expect(silent).toBeGreaterThan(65)
    expect(silent).toBeLessThan(95)
  })

  it('give log1p of whole counts over one size factor per sample', () => {
    let counted = 0
    for (let seed = 0; seed < 40; seed++) {
      const x = Float64Array.from({ length: GENES * rows.count }, (_, i) => 1 + (i % 7))
      measureRates(x, GENES, rows, createRng(seed))
      const sample = [0, 1, 2, 3].map((j) => x[j * rows.count]!)
      // Arrays have negative values by error, rates no zeros: only counts have both zeros and ties.
      if (!x.includes(0) || x.some((value) => value < 0)) continue
      counted++
      // counts of one sample are whole multiples of the inverse of its size factor
      const positive = sample.map(Math.expm1).filter((value) => value > 0)
      if (positive.length < 2) continue
      const unit = positive.map((value) => value / positive[0]!)
      const multiples = [...Array(400).keys()].some((count) =>
        unit.every((ratio) => {
          const whole = ratio * (count + 1)
          return Math.abs(whole - Math.round(whole)) < 1e-6
        }),
      )
      expect(multiples).toBe(true)
    }
    expect(counted).toBeGreaterThan(5)
  })

  it('leave a large part of additive studies without ties', () => {
    let tied = 0
    for (let seed = 0; seed < 200; seed++) {
      const rng = createRng(1000 + seed)
      const x = Float64Array.from({ length: GENES * rows.count }, () => rng.normal())
      measureAdditive(x, GENES, rows, rng)
      if (new Set(x).size < x.length) tied++
    }
    expect(tied / 200).toBeGreaterThan(0.15)
    expect(tied / 200).toBeLessThan(0.45)
  })
})
