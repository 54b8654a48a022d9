import type { ResultView } from '../../../src-shared/contract/result-view'
import { constraintMarks } from '../../../src-shared/domain/constraint-marks'
import { isLearned } from '../../../src-shared/domain/result'
import { geneChoiceSummary } from '../../io/import'
import { hasChanges } from '../../report/changes'
import type { StoredRun } from './run-store'

/** What the result views draw: everything but the learned state and the input values. */
export function resultView({ summary, result }: StoredRun): ResultView {
  return {
    run: summary,
    genes: result.genes,
    environments: result.environments,
    control: result.input.control,
    samplesPerEnvironment: result.input.samplesPerEnvironment,
    files: result.input.files,
    transform: result.input.transform,
    choices: result.input.choices ?? {},
    settings: result.settings,
    edges: result.edges,
    constraintMarks: constraintMarks(result.settings.constraints, result.genes),
    targets: result.targets,
    parts: result.parts,
    model: result.model,
    hasEvidence: isLearned(result),
    hasDifferential: hasChanges(result),
    geneChoice: result.measured && geneChoiceSummary(result.measured),
    diagnostics: result.diagnostics,
    appVersion: result.app.version,
  }
}
