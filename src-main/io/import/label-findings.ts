import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Finding } from '../../../src-shared/contract/dataset-summary'
import { type Dataset, environmentStarts } from '../../../src-shared/domain/dataset'
import { diff, plural, quoted, review } from './findings'
import { type TargetsByExperiment } from './known-targets'
import { findStrays, type Stray, type Swap } from './label-swaps'

/** change of a known target, in standard errors and in spreads of the control, below which it hardly moves */
const MOVES = 2
const MOVES_SPREADS = 1
const FEWEST_CONTROLS = 3

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
      const moved = movement(dataset, starts, k, column)
      const way = directions.get(experiment)
      const text = wordsFor(gene, experiment, moved, way)
      if (text !== null) findings.push(review('target-not-moving', text, { examples: [gene] }))
    }
  }
  return findings
}

interface Movement {
  /** in spreads of the control */
  readonly spreads: number
  readonly errors: number
}

function wordsFor(
  gene: string,
  experiment: string,
  { spreads, errors }: Movement,
  way: 'up' | 'down' | undefined,
): string | null {
  const of = `${gene} is a known target of ${quoted(experiment)}`
  if (Math.abs(errors) < MOVES && Math.abs(spreads) < MOVES_SPREADS)
    return `${of} but hardly moves there (${spreads.toFixed(1)} spreads of the control). The perturbation may have failed, or the label be wrong.`
  const found = errors > 0 ? 'up' : 'down'
  if (way !== undefined && found !== way && Math.abs(errors) >= MOVES)
    return `${of} and should go ${way}, but goes ${found} (${spreads.toFixed(1)} spreads of the control). Check the direction and the label.`
  return null
}

function movement({ values, genes }: Dataset, starts: Int32Array, k: number, column: number): Movement {
  const d = genes.length
  const mean = (from: number, to: number): number => {
    let sum = 0
    for (let row = from; row < to; row++) sum += values[row * d + column]!
    return sum / (to - from)
  }
  const controls = starts[1]!
  const centre = mean(0, controls)
  let squares = 0
  for (let row = 0; row < controls; row++) squares += (values[row * d + column]! - centre) ** 2
  const spread = Math.sqrt(squares / (controls - 1))
  const difference = mean(starts[k]!, starts[k + 1]!) - centre
  const error = spread * Math.sqrt(1 / controls + 1 / (starts[k + 1]! - starts[k]!))
  // a control that never varies has no spread to measure by: any change is a large one
  if (spread === 0)
    return { spreads: difference === 0 ? 0 : Infinity, errors: Math.sign(difference) * Infinity || 0 }
  return { spreads: difference / spread, errors: difference / error }
}
