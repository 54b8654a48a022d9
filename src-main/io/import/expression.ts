/** Numbers picked by gene and sample; they stay where the reader put them. */
export interface Values {
  /** NaN = missing */
  readonly get: (gene: number, sample: number) => number
  /** genes lie in consecutive memory: loop over genes outside, samples inside */
  readonly genesOutside: boolean
  /**
   * All values of one gene (`genesOutside`) or of one sample at once; where it can be had it is several times
   * faster than `get`
   */
  readonly line?: (index: number, into: Float64Array) => void
}

/** Raw values with names. */
export interface Expression extends Values {
  readonly genes: readonly string[]
  readonly samples: readonly string[]
  /** no value is missing */
  readonly complete: boolean
}

/** Lets the host answer, report and cancel; rejects once the job is cancelled. */
export type Breathe = () => Promise<void>

/** about 20 ms of work */
const VALUES_PER_BREATH = 2 ** 19

/**
 * Calls `visit` for one line after the other as the numbers lie in memory: a gene when genes lie outside, else a sample.
 * @param outside the lines wanted; inside: the indices that will be looked at within a line
 * @param visit gets all values of a line, indexed like `inside`'s entries, and the position of the line in `outside`
 */
export async function forEachLine(
  values: Values,
  outside: ArrayLike<number>,
  inside: ArrayLike<number>,
  breathe: Breathe,
  visit: (line: Float64Array, position: number) => void,
): Promise<void> {
  const { get, genesOutside } = values
  const buffer = new Float64Array(largestOf(inside) + 1)
  const fill =
    values.line ??
    ((index: number): void => {
      for (let at = 0; at < inside.length; at++) {
        const other = inside[at]!
        buffer[other] = genesOutside ? get(index, other) : get(other, index)
      }
    })
  let visited = 0
  for (let position = 0; position < outside.length; position++) {
    fill(outside[position]!, buffer)
    visit(buffer, position)
    visited += inside.length
    if (visited < VALUES_PER_BREATH) continue
    visited = 0
    await breathe()
  }
}

/** Calls `visit` for every pair in the order in which the numbers lie in memory. */
export async function forEachValue(
  values: Values,
  genes: ArrayLike<number>,
  samples: ArrayLike<number>,
  breathe: Breathe,
  visit: (value: number, genePosition: number, samplePosition: number) => void,
): Promise<void> {
  const inside = values.genesOutside ? samples : genes
  const outside = values.genesOutside ? genes : samples
  await forEachLine(values, outside, inside, breathe, (line, position) => {
    if (values.genesOutside) for (let s = 0; s < inside.length; s++) visit(line[inside[s]!]!, position, s)
    else for (let g = 0; g < inside.length; g++) visit(line[inside[g]!]!, g, position)
  })
}

function largestOf(indices: ArrayLike<number>): number {
  let largest = -1
  for (let at = 0; at < indices.length; at++) if (indices[at]! > largest) largest = indices[at]!
  return largest
}

export function range(length: number): Int32Array {
  const indices = new Int32Array(length)
  for (let index = 0; index < length; index++) indices[index] = index
  return indices
}

/** Names by their indices; `Array.from` of a typed array takes ten times as long. */
export function picked(names: readonly string[], indices: Int32Array): string[] {
  const taken = new Array<string>(indices.length)
  for (let at = 0; at < indices.length; at++) taken[at] = names[indices[at]!]!
  return taken
}

/** Appends what makes a repeated name different, first with `hint`, then with a number. */
export function uniqueNames(
  names: readonly string[],
  hint: (index: number) => string | null = () => null,
): string[] {
  const used = new Set<string>()
  const next = new Map<string, number>()
  return names.map((name, index) => {
    let unique = name
    const extra = hint(index)
    if (used.has(unique) && extra !== null) unique = `${name} (${extra})`
    const base = unique
    while (used.has(unique)) {
      const number = (next.get(base) ?? 1) + 1
      next.set(base, number)
      unique = `${base} (${number})`
    }
    used.add(unique)
    return unique
  })
}
