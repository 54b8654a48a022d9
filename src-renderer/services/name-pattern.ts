/** How names are cut into parts. */
export const SEPARATORS = ['_', '-', '.', ' '] as const
export type Separator = (typeof SEPARATORS)[number]

/** Which parts of a name say the experiment. */
export const NAME_PARTS = ['all-but-last', 'first', 'first-two', 'second', 'last'] as const
export type NamePart = (typeof NAME_PARTS)[number]

export interface NamePattern {
  readonly separator: Separator
  readonly part: NamePart
}

/** The experiment that a sample's name says; a name without the separator is its own. */
export function experimentOfName(name: string, { separator, part }: NamePattern): string {
  const parts = name.split(separator).filter((piece) => piece !== '')
  if (parts.length < 2) return name.trim()
  const chosen = {
    'all-but-last': parts.slice(0, -1),
    first: parts.slice(0, 1),
    'first-two': parts.slice(0, 2),
    second: parts.slice(1, 2),
    last: parts.slice(-1),
  }[part]
  return chosen.join(separator).trim()
}

export interface NameGroup {
  readonly experiment: string
  readonly samples: readonly string[]
}

/** Experiments in the order of their first sample. */
export function groupsOfNames(names: readonly string[], pattern: NamePattern): NameGroup[] {
  const groups = new Map<string, string[]>()
  for (const name of names) {
    const experiment = experimentOfName(name, pattern)
    const samples = groups.get(experiment)
    if (samples) samples.push(name)
    else groups.set(experiment, [name])
  }
  return [...groups].map(([experiment, samples]) => ({ experiment, samples }))
}

/** The first pattern that forms several experiments and leaves the fewest samples alone in theirs. */
export function likelyPattern(names: readonly string[]): NamePattern {
  let best: { pattern: NamePattern; alone: number } | null = null
  for (const separator of SEPARATORS)
    for (const part of NAME_PARTS) {
      const pattern = { separator, part }
      const groups = groupsOfNames(names, pattern)
      if (groups.length < 2) continue
      const alone = groups.filter(({ samples }) => samples.length === 1).length
      if (!best || alone < best.alone) best = { pattern, alone }
    }
  return best?.pattern ?? { separator: '_', part: 'all-but-last' }
}
