import type { ChoiceValue, Finding } from '../../../src-shared/contract/dataset-summary'
import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { blocking, choiceOf, count, diff, info, listed, plural, quoted, review, shown } from './findings'
import { looseKey, nearest } from './nearest'
import type { SampleSheet, SheetRow } from './types'

const NEAREST_SHOWN = 3
/** looking for near names is quadratic */
const MOST_PAIRED = 300
const CHOICES = 200

/**
 * Finds the sheet row of each sample: by the exact name, then without case, punctuation and suffixes; never by position.
 * @returns null for samples without a row
 */
export function matchSheet(
  samples: readonly string[],
  sheet: SampleSheet,
  options: Pick<ReadOptions, 'assignment' | 'excludedSamples' | 'sheetMatches'>,
): { rows: (SheetRow | null)[]; findings: Finding[] } {
  const aliases = sheet.rows.flatMap((row) => (row.aliases ?? []).map((name) => [name, row] as const))
  const exact = new Map([...aliases, ...sheet.rows.map((row) => [row.sample, row] as const)])
  const aliasByKey = onlyOnes(aliases, ([name]) => looseKey(name))
  const sheetByKey = onlyOnes(sheet.rows, (row) => looseKey(row.sample))
  const samplesByKey = onlyOnes(samples, looseKey)
  const pairs: string[] = []
  const used = new Set<SheetRow>()
  const rows: (SheetRow | null)[] = samples.map((sample) => {
    const key = looseKey(sample)
    const loose = samplesByKey.has(key) ? (sheetByKey.get(key) ?? aliasByKey.get(key)?.[1]) : undefined
    const row = exact.get(sample) ?? loose ?? null
    if (row && row.sample !== sample) pairs.push(`${shown(sample)} → ${shown(row.sample)}`)
    if (row) used.add(row)
    return row
  })
  const findings = [...contradictions(sheet), ...pairFindings(pairs)]
  const settled = new Set(options.excludedSamples)
  const unmatched = samples.filter(
    (sample, index) => rows[index] === null && !settled.has(sample) && !isAssigned(options, sample),
  )
  const unused = (): string[] => sheet.rows.filter((row) => !used.has(row)).map((row) => row.sample)
  const similar = similarPairs(unmatched, unused())
  const takeSimilar = options.sheetMatches === 'nearest' && similar.size > 0
  if (takeSimilar) {
    samples.forEach((sample, index) => {
      const row = exact.get(similar.get(sample) ?? '')
      if (rows[index] !== null || !row) return
      rows[index] = row
      used.add(row)
    })
    findings.push(similarFinding(similar))
  }
  const left = takeSimilar ? unmatched.filter((sample) => !similar.has(sample)) : unmatched
  const unusedNames = unused()
  if (left.length > 0)
    findings.push(
      unmatchedFinding(left, samples.length, unusedNames, sheet, takeSimilar ? new Map() : similar),
    )
  if (unusedNames.length > 0) {
    const one = unusedNames.length === 1
    findings.push(
      review(
        'sheet-rows-unused',
        `${plural(unusedNames.length, 'row')} of ${sheet.name} ${one ? 'has' : 'have'} no sample in the data: ${listed(unusedNames)}.`,
        { examples: unusedNames },
      ),
    )
  }
  return { rows, findings }
}

export const isAssigned = (options: Pick<ReadOptions, 'assignment'>, sample: string): boolean =>
  options.assignment !== undefined && Object.hasOwn(options.assignment, sample)

/** Items by key, without the keys that several items share. */
function onlyOnes<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T> {
  const found = new Map<string, T>()
  const several = new Set<string>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === '' || found.has(key)) several.add(key)
    found.set(key, item)
  }
  for (const key of several) found.delete(key)
  return found
}

