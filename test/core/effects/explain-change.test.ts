import { describe, expect, it } from 'vitest'
import { explainChange } from '../../../src-main/core/effects/explain-change'
import { acyclicParents, propagateTargets } from '../../../src-main/core/effects/propagate-targets'
import { createRng } from '../../../src-main/core/random/rng'

const D = 8

/** A dense network in the order of the genes, with an observed shift of each gene. */
function study(seed: number): { probability: Float64Array; effect: Float64Array; observed: Float64Array } {
  const rng = createRng(seed, 1)
  const probability = new Float64Array(D * D)
  const effect = new Float64Array(D * D)
  for (let i = 0; i < D; i++)
    for (let j = i + 1; j < D; j++) {
      probability[i * D + j] = rng.next() < 0.6 ? 0.2 + 0.8 * rng.next() : 0
      effect[i * D + j] = rng.normal()
    }
  return { probability, effect, observed: Float64Array.from({ length: D }, () => 2 * rng.normal()) }
}

describe('where the change of a gene comes from', () => {
  const explain = (seed: number, targets: readonly number[], gene = D - 1, mostPaths = 1000) => {
    const { probability, effect, observed } = study(seed)
    const parents = acyclicParents(probability, D)
    const isTarget = new Uint8Array(D)
    for (const target of targets) isTarget[target] = 1
    return {
      ...explainChange(parents, probability, effect, observed, isTarget, gene, mostPaths),
      observed,
      followed: propagateTargets(parents, probability, effect, observed, targets),
    }
  }

  it('adds up to the observed shift, whatever the targets are', () => {
    for (const [seed, targets] of [
      [1, []],
      [2, [0]],
      [3, [1, 4]],
      [4, [D - 1]],
      [5, [0, 2, D - 1]],
    ] as const) {
      const { sources, own, observed } = explain(seed, targets)
      const sum = sources.reduce((total, source) => total + source.contribution, own)
      expect(sum).toBeCloseTo(observed[D - 1]!, 9)
    }
  })

  it('does not go up through an edge without effect', () => {
    const probability = Float64Array.from([0, 1, 0, 0, 0, 1, 0, 0, 0])
    const effect = Float64Array.from([0, 0.5, 0, 0, 0, 0, 0, 0, 0])
    const found = explainChange([[], [0], [1]], probability, effect, [2, 1, 3], new Uint8Array(3), 2, 3)
    expect(found).toEqual({ sources: [], own: 3 })
  })

  it('gives the targets the part that following them along the network gives', () => {
    const targets = [1, 3]
    const { sources, followed } = explain(6, targets)
    const ofTargets = sources.filter(({ gene }) => targets.includes(gene))
    expect(ofTargets.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(
      followed[D - 1]!,
      9,
    )
  })

  it('is the sum over the paths, none of which passes through a target', () => {
    const { sources } = explain(7, [2])
    for (const { gene, own, contribution, paths } of sources) {
      expect(paths.reduce((sum, { weight }) => sum + weight, 0) * own).toBeCloseTo(contribution, 9)
      for (const { genes } of paths) {
        expect([genes[0], genes.at(-1)]).toEqual([gene, D - 1])
        expect(genes.slice(1)).not.toContain(2)
      }
    }
  })

  it('lists the strongest paths first, and as many as asked for', () => {
    const all = explain(8, []).sources.find(({ gene }) => gene === 0)!.paths
    const some = explain(8, [], D - 1, 2).sources.find(({ gene }) => gene === 0)!.paths
    expect(all.length).toBeGreaterThan(2)
    expect(some).toEqual(all.slice(0, 2))
    const sizes = all.map(({ weight }) => Math.abs(weight))
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
  })

  it('leaves a gene without causes its own change', () => {
    const { sources, own, observed } = explain(9, [], 0)
    expect(sources).toEqual([])
    expect(own).toBe(observed[0])
  })
})
