import type { ReadOptionsInput } from '../../src-shared/contract/dataset-source'
import type { Constraints, Edge } from '../../src-shared/domain/constraints'
import type { KnownTargets, RunSettings } from '../../src-shared/domain/run-settings'

/** What a result depends on besides the files: the part of a project's state that makes results old when it changes. */
export interface Draft {
  readonly settings: RunSettings
  /** null when only a stored result is open */
  readonly read: ReadOptionsInput | null
}

type Edit = string

function edgeEdits(word: string, before: readonly Edge[], now: readonly Edge[]): Edit[] {
  const key = (edge: Edge): string => `${edge.source}\u0000${edge.target}`
  const old = new Set(before.map(key))
  const fresh = new Set(now.map(key))
  return [...[...fresh].filter((edge) => !old.has(edge)), ...[...old].filter((edge) => !fresh.has(edge))].map(
    (edge) => `${word} ${edge}`,
  )
}

function constraintEdits(before: Constraints, now: Constraints): Edit[] {
  const edits = [
    ...edgeEdits('required', before.required, now.required),
    ...edgeEdits('forbidden', before.forbidden, now.forbidden),
  ]
  // Moving an edge from required to forbidden is one edit, not two.
  const edges = new Set(edits.map((edit) => edit.slice(edit.indexOf(' ') + 1)))
  const tiers = JSON.stringify(before.tiers) === JSON.stringify(now.tiers) ? [] : ['tiers']
  return [...edges, ...tiers]
}

const plain = (known: KnownTargets | undefined): string =>
  known && (known.genes.length > 0 || known.complete)
    ? JSON.stringify([[...known.genes].sort(), known.complete])
    : ''

function changedKeys<T>(
  before: Readonly<Record<string, T>>,
  now: Readonly<Record<string, T>>,
  same: (a: T | undefined, b: T | undefined) => boolean,
): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
    (key) => !same(before[key], now[key]),
  )
}

function readEdits(before: ReadOptionsInput, now: ReadOptionsInput): Edit[] {
  const { assignment: oldSamples = {}, excludedSamples: oldOut = [], ...oldRest } = before
  const { assignment: newSamples = {}, excludedSamples: newOut = [], ...newRest } = now
  const moved = changedKeys(oldSamples, newSamples, (a, b) => a === b)
  const out = [...newOut.filter((s) => !oldOut.includes(s)), ...oldOut.filter((s) => !newOut.includes(s))]
  const options = changedKeys<unknown>(
    oldRest,
    newRest,
    (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null),
  )
  return [...new Set([...moved, ...out]), ...options]
}

/** How many things differ between the draft a result was made from and the present one. Order never counts. */
export function countEdits(before: Draft, now: Draft): number {
  const { knownTargets: oldKnown, constraints: oldConstraints, ...oldScalars } = before.settings
  const { knownTargets: newKnown, constraints: newConstraints, ...newScalars } = now.settings
  const scalars = changedKeys<unknown>(oldScalars, newScalars, Object.is)
  const known = changedKeys(oldKnown, newKnown, (a, b) => plain(a) === plain(b))
  const read = before.read && now.read ? readEdits(before.read, now.read) : []
  return scalars.length + known.length + constraintEdits(oldConstraints, newConstraints).length + read.length
}
