import { outsideRangeText } from '../../src-shared/contract/outside-range'
import type { ResultView } from '../../src-shared/contract/result-view'
import { disagrees, type AnswerParts, type PartLogOdds } from '../../src-shared/domain/answer-parts'

/** What each method says about one edge or one target by itself, as probabilities, and what came of it. */
export interface PartsOfCell {
  readonly network: number
  /** null in the instant answer */
  readonly closedForm: number | null
  readonly combined: number
  readonly disagree: boolean
}

const probability = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))

/** Parts of one cell of a [d, d] or [K, d] table; null when one method answered alone from the start. */
export function partsOfCell(
  parts: PartLogOdds | undefined,
  cell: number,
  combined: number,
): PartsOfCell | null {
  const network = parts?.network[cell]
  if (parts === undefined || network === undefined) return null
  const closedForm = parts.closedForm?.[cell]
  return {
    network: probability(network),
    closedForm: closedForm === undefined ? null : probability(closedForm),
    combined,
    disagree: closedForm !== undefined && disagrees(network, closedForm),
  }
}

export const isDisputed = (parts: PartLogOdds | undefined, cell: number): boolean =>
  partsOfCell(parts, cell, NaN)?.disagree ?? false

/** How a result came about, as far as a reader has to know it at once. */
export type AnswerState =
  'complete' | 'instant-wanted' | 'instant-running' | 'instant-stopped' | 'model-missing'

/**
 * @param running a run of this very result is under way
 */
export function answerState(view: Pick<ResultView, 'run' | 'settings'>, running: boolean): AnswerState {
  if (view.run.mode === 'instant') {
    if (running) return 'instant-running'
    return view.settings.mode === 'instant' ? 'instant-wanted' : 'instant-stopped'
  }
  return view.run.mode === 'closed-form' && view.settings.mode !== 'closed-form'
    ? 'model-missing'
    : 'complete'
}

/** What is outside the training range about single experiments: their names with the sentences about them. */
export function unusualExperiments(
  parts: Pick<AnswerParts, 'outside'> | null,
  environments: readonly string[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const range of parts?.outside ?? []) {
    const name = range.environment === null ? undefined : environments[range.environment]
    if (name === undefined) continue
    const sentence = outsideRangeText(range, environments)
    const before = found.get(name)
    found.set(name, before === undefined ? sentence : `${before} ${sentence}`)
  }
  return found
}
