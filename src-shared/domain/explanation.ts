/** A share below is told in words: rounded it would read 0 %. */
const LEAST_SHARE = 0.01

/**
 * What the targets of an experiment account for, in the cases that need words of their own.
 * `unchanged`: no gene changed. `no-target`: nothing that could explain the change. `not-fitted`: no mechanisms to follow.
 * `alone`: besides the targets no gene of the network changed. `nothing`, `little`, `share`: none, less than one percent,
 * or `share` of the squared shifts of the other changed genes of the network.
 */
export type Explanation =
  | { readonly kind: 'unchanged' | 'no-target' | 'not-fitted' | 'alone' | 'nothing' | 'little' }
  | { readonly kind: 'share'; readonly share: number }

/** Of one experiment; `ChangeSummary` says what each is. */
export interface ExplainedChange {
  readonly changed: number
  readonly targets: readonly string[]
  readonly others: number
  readonly explained: number | null
}

export function explanationOf(summary: ExplainedChange): Explanation {
  const { changed, targets, others, explained } = summary
  if (changed === 0) return { kind: 'unchanged' }
  if (targets.length === 0) return { kind: 'no-target' }
  if (others === 0) return { kind: 'alone' }
  if (explained === null) return { kind: 'not-fitted' }
  if (explained <= 0) return { kind: 'nothing' }
  return explained < LEAST_SHARE ? { kind: 'little' } : { kind: 'share', share: explained }
}
