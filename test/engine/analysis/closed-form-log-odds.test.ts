import { beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../src-shared/domain/run-settings'
import { drawTrainingStudy } from '../../../src-main/core/simulate/training'
import { targetPrior } from '../../../src-main/core/evidence/hyperparameters'
import { asDataset, closedFormLogOdds } from '../../../src-main/engine/analysis/closed-form-log-odds'
import { runAnalysis } from '../../../src-main/engine/analysis/run-analysis'
import { closedFormRule } from '../../../src-main/engine/analysis/target-rule'
import { summariseTargets } from '../../../src-main/engine/analysis/target-summary'
import { builtApp } from '../../support/built-app'

beforeAll(() => builtApp(), 200_000)

describe('closed-form log-odds of a simulated study', { timeout: 120_000 }, () => {
  it.each([
    { genes: 5, experiments: 4 },
    { genes: 18, experiments: 3 },
  ])('are those of a run with default settings ($genes genes)', async (shape) => {
    const study = drawTrainingStudy(21, shape, 'training', { mostSamples: 200 })
    const { edge, target } = await closedFormLogOdds(study)
    const settings = { ...DEFAULT_SETTINGS, mode: 'closed-form' as const }
    const result = await runAnalysis(asDataset(study), settings, { threads: 1 })
    expect(edge).toEqual(result.edges.logOdds)
    // The run shows targets after the prior on their number: put it on and compare.
    const { genes: d, experiments: K } = shape
    const empty = new Float64Array(K * d)
    const inputs = {
      logOdds: target,
      given: new Uint8Array(K * d),
      prior: targetPrior(d),
      hardShare: empty,
      observedShift: empty,
      predictedShift: empty,
      shiftZ: empty,
    }
    const { logOdds } = summariseTargets(inputs, K, d, closedFormRule(inputs, K, d, settings))
    expect(logOdds).toEqual(result.targets.logOdds)
  })
})
