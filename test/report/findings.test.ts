import { describe, expect, it } from 'vitest'
import {
  edgesFrom,
  edgeSign,
  experimentsByStrength,
  findingsOf,
  shiftUnit,
} from '../../src-main/report/findings'
import { makeResult } from './make-result'

describe('findings', () => {
  it('leaves the sign open when the interval of the effect holds zero', () => {
    expect([edgeSign(0.1, 0.5), edgeSign(-0.5, -0.1), edgeSign(-0.1, 0.5), edgeSign(0, 1)]).toEqual([
      'activates',
      'inhibits',
      'unknown',
      'unknown',
    ])
  })

  it('lists edges by probability, row as cause, none below the threshold', () => {
    const result = makeResult({ genes: 30 })
    const edges = edgesFrom(result, 0.3)
    expect(edges.length).toBeGreaterThan(5)
    expect(edges.length).toBe(result.edges.probability.filter((p) => p >= 0.3).length)
    edges.forEach((edge, index) => {
      expect(edge.probability).toBe(result.edges.probability[edge.source * 30 + edge.target])
      if (index > 0) expect(edge.probability).toBeLessThanOrEqual(edges[index - 1]!.probability)
    })
  })

  it('calls no gene confident where the answer is that there is no confident target', () => {
    const result = makeResult({ environments: 5, withoutTarget: [2] })
    const { experiments } = findingsOf(result)
    expect(experiments[2]!.confident).toEqual([])
    experiments.forEach((experiment, k) => {
      expect(experiment.confident.length === 0).toBe(result.targets.noConfidentTarget[k])
      for (const target of experiment.confident)
        expect(target.listFdr).toBeLessThanOrEqual(result.settings.fdr)
      expect(experiment.ranking.map((target) => target.rank)).toEqual(
        result.genes.map((_, index) => index + 1),
      )
    })
  })

  it('marks targets that were given, and does not rank an experiment by them', () => {
    const result = makeResult({
      environments: ['known', 'open'],
      withoutTarget: [0],
      settings: { knownTargets: { known: { genes: ['GENE3'], complete: true } } },
    })
    const findings = findingsOf(result)
    expect(findings.experiments[0]!.ranking[0]).toMatchObject({ gene: 2, known: true, probability: 1 })
    expect(experimentsByStrength(findings)[0]).toBe(findings.experiments[1]!.confident.length > 0 ? 1 : 0)
  })

  it('counts samples of control and experiments apart', () => {
    const findings = findingsOf(makeResult({ environments: 3, controlSamples: 7, samplesPerExperiment: 4 }))
    expect([findings.controlSamples, findings.totalSamples]).toEqual([7, 19])
    expect(findings.experiments.map((experiment) => experiment.samples)).toEqual([4, 4, 4])
  })

  it('names the unit by whether there is a control', () => {
    expect(shiftUnit(makeResult())).toBe('control sd')
    expect(shiftUnit(makeResult({ controlSamples: 0 }))).toBe('sd of all samples')
  })
})
