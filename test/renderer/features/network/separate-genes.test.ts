import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NodeBox } from '../../../../src-renderer/features/network/node-box'
import { separateGenes } from '../../../../src-renderer/features/network/separate-genes'

const box = (id: string, x: number, y: number, halfWidth = 27, halfHeight = 14): NodeBox => ({
  id,
  x,
  y,
  halfWidth,
  halfHeight,
})
const cover = (a: NodeBox, b: NodeBox): boolean =>
  Math.abs(a.x - b.x) < a.halfWidth + b.halfWidth - 1e-9 &&
  Math.abs(a.y - b.y) < a.halfHeight + b.halfHeight - 1e-9
const after = (boxes: readonly NodeBox[]): NodeBox[] => {
  const moved = separateGenes(boxes)
  return boxes.map((one) => ({ ...one, ...moved.get(one.id) }))
}

test('genes in a row that became too wide are moved apart within the row, and the others stay', () => {
  const moved = separateGenes([box('A', 0, 0, 50), box('B', 70, 0), box('C', 300, 0), box('D', 0, 80)])
  expect([...moved.keys()].sort()).toEqual(['A', 'B'])
  expect(moved.get('A')!.y).toBe(0)
  expect(moved.get('B')!.y).toBe(0)
  expect(moved.get('B')!.x - moved.get('A')!.x).toBeCloseTo(89, 9)
})

test('genes at the same place go apart the shorter way, in the order of the list', () => {
  const [a, b] = after([box('A', 5, 5), box('B', 5, 5)])
  expect([a!.x, b!.x]).toEqual([5, 5])
  expect(b!.y - a!.y).toBeCloseTo(40, 9)
})

test('no gene covers another afterwards, whatever the sizes, and what did not touch does not move', () => {
  const some = fc.array(
    fc.record({
      x: fc.integer({ min: 0, max: 900 }),
      y: fc.integer({ min: 0, max: 600 }),
      halfWidth: fc.integer({ min: 20, max: 60 }),
      halfHeight: fc.integer({ min: 10, max: 28 }),
    }),
    { minLength: 2, maxLength: 12 },
  )
  fc.assert(
    fc.property(some, (list) => {
      const boxes = list.map((one, index) => ({ id: String(index), ...one }))
      const now = after(boxes)
      for (const a of now) for (const b of now) expect(a.id !== b.id && cover(a, b)).toBe(false)
      const free = boxes.every((a) => boxes.every((b) => a === b || !cover(a, b)))
      if (free) expect(now).toEqual(boxes)
    }),
    { numRuns: 60, seed: 1 },
  )
})
