import type { ReadOptionsInput } from '../../src-shared/contract/dataset-source'
import { entryKey, listConstraints } from '../../src-shared/domain/constraint-entries'
import type { Constraints } from '../../src-shared/domain/constraints'
import type { KnownTargets, RunSettings } from '../../src-shared/domain/run-settings'
import { edgeId } from './edge-list'

/** What a result depends on besides the files: the part of a project's state that makes results old when it changes. */
export interface Draft {
  readonly settings: RunSettings
  /** null when only a stored result is open */
  readonly read: ReadOptionsInput | null
}

type Edit = string

/** Moving an edge from required to forbidden, or a gene to another tier, is one edit. */
function constraintEdits(before: Constraints, now: Constraints): Edit[] {
  const said = (constraints: Constraints): Map<string, string> =>
    new Map(
      listConstraints(constraints).map((entry) =>
        'edge' in entry
          ? [`edge ${edgeId(entry.edge)}`, entry.kind]
          : [entryKey(entry), entry.kind === 'tier' ? String(entry.tier) : ''],
      ),
    )
  const [old, fresh] = [said(before), said(now)]
  return [...new Set([...old.keys(), ...fresh.keys()])].filter((key) => old.get(key) !== fresh.get(key))
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
  // why a sample is left out changes no result
  const {
    assignment: oldSamples = {},
    excludedSamples: oldOut = [],
    exclusionReasons: _oldWhy,
    ...oldRest
  } = before
  const {
    assignment: newSamples = {},
    excludedSamples: newOut = [],
    exclusionReasons: _newWhy,
    ...newRest
  } = now
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
