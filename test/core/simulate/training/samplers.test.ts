import { describe, expect, it } from 'vitest'
import { createRng } from '../../../../src-main/core/random/rng'
import { flatten, type FlatGraph } from '../../../../src-main/core/simulate/training/balanced-graph'
import { layRows, plainCells, type Rows } from '../../../../src-main/core/simulate/training/cells'
import { ACTION, emptyDesign, type Design } from '../../../../src-main/core/simulate/training/design'
import { sampleAdditive } from '../../../../src-main/core/simulate/training/sample-additive'
import { sampleHill } from '../../../../src-main/core/simulate/training/sample-hill'

/** A design with one experiment of each size; nothing is done unless the test says so. */
function quiet(genes: number, control: number, sizes: readonly number[]): Design {
  const design = emptyDesign(control, Int32Array.from(sizes), genes)
  design.actionSize.fill(1)
  design.actionSign.fill(1)
  return design
}

function graphOf(genes: number, edges: readonly (readonly [number, number])[], order: number[]): FlatGraph {
  const adjacency = new Uint8Array(genes * genes)
  for (const [i, j] of edges) adjacency[i * genes + j] = 1
  return flatten(adjacency, Int32Array.from(order))
}

const column = (x: Float64Array, rows: Rows, j: number): Float64Array =>
  x.subarray(j * rows.count, (j + 1) * rows.count)

function correlation(a: Float64Array, b: Float64Array): number {
  const n = a.length
  const mean = (v: Float64Array): number => v.reduce((sum, value) => sum + value, 0) / n
  const [ma, mb] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (let s = 0; s < n; s++) {
    ab += (a[s]! - ma) * (b[s]! - mb)
    aa += (a[s]! - ma) ** 2
    bb += (b[s]! - mb) ** 2
  }
  return ab / Math.sqrt(aa * bb)
}

describe('additive-noise studies', () => {
  it('bring every gene to mean 0 and sd 1 under control, whatever the family', () => {
    const graph = graphOf(3, [[0, 1], [1, 2], [0, 2]], [0, 1, 2]) // prettier-ignore
    const design = quiet(3, 300, [2])
    const rows = layRows(design)
    for (const family of ['linear-gaussian', 'polynomial', 'heteroscedastic', 'gp-product'] as const) {
      const x = sampleAdditive(family, graph, design, rows, plainCells(rows), createRng(5))
      for (let j = 0; j < 3; j++) {
        const control = column(x, rows, j).subarray(0, rows.reference)
        const mean = control.reduce((sum, value) => sum + value, 0) / control.length
        const square = control.reduce((sum, value) => sum + value * value, 0) / control.length
        expect(Math.abs(mean)).toBeLessThan(1e-9)
        expect(Math.abs(square - 1)).toBeLessThan(1e-9)
      }
    }
  })

  it('make a gene independent of its other ancestors given its parents (linear, long chain)', () => {
    const graph = graphOf(3, [[0, 1], [1, 2]], [0, 1, 2]) // prettier-ignore
    const design = quiet(3, 4000, [1])
    const rows = layRows(design)
    for (let seed = 0; seed < 10; seed++) {
      const x = sampleAdditive('linear-gaussian', graph, design, rows, plainCells(rows), createRng(seed))
      const [a, b, c] = [0, 1, 2].map((j) => column(x, rows, j))
      const [ab, bc, ac] = [correlation(a!, b!), correlation(b!, c!), correlation(a!, c!)]
      // second route: the implied correlation of the ends of a chain is the product along it
      expect(Math.abs(ac - ab * bc)).toBeLessThan(4 / Math.sqrt(4000))
    }
  })

  it('give correlations that do not depend on the causal order of a complete graph (linear-gaussian)', () => {
    const design = quiet(3, 200, [1])
    const rows = layRows(design)
    const forward = graphOf(3, [[0, 1], [0, 2], [1, 2]], [0, 1, 2]) // prettier-ignore
    const STUDIES = 3000
    const squares = [0, 1, 2].map(() => new Float64Array(STUDIES))
    for (let seed = 0; seed < STUDIES; seed++) {
      const x = sampleAdditive('linear-gaussian', forward, design, rows, plainCells(rows), createRng(seed))
      const genes = [0, 1, 2].map((j) => column(x, rows, j))
      squares[0]![seed] = correlation(genes[0]!, genes[1]!) ** 2
      squares[1]![seed] = correlation(genes[0]!, genes[2]!) ** 2
      squares[2]![seed] = correlation(genes[1]!, genes[2]!) ** 2
    }
    // All pairs of a complete graph are exchangeable: nothing tells the first gene from the last.
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      // prettier-ignore
      const gaps = squares[p]!.map((value, seed) => value - squares[q]![seed]!)
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / STUDIES
      const sd = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / STUDIES)
      expect(Math.abs(mean)).toBeLessThan((4 * sd) / Math.sqrt(STUDIES))
    }
  })

  it('do to a target what its action says, and to nobody before it', () => {
    const graph = graphOf(2, [[0, 1]], [0, 1])
    const design = quiet(2, 200, [400, 400, 400, 400])
    const rows = layRows(design)
    ;[ACTION.shift, ACTION.knockOut, ACTION.scale, ACTION.hard].forEach((kind, k) => {
      design.actionKind[k * 2 + 1] = kind
      design.actionSize[k * 2 + 1] = 3
    })
    design.actionExtra.fill(0.2)
    const x = sampleAdditive('sigmoid', graph, design, rows, plainCells(rows), createRng(2))
    const moments = (j: number, k: number): [number, number] => {
      const part = column(x, rows, j).subarray(rows.first[k], rows.first[k + 1])
      const mean = part.reduce((sum, value) => sum + value, 0) / part.length
      return [mean, Math.sqrt(part.reduce((sum, value) => sum + (value - mean) ** 2, 0) / part.length)]
    }
    expect(moments(1, 0)[0]).toBeCloseTo(3, 0)
    expect(moments(1, 1)[1]).toBeCloseTo(0, 9)
    expect(moments(1, 1)[0]).toBeLessThan(-2)
    expect(moments(1, 2)[1]).toBeGreaterThan(1.5)
    expect(moments(1, 3)[0]).toBeCloseTo(3, 0)
    expect(moments(1, 3)[1]).toBeLessThan(0.5)
    for (let k = 0; k < 4; k++) {
      expect(Math.abs(moments(0, k)[0])).toBeLessThan(4 / Math.sqrt(200))
      expect(Math.abs(moments(0, k)[1] - 1)).toBeLessThan(0.25)
    }
  })
})

