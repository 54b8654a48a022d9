/** All parent sets up to a size among m candidates, in order of size, then lexicographic. */
export interface ParentSets {
  readonly count: number
  readonly candidates: number
  readonly maxParents: number
  /** [count] */
  readonly sizes: Int32Array
  /** [count, maxParents] candidate slots, ascending; unused entries −1 */
  readonly members: Int32Array
  /** [count] bit i = candidate slot i */
  readonly masks: Int32Array
}

/** @param candidates m ≤ 30 slots */
export function enumerateParentSets(candidates: number, maxParents: number): ParentSets {
  const rows: number[][] = []
  const extend = (set: number[], size: number): void => {
    if (set.length === size) {
      rows.push(set)
      return
    }
    for (let slot = (set.at(-1) ?? -1) + 1; slot < candidates; slot++) extend([...set, slot], size)
  }
  for (let size = 0; size <= Math.min(maxParents, candidates); size++) extend([], size)
  return toParentSets(rows, candidates, maxParents)
}

/** Given sets of candidate slots (each ascending). */
export function toParentSets(
  rows: readonly (readonly number[])[],
  candidates: number,
  maxParents: number,
): ParentSets {
  const width = Math.max(1, maxParents)
  const sizes = new Int32Array(rows.length)
  const members = new Int32Array(rows.length * width).fill(-1)
  const masks = new Int32Array(rows.length)
  rows.forEach((row, s) => {
    sizes[s] = row.length
    row.forEach((slot, i) => {
      members[s * width + i] = slot
      masks[s]! |= 1 << slot
    })
  })
  return { count: rows.length, candidates, maxParents: width, sizes, members, masks }
}
