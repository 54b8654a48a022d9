import fc from 'fast-check'
import { expect, test } from 'vitest'
import { balanceLayers } from '../../../../src-renderer/features/network/balance-layers'
import type { Point } from '../../../../src-renderer/services/point'

const ROOM = 68
const extent = (places: ReadonlyMap<string, Point>): { width: number; height: number } => {
  const [xs, ys] = [[...places.values()].map(({ x }) => x), [...places.values()].map(({ y }) => y)]
  return { width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys) }
}

test('wide, low layers take the shape of the canvas', () => {
  const places = new Map<string, Point>()
  for (let layer = 0; layer < 6; layer++)
    for (let at = 0; at < 25; at++) places.set(`${layer}.${at}`, { x: at * 160, y: layer * 76 })
  balanceLayers(places, 2, () => ROOM)
  const { width, height } = extent(places)
  expect(width).toBeLessThan(24 * 160)
  expect(width / height).toBeCloseTo(2, 6)
})

test('layers that fit the canvas, and a single one, stay as they are', () => {
  const few = new Map([
    ['A', { x: 0, y: 0 }],
    ['B', { x: 120, y: 76 }],
  ])
  const one = new Map([
    ['A', { x: 0, y: 0 }],
    ['B', { x: 900, y: 0 }],
  ])
  for (const places of [few, one]) {
    const before = new Map(places)
    balanceLayers(places, 2, () => ROOM)
    expect(places).toEqual(before)
  }
})

test('the order in a layer stays, genes keep their room, and layers do not mix', () => {
  const some = fc.array(fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 1, maxLength: 9 }), {
    minLength: 2,
    maxLength: 5,
  })
  fc.assert(
    fc.property(some, (layers) => {
      const places = new Map<string, Point>()
      layers.forEach((xs, layer) => {
        // as a layout gives them: in a layer, no gene covers another
        let least = -Infinity
        for (const x of [...xs].sort((a, b) => a - b)) {
          least = Math.max(x, least + ROOM)
          places.set(`${layer}.${places.size}`, { x: least, y: layer * 76 })
        }
      })
      const order = [...places.keys()]
      balanceLayers(places, 2, () => ROOM)
      for (let layer = 0; layer < layers.length; layer++) {
        const row = order.filter((gene) => gene.startsWith(`${layer}.`)).map((gene) => places.get(gene)!)
        expect(new Set(row.map(({ y }) => y)).size).toBe(1)
        for (let at = 1; at < row.length; at++)
          expect(row[at]!.x - row[at - 1]!.x).toBeGreaterThanOrEqual(ROOM - 1e-6)
      }
    }),
    { numRuns: 100, seed: 1 },
  )
})