describe('kinetic studies', () => {
  const graph = graphOf(2, [[0, 1]], [0, 1])

  it.each(['hill-additive', 'hill-dynamic'] as const)(
    'switch the child of a knocked-out sole activator off, exactly, where it has no basal production (%s)',
    (family) => {
      let off = 0
      for (let seed = 0; seed < 80; seed++) {
        const design = quiet(2, 100, [20])
        design.actionKind[0] = ACTION.knockOut
        const rows = layRows(design)
        const x = sampleHill(family, graph, design, rows, plainCells(rows), createRng(seed))
        const perturbed = (j: number): Float64Array => column(x, rows, j).subarray(rows.first[0])
        expect(perturbed(0).every((rate) => rate === 0)).toBe(true)
        expect(x.every((rate) => rate >= 0 && Number.isFinite(rate))).toBe(true)
        const control = column(x, rows, 1).subarray(0, rows.reference)
        if (!perturbed(1).every((rate) => rate === 0)) continue
        off++
        expect(control.some((rate) => rate > 0)).toBe(true)
      }
      // two of five studies have no basal production, seven of ten regulators activate
      expect(off).toBeGreaterThan(10)
      expect(off).toBeLessThan(60)
    },
  )

  it('leave the causes of a target alone', () => {
    const design = quiet(2, 300, [300])
    design.actionKind[1] = ACTION.overExpression
    design.actionSize[1] = 3
    const rows = layRows(design)
    const x = sampleHill('hill-logic', graph, design, rows, plainCells(rows), createRng(4))
    const mean = (j: number, from: number, to: number): number =>
      column(x, rows, j)
        .subarray(from, to)
        .reduce((sum, rate) => sum + Math.log(rate), 0) /
      (to - from)
    expect(mean(0, 0, 300)).toBeCloseTo(mean(0, 300, 600), 0)
    expect(mean(1, 300, 600) - mean(1, 0, 300)).toBeGreaterThan(1)
  })
})
