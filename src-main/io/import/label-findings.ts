import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Finding } from '../../../src-shared/contract/dataset-summary'
import { type Dataset, environmentStarts } from '../../../src-shared/domain/dataset'
import {
  engagementOf,
  FEWEST_CONTROLS,
  targetMovement,
  type TargetMovement,
} from '../../core/quality/target-movement'
import { diff, plural, quoted, review } from './findings'
import { type TargetsByExperiment } from './known-targets'
import { findStrays, type Stray, type Swap } from '../../core/quality/label-swaps'

/** Samples to exchange: of each pair the other's label is meant. */
export type LabelSwaps = readonly (readonly [sample: string, other: string])[]

/** Samples that lie with another experiment, and known targets that do not move: labels may have been exchanged. */
export function labelFindings(
  dataset: Dataset,
  choice: ReadOptions['labelSwaps'],
): { findings: Finding[]; swaps: LabelSwaps } {
  const { swaps, strays } = findStrays(dataset)
  const findings: Finding[] = []
  if (swaps.length > 0) findings.push(swapFinding(dataset, swaps, choice === 'keep' ? 'keep' : null))
  if (strays.length > 0) findings.push(strayFinding(dataset, strays))
  const pairs = swaps.map(
    ([one, other]) => [dataset.samples[one.sample]!, dataset.samples[other.sample]!] as const,
  )
  return { findings, swaps: pairs }
}

const swapChoice = (
  changes: readonly { where: string; before: string; after: string }[],
  current: 'swap' | 'keep' | null,
): NonNullable<Finding['choice']> => ({
  option: 'labelSwaps',
  current,
  values: [
    { value: 'swap', label: 'Exchange their labels', ...diff(changes) },
    { value: 'keep', label: 'Leave them as they are', keeps: true },
  ],
})

function swapFinding(dataset: Dataset, swaps: readonly Swap[], current: 'keep' | null): Finding {
  const { samples, environments } = dataset
  const name = (k: number): string => environments[k]!
  const [[one, other]] = swaps as [Swap, ...Swap[]]
  const text =
    `The labels of ${quoted(samples[one.sample]!)} (${quoted(name(one.own))}) and ${quoted(samples[other.sample]!)} (${quoted(name(other.own))}) were probably exchanged: ` +
    `each lies with the other's replicates and not with its own.${swaps.length > 1 ? ` ${plural(swaps.length - 1, 'more pair')} like this.` : ''} Compare with the laboratory's notes.`
  const changes = swaps.flatMap((pair) =>
    pair.map((stray) => ({
      where: samples[stray.sample]!,
      before: name(stray.own),
      after: name(stray.other),
    })),
  )
  return review('label-swap', text, {
    count: swaps.length,
    examples: swaps.map(([a, b]) => `${samples[a.sample]} ⇄ ${samples[b.sample]}`),
    choice: swapChoice(changes, current),
  })
}

/** What was done, once the labels have been exchanged. @param labelOf experiment of each sample before */
export function swappedFinding(swaps: LabelSwaps, labelOf: ReadonlyMap<string, string>): Finding {
  const changes = swaps.flatMap(([a, b]) => [
    { where: a, before: labelOf.get(a) ?? '', after: labelOf.get(b) ?? '' },
    { where: b, before: labelOf.get(b) ?? '', after: labelOf.get(a) ?? '' },
  ])
  const text = `The labels of ${plural(swaps.length, 'pair')} of samples were exchanged by your choice.`
  return review('label-swap', text, {
    count: swaps.length,
    examples: swaps.map(([a, b]) => `${a} ⇄ ${b}`),
    choice: swapChoice(changes, 'swap'),
  })
}

function strayFinding({ samples, environments }: Dataset, strays: readonly Stray[]): Finding {
  const [first] = strays
  const own = quoted(environments[first!.own]!)
  const text =
    `Sample ${quoted(samples[first!.sample]!)} of ${own} lies closer to ${quoted(environments[first!.other]!)} than to its own replicates.` +
    `${strays.length > 1 ? ` ${plural(strays.length - 1, 'more sample')} like this.` : ''} Its label may be wrong, or the perturbation failed; it can be moved or left out.`
  return review('stray-sample', text, {
    count: strays.length,
    examples: strays.map(
      ({ sample, own: k, other }) => `${samples[sample]}: ${environments[k]} → ${environments[other]}`,
    ),
  })
}

/**
 * Known targets that hardly move in their experiment, or move the other way than the sheet says: the perturbation
 * failed, or the label is wrong.
 */
export function targetFindings(
  dataset: Dataset,
  known: TargetsByExperiment,
  directions: ReadonlyMap<string, 'up' | 'down'>,
): Finding[] {
  const starts = environmentStarts(dataset.environmentOf, dataset.environments.length)
  if (starts[1]! < FEWEST_CONTROLS) return []
  const findings: Finding[] = []
  for (const [experiment, { genes }] of known) {
    const k = dataset.environments.indexOf(experiment)
    if (k < 1) continue
    for (const gene of genes) {
      const column = dataset.genes.indexOf(gene)
      if (column < 0) continue
      const moved = targetMovement(dataset, starts, k, column)
      const way = directions.get(experiment) ?? null
      const text = wordsFor(gene, experiment, moved, way)
      if (text !== null) findings.push(review('target-not-moving', text, { examples: [gene] }))
    }
  }
  return findings
}

function wordsFor(
  gene: string,
  experiment: string,
  moved: TargetMovement,
  way: 'up' | 'down' | null,
): string | null {
  const of = `${gene} is a known target of ${quoted(experiment)}`
  const measure = `(${moved.spreads.toFixed(1)} spreads of the control)`
  const engagement = engagementOf(moved, way)
  if (engagement === 'hardly-moves')
    return `${of} but hardly moves there ${measure}. The perturbation may have failed, or the label be wrong.`
  if (engagement === 'other-way')
    return `${of} and should go ${way}, but goes ${way === 'up' ? 'down' : 'up'} ${measure}. Check the direction and the label.`
  return null
}
