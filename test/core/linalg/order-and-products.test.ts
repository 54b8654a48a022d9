import { describe, expect, it } from 'vitest'
import { crossProduct, gramProduct } from '../../../src-main/core/linalg/cross-product'
import { invertPositiveDefinite } from '../../../src-main/core/linalg/invert-positive-definite'
import { meanRanks } from '../../../src-main/core/linalg/mean-ranks'
import { quickAsinh, quickLog, quickTanh } from '../../../src-main/core/linalg/quick-functions'
import { orderScratchLength, stableOrder } from '../../../src-main/core/linalg/stable-order'
import { createRng } from '../../../src-main/core/random/rng'

const rng = createRng(31)
const normals = (n: number): Float64Array => Float64Array.from({ length: n }, () => rng.normal())

describe('products of rows', () => {
  it.each([
    [1, 1, 1],
    [2, 3, 7],
    [5, 4, 513],
    [9, 6, 1200],
    [4, 8, 0],
  ])('of %i and %i rows of %i numbers equal the sums written out', (p, q, n) => {
    const a = normals(3 + p * n)
    const b = normals(q * n)
    const found = new Float64Array(p * q).fill(7)
    crossProduct(a, 3, p, b, q, n, found)
    for (let i = 0; i < p; i++)
      for (let j = 0; j < q; j++) {
        let sum = 0
        for (let t = 0; t < n; t++) sum += a[3 + i * n + t]! * b[j * n + t]!
        expect(found[i * q + j]).toBeCloseTo(sum, 9)
      }
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 11])('of %i rows with themselves equal the general product', (p) => {
    const a = normals(p * 600)
    const general = new Float64Array(p * p)
    const symmetric = new Float64Array(p * p).fill(7)
    crossProduct(a, 0, p, a, p, 600, general)
    gramProduct(a, p, 600, symmetric)
    general.forEach((x, at) => expect(symmetric[at]).toBeCloseTo(x, 9))
  })
})

describe('inverse of a positive definite matrix', () => {
  it.each([1, 2, 5, 12])('times the matrix is the identity, %i rows', (d) => {
    const root = normals(d * (d + 3))
    const a = new Float64Array(d * d)
    gramProduct(root, d, d + 3, a)
    const inverse = new Float64Array(d * d)
    invertPositiveDefinite(a.slice(), d, inverse)
    const product = new Float64Array(d * d)
    crossProduct(inverse, 0, d, a, d, d, product)
    product.forEach((x, at) => expect(x).toBeCloseTo(at % (d + 1) === 0 ? 1 : 0, 7))
  })

  it('is not a number when the matrix is not positive definite', () => {
    const inverse = new Float64Array(4)
    invertPositiveDefinite(Float64Array.of(1, 2, 2, 1), 2, inverse)
    expect(inverse.some(Number.isNaN)).toBe(true)
  })
})

describe('stable order', () => {
  it.each([
    ['no keys', new Float64Array(0)],
    ['few keys', normals(17)],
    ['many keys', normals(1000)],
    ['many ties', normals(1000).map((x) => Math.round(x))],
    ['all equal', new Float64Array(100).fill(3)],
    ['one far away', normals(300).map((x, i) => (i === 7 ? 1e9 : x))],
    ['a range too small to divide by', Float64Array.from({ length: 50 }, (_, i) => (i % 3) * 5e-324)],
    ['descending', Float64Array.from({ length: 200 }, (_, i) => -i)],
  ])('of %s is that of a stable sort', (_, keys) => {
    const n = keys.length
    const shifted = Float64Array.of(9, -9, ...keys)
    const order = new Int32Array(n)
    stableOrder(shifted, 2, n, order, new Int32Array(orderScratchLength(n)))
    expect([...order]).toEqual([...keys.keys()].sort((a, b) => keys[a]! - keys[b]! || a - b))
  })
})

describe('mean ranks', () => {
  it('share the rank of equal values, to rounding', () => {
    const values = Float64Array.of(3, 1, 1 + 1e-12, 0, 3, 3)
    const ranks = new Float64Array(6)
    meanRanks(values, 6, ranks, new Int32Array(6), new Int32Array(orderScratchLength(6)))
    expect([...ranks]).toEqual([4, 1.5, 1.5, 0, 4, 4])
  })
})

describe('quick functions', () => {
  const sizes = Array.from({ length: 4001 }, (_, i) => 10 ** (-12 + (24 * i) / 4000))

  it('agree with Math to ten digits', () => {
    for (const x of sizes) {
      expect(Math.abs(quickLog(x) - Math.log(x))).toBeLessThan(1e-12)
      expect(Math.abs(quickLog(1 + x) - Math.log(1 + x))).toBeLessThan(1e-12)
      for (const signed of [x, -x]) {
        expect(Math.abs(quickAsinh(signed) - Math.asinh(signed))).toBeLessThan(1e-12)
        expect(Math.abs(quickTanh(signed) - Math.tanh(signed))).toBeLessThan(1e-9)
      }
    }
  })

  it('answer like Math at the ends of the numbers', () => {
    const same = (found: number, expected: number): void => {
      if (Number.isFinite(expected)) expect(found).toBeCloseTo(expected, 9)
      else expect(found).toBe(expected)
    }
    for (const x of [0, -1, Infinity, NaN, 5e-324, Number.MAX_VALUE, 2 ** -1000, 2 ** 1000])
      same(quickLog(x), Math.log(x))
    for (const x of [0, Infinity, -Infinity, NaN, 10, -10, 1e300]) same(quickTanh(x), Math.tanh(x))
    expect(quickLog(1)).toBe(0)
    expect(quickAsinh(0)).toBe(0)
    expect(quickAsinh(NaN)).toBeNaN()
  })
})
