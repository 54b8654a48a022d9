import { describe, expect, it } from 'vitest'
import { TARGET_CELL_FEATURES, targetCells } from '../../../src-main/core/combine'
import { AGREEMENT_QUANTITIES, describeAgreement } from '../../../src-main/core/combine/agreement'
import { edgeParts, targetParts } from '../../../src-main/core/combine/parts'
import { EXPERIMENT_FEATURES } from '../../../src-main/core/features/summary'
import { makeExample, reorderGenes } from './example'

const example = makeExample(7, 5, 1)
const { d, K, summary, network, closed } = example
const described = (study = example) =>
  describeAgreement(
    study.summary,
    targetParts(study.network, study.closed),
    edgeParts(study.network, study.closed, study.d),
  )

const clip = (x: number, most: number): number => Math.max(-most, Math.min(most, x))
const sigma = (x: number): number => 1 / (1 + Math.exp(-x))
const total = (x: number[]): number => x.reduce((a, b) => a + b, 0)
const average = (x: number[]): number => total(x) / x.length
const sorted = (x: number[]): number[] => [...x].sort((a, b) => a - b)
function pearson(x: number[], y: number[]): number {
  const centred = (z: number[]): number[] => z.map((value) => value - average(z))
  const [a, b] = [centred(x), centred(y)]
  const dot = (u: number[], v: number[]): number => total(u.map((value, i) => value * v[i]!))
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}
const pairs = Array.from({ length: d * d }, (_, at) => at).filter((at) => at % (d + 1) !== 0)
const feature = (name: (typeof EXPERIMENT_FEATURES)[number]): number[] =>
  Array.from(
    { length: K * d },
    (_, cell) => summary.experiment[cell * EXPERIMENT_FEATURES.length + EXPERIMENT_FEATURES.indexOf(name)]!,
  )

describe('agreement', () => {
  const { quantities, ...ofExperiments } = described()

  it('takes medians and quartiles of the shifts, over the study and within experiments', () => {
    // 35 cells and 7 genes: the median is a value, the quartile half-way between two
    const z = feature('absz').map(Math.sinh)
    const ordered = sorted(z)
    expect(quantities.medianAbsoluteZ).toBeCloseTo(ordered[17]!, 6)
    expect(quantities.quartileAbsoluteZ).toBeCloseTo((ordered[8]! + ordered[9]!) / 2, 6)
    expect(quantities.medianAbsoluteU).toBeCloseTo(sorted(feature('absu').map(Math.sinh))[17]!, 6)
    expect(quantities.medianLogVarianceRatio).toBeCloseTo(sorted(feature('lvr'))[17]!, 6)
    for (let k = 0; k < K; k++)
      expect(ofExperiments.medianAbsoluteZ[k]).toBeCloseTo(sorted(z.slice(k * d, (k + 1) * d))[3]!, 6)
  })

  it('counts edges, targets and doubtful answers of both parts', () => {
    const p = pairs.map((at) => sigma(clip(closed.edge[at]!, 9)))
    const q = pairs.map((at) => sigma(network.edge[at]!))
    expect(quantities.closedEdgesPerGene).toBeCloseTo(total(p) / d, 8)
    expect(quantities.networkEdgesPerGene).toBeCloseTo(total(q) / d, 8)
    expect(quantities.closedEdgeDoubt).toBeCloseTo(total(p.map((x) => 4 * x * (1 - x))) / d, 8)
    expect(quantities.networkEdgeDoubt).toBeCloseTo(total(q.map((x) => 4 * x * (1 - x))) / d, 8)
    expect(quantities.networkTargetsPerExperiment).toBeCloseTo(
      total(Array.from(network.target, sigma)) / K,
      8,
    )
  })

  it('correlates the log-odds of both parts', () => {
    const target = (x: Iterable<number>): number[] => Array.from(x, (value) => Math.asinh(clip(value, 20)))
    expect(quantities.edgeAgreement).toBeCloseTo(
      pearson(
        pairs.map((at) => clip(closed.edge[at]!, 9)),
        pairs.map((at) => network.edge[at]!),
      ),
      8,
    )
    expect(quantities.targetAgreement).toBeCloseTo(pearson(target(closed.target), target(network.target)), 8)
    expect(ofExperiments.targetAgreement[2]).toBeCloseTo(
      pearson(target(closed.target.slice(2 * d, 3 * d)), target(network.target.slice(2 * d, 3 * d))),
      8,
    )
  })

  it('does not depend on the order of the genes, and is 0 where a part says the same everywhere', () => {
    const moved = described(reorderGenes(example, [3, 1, 6, 0, 5, 2, 4]))
    for (const name of AGREEMENT_QUANTITIES)
      expect(moved.quantities[name], name).toBeCloseTo(quantities[name], 5)
    const flat = { ...example, network: { ...network, edge: new Float32Array(d * d).fill(-2) } }
    expect(described(flat).quantities.edgeAgreement).toBeCloseTo(0, 6)
  })

  it('is what every target cell of the study carries', () => {
    const { features } = targetCells(summary, network, closed)
    const cell = 2 * d + 4
    const carried = (name: (typeof TARGET_CELL_FEATURES)[number]): number | undefined =>
      features[cell * TARGET_CELL_FEATURES.length + TARGET_CELL_FEATURES.indexOf(name)]
    for (const name of AGREEMENT_QUANTITIES) expect(carried(name), name).toBe(Math.fround(quantities[name]))
    expect(carried('targetAgreementOfExperiment')).toBe(Math.fround(ofExperiments.targetAgreement[2]!))
    expect(carried('medianAbsoluteUOfExperiment')).toBe(Math.fround(ofExperiments.medianAbsoluteU[2]!))
  })
})