/** Samples and rows of the sheet that are each other's only most similar name. */
function similarPairs(unmatched: readonly string[], unusedNames: readonly string[]): Map<string, string> {
  const pairs = new Map<string, string>()
  if (unmatched.length > MOST_PAIRED || unusedNames.length > MOST_PAIRED) return pairs
  const taken = new Map<string, number>()
  for (const sample of unmatched) {
    const [first] = nearest(sample, unusedNames, 1)
    if (first === undefined || nearest(first, unmatched, 1)[0] !== sample) continue
    pairs.set(sample, first)
    taken.set(first, (taken.get(first) ?? 0) + 1)
  }
  for (const [sample, row] of pairs) if (taken.get(row)! > 1) pairs.delete(sample)
  return pairs
}

const similarDiff = (pairs: ReadonlyMap<string, string>): ReturnType<typeof diff> =>
  diff(
    [...pairs].map(([sample, row]) => ({ where: `sample ${quoted(sample)}`, before: 'no row', after: row })),
  )

function similarFinding(pairs: ReadonlyMap<string, string>): Finding {
  const text = `${plural(pairs.size, 'sample')} took the row of the sheet with the most similar name, by your choice.`
  return review('similar-samples', text, {
    count: pairs.size,
    examples: [...pairs].map(([sample, row]) => `${sample} → ${row}`),
    choice: {
      option: 'sheetMatches',
      current: 'nearest',
      values: [
        { value: 'nearest', label: 'Match them', ...similarDiff(pairs) },
        { value: 'ask', label: 'Do not match them', keeps: true },
      ],
    },
  })
}

function unmatchedFinding(
  unmatched: readonly string[],
  total: number,
  unusedNames: readonly string[],
  sheet: SampleSheet,
  similar: ReadonlyMap<string, string>,
): Finding {
  const near = unmatched
    .slice(0, NEAREST_SHOWN)
    .map((sample) => [
      sample,
      nearest(sample, unusedNames.length > 0 ? unusedNames : sheet.rows.map((row) => row.sample), 1)[0],
    ])
    .filter((pair): pair is [string, string] => pair[1] !== undefined)
  const names = unmatched.slice(0, 4).map(shown).join(', ')
  const more = unmatched.length > 4 ? '…' : ''
  const nearText =
    near.length > 0 ? ` Nearest: ${near.map(([a, b]) => `${quoted(a)} → ${quoted(b)}`).join(', ')}.` : ''
  const match: ChoiceValue[] =
    similar.size === 0
      ? []
      : [
          {
            value: 'nearest',
            option: 'sheetMatches',
            label: `Match ${plural(similar.size, 'sample')} to the most similar name`,
            ...similarDiff(similar),
          },
        ]
  const leaveOut = choiceOf(
    'excludedSamples',
    unmatched.slice(0, CHOICES).map((sample) => [sample, `Leave out ${quoted(sample)}`] as const),
  )
  const have = unmatched.length === 1 ? 'has' : 'have'
  return blocking(
    'DATA_AMBIGUOUS',
    'unmatched-samples',
    `${count(unmatched.length)} of ${plural(total, 'sample')} ${have} no row in the sheet: ${names}${more}.${nearText} Add them to the sheet, assign them, or leave them out.`,
    {
      count: unmatched.length,
      examples: unmatched,
      choice: { ...leaveOut, values: [...match, ...leaveOut.values] },
    },
  )
}

function pairFindings(pairs: readonly string[]): Finding[] {
  if (pairs.length === 0) return []
  const text = `${plural(pairs.length, 'sample')} matched the sheet after ignoring case, punctuation and endings (${pairs.slice(0, 3).join(', ')}${pairs.length > 3 ? '…' : ''}).`
  return [info('sheet-pairs', text, { examples: pairs })]
}

function contradictions(sheet: SampleSheet): Finding[] {
  const first = new Map<string, SheetRow>()
  const repeated = new Set<string>()
  for (const row of sheet.rows) {
    const before = first.get(row.sample)
    if (before && (before.experiment !== row.experiment || before.role !== row.role)) repeated.add(row.sample)
    first.set(row.sample, row)
  }
  if (repeated.size === 0) return []
  const names = [...repeated]
  return [
    blocking(
      'DATA_FORMAT',
      'sheet-contradiction',
      `${sheet.name} lists ${listed(names)} more than once with different experiments or roles. Keep one row for each sample.`,
      { examples: names },
    ),
  ]
}
