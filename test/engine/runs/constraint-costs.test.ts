import { describe, expect, it } from 'vitest'
import { logSumExp } from '../../../src-main/core/linalg/log-space'
import { logChoose } from '../../../src-main/core/linalg/log-gamma'
import { rebuildEvidence } from '../../../src-main/engine/analysis/rebuild-study'
import { datasetOfResult } from '../../../src-shared/domain/dataset-of-result'
import { runAnalysis } from '../../../src-main/engine/analysis/run-analysis'
import { constraintCosts } from '../../../src-main/engine/runs/constraint-costs'
import type { Constraints } from '../../../src-shared/domain/constraints'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { RunSettings, type RunSettingsInput } from '../../../src-shared/domain/run-settings'
import { chainStudy } from '../../support/chain-study'

const data = chainStudy(4, [30, 4, 4, 4])
const run = (constraints: Partial<Constraints> = {}, more: RunSettingsInput = {}): Promise<AnalysisResult> =>
  runAnalysis(data, RunSettings.parse({ mode: 'closed-form', ...more, constraints }), { inline: true })

/** ln of the summed weight of all orders and parent sets that agree with `allows`, one by one. */
function totalWeight(
  result: AnalysisResult,
  allows: (gene: number, parents: readonly number[]) => boolean,
): number {
  const { logEvidence } = rebuildEvidence(result)
  const d = result.genes.length
  const genes = [...Array(d).keys()]
  const subsets = (of: number[]): number[][] =>
    of.reduce<number[][]>((all, gene) => [...all, ...all.map((set) => [...set, gene])], [[]])
  const orders = (left: number[]): number[][] =>
    left.length === 0
      ? [[]]
      : left.flatMap((gene) => orders(left.filter((other) => other !== gene)).map((rest) => [gene, ...rest]))
  const weights = orders(genes).map((order) =>
    order.reduce((sum, gene, position) => {
      const sets = subsets(order.slice(0, position).sort((a, b) => a - b)).filter((set) => allows(gene, set))
      const scores = sets.map(
        (set) => result.settings.evidenceWeight * logEvidence(gene, set) - logChoose(d - 1, set.length),
      )
      return sum + logSumExp(Float64Array.from(scores))
    }, 0),
  )
  return logSumExp(Float64Array.from(weights))
}

describe('the cost of a constraint', () => {
  it('is the log of the weight that it takes from all orders and sets of causes, summed one by one', async () => {
    const free = await run()
    const whole = totalWeight(free, () => true)
    const index = (gene: string): number => free.genes.indexOf(gene)
    const [source, target] = ['g2', 'g1']
    type Allows = (gene: number, parents: readonly number[]) => boolean
    const cases: [Partial<Constraints>, Allows][] = [
      [
        { required: [{ source, target }] },
        (gene, parents) => gene !== index(target) || parents.includes(index(source)),
      ],
      [
        { forbidden: [{ source: 'g0', target }] },
        (gene, parents) => gene !== index(target) || !parents.includes(index('g0')),
      ],
      [{ roots: [target] }, (gene, parents) => gene !== index(target) || parents.length === 0],
    ]
    for (const [constraints, allows] of cases) {
      const { costs } = await constraintCosts(free, await run(constraints))
      expect(costs).toHaveLength(1)
      const [cost] = costs
      expect(cost!.change).toBe('added')
      if (cost!.atLeast) expect(whole - totalWeight(free, allows)).toBeGreaterThan(cost!.cost!)
      else expect(cost!.cost).toBeCloseTo(whole - totalWeight(free, allows), 6)
    }
  })

  it('shows against which gene the evidence goes, by the weights and scores of both runs', async () => {
    const before = await run()
    const after = await run({ required: [{ source: 'g3', target: 'g0' }] })
    const { costs, genes, total } = await constraintCosts(before, after)
    const { logEvidence } = rebuildEvidence(before)
    const mean = (result: AnalysisResult): number => {
      const sets = result.learned!.genes[0]!.parentSets
      const weight = sets.reduce((sum, set) => sum + set.weight, 0)
      return sets.reduce((sum, set) => sum + (set.weight / weight) * logEvidence(0, set.parents), 0)
    }
    expect(costs[0]).toMatchObject({ gene: 'g0', sharing: 0, change: 'added' })
    expect(costs[0]!.logEvidence).toBeCloseTo(mean(after) - mean(before), 9)
    expect(costs[0]!.logEvidence).toBeLessThan(0)
    expect(genes.map(({ gene }) => gene)).toContain('g0')
    expect(total).toBeCloseTo(
      genes.reduce((sum, gene) => sum + gene.logEvidence, 0),
      9,
    )
    const back = await constraintCosts(after, before)
    expect(back.costs[0]).toMatchObject({ change: 'removed', cost: costs[0]!.cost })
    expect(back.costs[0]!.logEvidence).toBeCloseTo(costs[0]!.logEvidence!, 9)
  })

  it('is not told for runs of other data, and tiers have none of their own', async () => {
    const before = await run()
    const other = await runAnalysis(
      chainStudy(4, [30, 4, 4, 4], 2),
      RunSettings.parse({ mode: 'closed-form' }),
      {
        inline: true,
      },
    )
    await expect(constraintCosts(before, other)).rejects.toThrow(/not of the same data/)
    const { costs } = await constraintCosts(before, await run({ tiers: [['g0'], ['g1']] }))
    expect(costs.map(({ probability, cost, logEvidence }) => [probability, cost, logEvidence])).toEqual([
      [null, null, null],
      [null, null, null],
    ])
  })
})

it('a stored run gives back the table and the evidence it was made from', async () => {
  const result = await run()
  expect(datasetOfResult(result)).toEqual(data)
})
