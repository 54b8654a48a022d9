import { expect, test } from 'vitest'
import { curveThrough, freePlace, piecesThrough } from '../../../../src-renderer/features/network/badge-place'

const from = { x: 0, y: 0 }
const to = { x: 0, y: 200 }
const middle = { x: 0, y: 100 }

test('a badge sits in the middle of a free edge', () => {
  expect(freePlace(curveThrough(from, middle, to), [])).toEqual(middle)
})

test('a badge moves along the edge when a gene lies under the middle', () => {
  const gene = { x1: -30, x2: 30, y1: 86, y2: 114 }
  const at = freePlace(curveThrough(from, middle, to), [gene])
  expect(at.x).toBeCloseTo(0)
  expect(Math.abs(at.y - 100)).toBeGreaterThan(24)
})

test('on a curved edge it stays on the curve', () => {
  const at = freePlace(curveThrough(from, { x: 40, y: 100 }, to), [{ x1: 20, x2: 60, y1: 90, y2: 110 }])
  expect(at.x).toBeGreaterThan(20)
  expect(at.x).toBeLessThan(40)
})

test('an edge that is covered everywhere keeps its badge in the middle', () => {
  expect(freePlace(curveThrough(from, middle, to), [{ x1: -50, x2: 50, y1: -50, y2: 250 }])).toEqual(middle)
})

test('on an edge with corners it stays on its pieces, by the way along them', () => {
  const way = piecesThrough([from, { x: 100, y: 0 }, { x: 100, y: 200 }, { x: 200, y: 200 }])
  expect(freePlace(way, [])).toEqual({ x: 100, y: 100 })
  expect(way(0)).toEqual(from)
  expect(way(1)).toEqual({ x: 200, y: 200 })
  expect(freePlace(way, [{ x1: 80, x2: 120, y1: 90, y2: 110 }])).toEqual({ x: 100, y: 60 })
})
