import { expect, test } from 'vitest'
import { concentricLayout } from '../../../../src-renderer/features/network/concentric-layout'
import { createForceLayout } from '../../../../src-renderer/features/network/force-layout'
import { NODE_HEIGHT, nodeWidth } from '../../../../src-renderer/features/network/graph-elements'
import { edgeId, type EdgeRow } from '../../../../src-renderer/services/edge-list'
import type { Point } from '../../../../src-renderer/services/point'

const genes = Array.from({ length: 60 }, (_, index) => `gene${index}`)
const row = (source: string, target: string): EdgeRow => ({
  id: edgeId({ source, target }),
  source,
  target,
  probability: 0.9,
  logOdds: 2,
  effect: 1,
  effectLow: 0.5,
  effectHigh: 1.5,
  sign: 'activates',
  chainDifference: 0,
  mark: '',
  disputed: false,
})
/** A hub of ten genes, and a chain of the others. */
const rows = [
  ...genes.slice(1, 11).map((gene) => row('gene0', gene)),
  ...genes.slice(11, 59).map((gene, index) => row(gene, genes[index + 12]!)),
]
const force = (seed: number): Map<string, Point> => {
  const layout = createForceLayout(genes, rows, nodeWidth, seed)
  while (!layout.advance(5));
  return layout.positions()
}
const overlaps = (positions: ReadonlyMap<string, Point>): number => {
  const places = [...positions]
  let count = 0
  for (const [a, p] of places)
    for (const [b, q] of places)
      if (
        a < b &&
        Math.abs(p.x - q.x) < (nodeWidth(a) + nodeWidth(b)) / 2 &&
        Math.abs(p.y - q.y) < NODE_HEIGHT
      )
        count++
  return count
}

test('the force layout is the same for the same seed, however it is sliced, and another for another', () => {
  expect(force(1)).toEqual(force(1))
  expect(force(2)).not.toEqual(force(1))
})

test('the force layout covers no gene by another and draws joined genes together', () => {
  const positions = force(1)
  expect([...positions.keys()]).toEqual(genes)
  expect(overlaps(positions)).toBe(0)
  const between = (a: string, b: string): number =>
    Math.hypot(positions.get(a)!.x - positions.get(b)!.x, positions.get(a)!.y - positions.get(b)!.y)
  const joined = rows.reduce((sum, { source, target }) => sum + between(source, target), 0) / rows.length
  const all = genes.slice(1).reduce((sum, gene) => sum + between('gene0', gene), 0) / (genes.length - 1)
  expect(joined).toBeLessThan(all / 1.5)
})

test('the concentric layout puts the gene with the most effects in the middle and covers none', () => {
  const positions = concentricLayout(genes, rows, nodeWidth)
  expect(Math.hypot(positions.get('gene0')!.x, positions.get('gene0')!.y)).toBe(0)
  expect(positions.size).toBe(genes.length)
  expect(overlaps(positions)).toBe(0)
})
