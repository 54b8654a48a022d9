import { expect, test } from 'vitest'
import { spread } from '../../../src-renderer/services/spread'

test('few samples are all drawn', () => {
  expect(spread(4, 40)).toEqual([0, 1, 2, 3])
  expect(spread(0, 40)).toEqual([])
})

test('of many samples as many as asked are drawn, evenly and each once', () => {
  const drawn = spread(7_466, 1_500)
  expect(drawn).toHaveLength(1_500)
  expect(new Set(drawn).size).toBe(1_500)
  const steps = drawn.slice(1).map((at, index) => at - drawn[index]!)
  expect([Math.min(...steps), Math.max(...steps)]).toEqual([4, 5])
  expect(drawn.at(-1)).toBeGreaterThan(7_450)
})
