import { describe, expect, it } from 'vitest'
import { clusterRows, treeBars } from '../../../src-renderer/services/cluster'
import { createRng } from '../../../src-main/core/random/rng'

function randomRows(n: number, length: number, seed: number): number[][] {
  const rng = createRng(seed)
  return Array.from({ length: n }, () => Array.from({ length }, () => rng.normal()))
}

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, i) => value - b[i]!))

/** The definition, without the update formula: the mean over all pairs of leaves, computed anew at each step. */
function heightsByDefinition(rows: readonly number[][]): number[] {
  let groups = rows.map((_, i) => [i])
  const heights: number[] = []
  while (groups.length > 1) {
    let best = { a: 0, b: 1, mean: Infinity }
    groups.forEach((left, a) =>
      groups.forEach((right, b) => {
        if (b <= a) return
        let sum = 0
        for (const i of left) for (const j of right) sum += distance(rows[i]!, rows[j]!)
        const mean = sum / (left.length * right.length)
        if (mean < best.mean) best = { a, b, mean }
      }),
    )
    heights.push(best.mean)
    const joined = [...groups[best.a]!, ...groups[best.b]!]
    groups = [...groups.filter((_, i) => i !== best.a && i !== best.b), joined]
  }
  return heights
}

describe('Clustering of rows', () => {
  it('joins at the heights that the definition of average linkage gives', () => {
    const rows = randomRows(14, 3, 5)
    const heights = clusterRows(rows).merges.map((merge) => merge.height)
    heightsByDefinition(rows).forEach((height, i) => expect(heights[i]).toBeCloseTo(height, 10))
  })

  it('puts rows of the same kind next to each other and each row once', () => {
    const rows = randomRows(12, 4, 7).map((row, i) => row.map((value) => 0.1 * value + 5 * (i % 3)))
    const { order } = clusterRows(rows)
    expect([...order].sort((a, b) => a - b)).toEqual(rows.map((_, i) => i))
    const kinds = order.map((leaf) => leaf % 3)
    expect(kinds.filter((kind, i) => i > 0 && kind !== kinds[i - 1])).toHaveLength(2)
  })

  it('gives the same tree again, also with ties and with values that are missing', () => {
    const rows = [
      [0, NaN],
      [0, 0],
      [1, 0],
      [1, NaN],
      [0, 0],
    ]
    expect(clusterRows(rows)).toEqual(clusterRows(rows))
    expect(clusterRows(rows).merges.map((merge) => merge.height)).toEqual([0, 0, 0, 1])
    expect(clusterRows([])).toEqual({ merges: [], order: [] })
  })

  it('is drawn with the first joins at the leaves and the last at the top', () => {
    const bars = treeBars(clusterRows([[0], [1], [10]]))
    expect(bars.at(-1)!.height).toBe(1)
    expect(bars[0]!.fromHeight).toBe(0)
    expect(Math.abs(bars[0]!.from - bars[0]!.to)).toBe(1)
  })

  it('takes no longer than a click may, for 200 genes in 100 experiments, on a busy machine too', () => {
    const rows = randomRows(200, 100, 9)
    const started = performance.now()
    clusterRows(rows)
    expect(performance.now() - started).toBeLessThan(1500)
  })
})
