import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Combiner } from '../../src-main/core/combine'
import { CombinerFile, refuseOtherCells } from '../../src-main/model/combiner'
import { fixture } from './tiny-model'

const good = JSON.parse(readFileSync(join(fixture('good'), 'combiner.json'), 'utf8')) as Combiner
const tree = good.targets.trees[0]!

function withTree(change: Partial<typeof tree>): unknown {
  return { ...good, targets: { ...good.targets, trees: [{ ...tree, ...change }] } }
}

describe('combiner file', () => {
  it('as it should be is read and fits the cells of this program', () => {
    expect(CombinerFile.parse(good)).toEqual(good)
    expect(() => {
      refuseOtherCells(good)
    }).not.toThrow()
  })

  it.each([
    ['arrays of different lengths', withTree({ value: [0] })],
    ['a child that is its own parent, which would never end', withTree({ left: [0, 0, 0] })],
    ['a child that is not there', withTree({ right: [3, 0, 0] })],
    ['a feature that is not listed', withTree({ feature: [99, -1, -1] })],
    ['a threshold that is not a number', withTree({ threshold: [Number.NaN, 0, 0] })],
    ['a temperature of zero', { ...good, temperature: { targets: 0, edges: 1 } }],
    ['a weight above one', { ...good, blend: { targets: 1.5, edges: 0.5 } }],
    ['another version', { ...good, version: 2 }],
    ['a range without median', { ...good, ranges: { genes: { low: 1, high: 2 } } }],
  ])('with %s is refused', (_, file) => {
    expect(CombinerFile.safeParse(file).success).toBe(false)
  })

  it('fitted on other cells is refused with the first feature that differs', () => {
    const features = ['closed', 'networks', ...good.edges.features.slice(2)]
    expect(() => {
      refuseOtherCells({ ...good, edges: { ...good.edges, features } })
    }).toThrow("edge feature 2 is 'networks' instead of 'network'")
    const longer = [...good.targets.features, 'more']
    expect(() => {
      refuseOtherCells({ ...good, targets: { ...good.targets, features: longer } })
    }).toThrow('target features instead of')
  })
})
