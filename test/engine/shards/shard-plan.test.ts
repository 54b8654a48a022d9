import { describe, expect, it } from 'vitest'
import { parseFamilies, parseShapes, planShards } from '../../../src-main/engine/shards/shard-plan'

describe('the plan of shards', () => {
  it.each([1, 100, 2500, 60_000])('makes %d studies, with numbers that no two shards share', (count) => {
    const shards = planShards(count, 'training', false)
    expect(shards.reduce((sum, { studies }) => sum + studies, 0)).toBe(count)
    shards.forEach(({ first, studies }, i) => {
      expect(studies).toBeGreaterThan(0)
      expect(first + studies).toBeLessThanOrEqual(shards[i + 1]?.first ?? Infinity)
    })
    expect(new Set(shards.map(({ file }) => file)).size).toBe(shards.length)
  })

  it('covers 6 to 60 genes and 1 to 100 experiments, large ones rarely', () => {
    const shards = planShards(60_000, 'training', false)
    const studies = (genes: number, experiments: number): number =>
      shards
        .filter(({ shape }) => shape.genes === genes && shape.experiments === experiments)
        .reduce((sum, shard) => sum + shard.studies, 0)
    expect(studies(6, 3)).toBeGreaterThan(1000)
    expect(studies(12, 1)).toBeGreaterThan(500)
    expect(studies(8, 100)).toBeGreaterThan(200)
    expect(studies(60, 50)).toBeGreaterThan(100)
    expect(studies(60, 50)).toBeLessThan(studies(20, 20) / 4)
  })

  it('begins the same way for a larger count of the same magnitude', () => {
    const [smaller, larger] = [planShards(50_000, 'training', false), planShards(60_000, 'training', false)]
    expect(larger.slice(0, smaller.length - 1)).toEqual(smaller.slice(0, -1))
  })

  it('has no large studies where the closed form runs too', () => {
    expect(planShards(2000, 'held-out', true).every(({ shape }) => shape.genes <= 25)).toBe(true)
  })

  it('has one shape for the audit of directions', () => {
    expect(planShards(900, 'audit', false).every(({ shape }) => shape.genes === 15)).toBe(true)
  })

  it('takes the shapes it is given, in turn', () => {
    const shapes = parseShapes('20x20, 50x15')
    expect(shapes).toEqual([
      { genes: 20, experiments: 20 },
      { genes: 50, experiments: 15 },
    ])
    const seen = new Set(planShards(200, 'training', false, shapes).map(({ shape }) => shape.genes))
    expect([...seen].sort()).toEqual([20, 50])
  })

  it.each(['20', '1x5', '20x0', '20x20x20', 'axb', ''])("says that '%s' is not a shape", (text) => {
    expect(() => parseShapes(text)).toThrow(/is not a shape/)
  })

  it('knows its families by name', () => {
    expect(parseFamilies('bump, hill-logic')).toEqual(['bump', 'hill-logic'])
    expect(parseFamilies('')).toEqual([])
    expect(() => parseFamilies('bumps')).toThrow(/no family 'bumps'/)
  })
})
