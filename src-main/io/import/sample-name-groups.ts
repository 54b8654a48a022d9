import { looseSuffixes } from './nearest'
import { mentionsControl } from './words'

export interface NameGroups {
  /** experiment of each sample */
  readonly labels: readonly string[]
  /** most samples share their experiment with another one */
  readonly convincing: boolean
}

/** `drugA_rep2`, `drugA.2`, `drugA (2)`, `drugA-r2`: what is left of the replicate is the experiment */
const REPLICATE =
  /[\s_.-]+(?:(?:replicate|repl|rep|sample|r|n|s)?[\s_.#-]*\d{1,4}|[a-e])$|[\s_.-]*\(\d{1,4}\)$|[_.-]?rep(?:licate)?\d{1,4}$/i
const LAST_DIGITS = /(?<=[\p{L})])\d{1,3}$/u

/** Groups samples whose names differ only by a replicate at the end. */
export function groupBySampleName(names: readonly string[]): NameGroups {
  const cleaned = names.map(looseSuffixes)
  const separated = grouped(cleaned.map((name) => stem(name, REPLICATE)))
  if (separated.convincing) return separated
  // without a separator TP53 and TP63 would be replicates of TP, so it must also explain a control
  const joined = grouped(cleaned.map((name) => stem(name, LAST_DIGITS)))
  return joined.convincing && joined.labels.some(mentionsControl) ? joined : separated
}

const stem = (name: string, pattern: RegExp): string => {
  const rest = name.replace(pattern, '').trim()
  return rest === '' ? name : rest
}

function grouped(labels: readonly string[]): NameGroups {
  const sizes = new Map<string, number>()
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1)
  const inGroups = labels.filter((label) => sizes.get(label)! > 1).length
  return { labels, convincing: sizes.size < labels.length && inGroups >= labels.length / 2 }
}
