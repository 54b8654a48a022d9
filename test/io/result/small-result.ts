import type { Dataset } from '../../../src-shared/domain/dataset'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { RunSettings, type RunSettingsInput } from '../../../src-shared/domain/run-settings'
import { simulateStudy } from '../../../src-main/core/simulate/simulate-study'
import { runAnalysis } from '../../../src-main/engine/analysis/run-analysis'
import { SimulationSpec } from '../../../src-shared/domain/simulation'

/** A data set of six genes and four experiments, made by the project's own simulator. */
export function smallDataset(genes: readonly string[] = ['A', 'B', 'C', 'D', 'E', 'F']): Dataset {
  const spec = SimulationSpec.parse({
    genes: genes.length,
    environments: 4,
    controlSamples: 20,
    samplesPerEnvironment: 5,
  })
  const study = simulateStudy(spec, 3)
  return {
    name: 'small',
    genes,
    samples: Array.from(study.environmentOf, (_, row) => `s${row + 1}`),
    values: study.values,
    environmentOf: study.environmentOf,
    environments: study.environments,
    transform: 'none',
    files: [{ name: 'small.csv', bytes: 1234, sha256: 'ab'.repeat(32) }],
  }
}

/** What a real run answers for it. */
export function smallResult(
  settings: RunSettingsInput = {},
  dataset = smallDataset(),
): Promise<AnalysisResult> {
  return runAnalysis(dataset, RunSettings.parse(settings), { threads: 1 })
}
