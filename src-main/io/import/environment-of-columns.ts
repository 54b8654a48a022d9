import type { Finding } from '../../../src-shared/contract/dataset-summary'
import { blocking, choiceOf } from './findings'
import { isMissingName } from './number-cell'
import { nearest } from './nearest'
import { cleanName, environmentColumnText } from './table-layout'
import { headerKey, isControlWord, isUnassignedWord, PERTURBATION_COLUMNS, SAMPLE_ANNOTATIONS } from './words'

/** Columns that describe samples. */
export interface NamedColumns {
  readonly names: readonly string[]
  /** also the columns that can be asked for but not guessed: numbers */
  readonly all?: readonly string[]
  readonly texts: (name: string) => readonly string[] | null
}

export interface EnvironmentOfColumns {
  /** '' = the sample belongs to no experiment */
  readonly labels: readonly string[] | null
  readonly environmentColumn: string | null
  readonly environmentCandidates: readonly string[]
  readonly findings: readonly Finding[]
}

/**
 * The column that names the experiment: the one that was asked for, else the first with a usual name (product.md, h5ad),
 * else the only one that forms groups and has a control among them.
 */
export function environmentOfColumns(
  fileName: string,
  { names, all = names, texts }: NamedColumns,
  asked: string,
): EnvironmentOfColumns {
  const grouped = names.filter((name) => formsGroups(texts(name)))
  const of = (name: string): EnvironmentOfColumns => ({
    labels: (texts(name) ?? []).map(labelOf),
    environmentColumn: name,
    environmentCandidates: grouped,
    findings: [],
  })
  if (asked !== 'auto') {
    const found =
      all.find((name) => name === asked) ?? all.find((name) => headerKey(name) === headerKey(asked))
    if (found !== undefined && texts(found)) return of(found)
    const missing = { name: asked, nearest: nearest(asked, all) }
    const choice = choiceOf(
      'environmentColumn',
      missing.nearest.map((name) => [name, name] as const),
    )
    return {
      labels: null,
      environmentColumn: null,
      environmentCandidates: grouped,
      findings: [
        blocking('INVALID_PARAMS', 'environment-column', environmentColumnText(fileName, missing), {
          examples: missing.nearest,
          choice,
        }),
      ],
    }
  }
  for (const word of PERTURBATION_COLUMNS) {
    const usual = names.find((name) => headerKey(name) === word && texts(name))
    if (usual !== undefined) return of(usual)
  }
  const withControl = grouped.filter(
    (name) => !SAMPLE_ANNOTATIONS.has(headerKey(name)) && texts(name)!.some((text) => isControlWord(text)),
  )
  if (withControl.length === 1) return of(withControl[0]!)
  return { labels: null, environmentColumn: null, environmentCandidates: grouped, findings: [] }
}

/** Unassigned cells are left out; they are no control. */
const labelOf = (text: string): string =>
  isMissingName(text) || isUnassignedWord(text) ? '' : cleanName(text)

function formsGroups(texts: readonly string[] | null): boolean {
  if (!texts) return false
  const different = new Set(texts).size
  return different > 1 && different <= texts.length / 2
}
