import type { Dataset } from '../../../src-shared/domain/dataset'
import type { RunDiagnostics } from '../../../src-shared/domain/result'

const CHAIN_DIFFERENCE_LIMIT = 0.1
const FEW_SAMPLES = 3

/** What a reader of the result must know, one sentence each. */
export function runWarnings(dataset: Dataset, starts: Int32Array, diagnostics: RunDiagnostics): string[] {
  const warnings: string[] = []
  if (diagnostics.plannedSweeps !== undefined)
    warnings.push(
      `The search was ended after ${diagnostics.sweeps} of ${diagnostics.plannedSweeps} sweeps per chain and its result so far is used. Another run does not repeat it exactly.`,
    )
  if (starts[1] === 0)
    warnings.push(
      'There are no control samples: shifts are relative to all experiments, and targets common to most of them cannot be seen.',
    )
  const few = dataset.environments.slice(1).filter((_, k) => starts[k + 2]! - starts[k + 1]! < FEW_SAMPLES)
  if (few.length > 0)
    warnings.push(
      `${few.length === 1 ? `'${few[0]}' has` : `${few.length} experiments have`} fewer than ${FEW_SAMPLES} samples; ${few.length === 1 ? 'its' : 'their'} probabilities are wide.`,
    )
  if (diagnostics.maxChainDifference > CHAIN_DIFFERENCE_LIMIT)
    warnings.push(
      `The searches disagree on some edges by up to ${diagnostics.maxChainDifference.toFixed(2)}. More sweeps give a steadier network.`,
    )
  if (diagnostics.preset === 'noisy-counts')
    warnings.push(
      'Many genes have one frequent value, as a rule zero (dropout): the network is unreliable and targets are missed.',
    )
  return warnings
}
