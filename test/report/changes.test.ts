import { describe, expect, it } from 'vitest'
import { groupDesign } from '../../src-main/core/differential/group-design'
import { moderatedT } from '../../src-main/core/differential/moderated-t'
import { changesOf } from '../../src-main/report/changes'
import { CHANGE_CLASSES, type DifferentialExpression } from '../../src-shared/domain/differential'
import type { AnalysisResult, LearnedState } from '../../src-shared/domain/result'
import { makeResult } from './make-result'

/** Genes A → B in the network, C apart; X and Y were measured but not analysed. */
const NAMES = ['A', 'X', 'B', 'C', 'Y']
/** log fold changes: everything but Y moves in the first experiment, nothing in the second */
const CHANGES = [
  [4, -4, 3, 3, 0.02],
  [0.01, 0.02, -0.01, 0.02, 0.01],
]

function differential(): DifferentialExpression {
  return moderatedT(
    {
      genes: Int32Array.from(NAMES.keys()),
      logFoldChange: Float32Array.from(CHANGES.flat()),
      averageExpression: new Float32Array(NAMES.length).fill(5),
      variance: Float64Array.of(0.1, 0.12, 0.09, 0.1, 0.11),
    },
    groupDesign(3, 1, Int32Array.of(4, 4, 4))!,
  )
}

/** A generated result whose numbers are set to a case that can be done by hand. */
function example(learned: boolean): AnalysisResult {
  const base = makeResult({ genes: ['A', 'B', 'C'], environments: ['first', 'second'] })
  const cells = (first: number[], second: number[]): Float64Array => Float64Array.from([...first, ...second])
  const edges = (at: number, value: number): Float64Array =>
    new Float64Array(9).map((_, i) => (i === at ? value : 0))
  return {
    ...base,
    version: 3,
    input: { ...base.input, transform: 'log1p' },
    measured: { names: NAMES, ids: null, fate: Uint8Array.of(0, 2, 0, 0, 2), reason: new Uint8Array(5) },
    differential: differential(),
    learned: learned ? ({} as LearnedState) : null,
    edges: { ...base.edges, probability: edges(1, 0.9), effect: edges(1, 0.8) },
    targets: {
      ...base.targets,
      rank: Int32Array.of(1, 2, 3, 1, 2, 3),
      probability: cells([0.99, 0.1, 0.1], [0.1, 0.1, 0.1]),
      listFdr: cells([0.01, 0.5, 0.6], [0.9, 0.9, 0.9]),
      observedShift: cells([8, 6, 4], [0.1, 0.1, 0]),
      noConfidentTarget: [false, true],
    },
  }
}

describe('what changed in an experiment', () => {
  const result = example(true)
  const changes = changesOf(result)!

  it('is counted over all genes of the file and explained within the network', () => {
    const [first, second] = changes.overview.experiments
    // B follows from A: 0.9 · 0.8 · 8 = 5.76 of 6; nothing explains C
    const left = (6 - 0.9 * 0.8 * 8) ** 2 + 4 ** 2
    expect(first).toMatchObject({
      tested: 5,
      changed: 4,
      up: 3,
      down: 1,
      changedInNetwork: 3,
      others: 2,
      targets: ['A'],
    })
    expect(first!.explained).toBeCloseTo(1 - left / (6 ** 2 + 4 ** 2), 12)
    expect(second).toMatchObject({ changed: 0, changedInNetwork: 0, targets: [], explained: null })
    expect(changes.overview.unit).toBe('log2')
  })

  it('is told gene by gene, with what the network says of it', () => {
    const view = changes.experiment(0)
    expect(view.genes).toEqual(NAMES)
    expect([...view.inNetwork]).toEqual([0, -1, 1, 2, -1])
    expect(Array.from(view.changeClass, (index) => CHANGE_CLASSES[index])).toEqual([
      'direct',
      'outside',
      'downstream',
      'unexplained',
      'unchanged',
    ])
    expect(view.propagatedShift[2]).toBeCloseTo(5.76, 12)
    expect(view.propagatedShift[1]).toBeNaN()
    expect(view.summary).toBe(changes.overview.experiments[0])
  })

  it('has as many changed genes in the summary as in the list', () => {
    for (const k of [0, 1])
      expect(changes.experiment(k).adjusted.filter((p) => p <= 0.05)).toHaveLength(
        changes.overview.experiments[k]!.changed,
      )
  })

  it('is explained by nothing when no effect was fitted, and absent from an older result', () => {
    const instant = changesOf(example(false))!
    expect(instant.overview.experiments[0]).toMatchObject({ changed: 4, explained: null })
    expect(Array.from(instant.experiment(0).changeClass, (index) => CHANGE_CLASSES[index])).not.toContain(
      'downstream',
    )
    expect(changesOf({ ...result, differential: null })).toBeNull()
  })
})
