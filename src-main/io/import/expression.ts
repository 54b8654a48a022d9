/** Raw values with names; genes and samples are picked by index, the numbers stay where the reader put them. */
export interface Expression {
  readonly genes: readonly string[]
  readonly samples: readonly string[]
  /** no value is missing */
  readonly complete: boolean
  /** raw value, NaN = missing */
  readonly get: (gene: number, sample: number) => number
  /** genes lie in consecutive memory: loop over genes outside, samples inside */
  readonly genesOutside: boolean
}

/** Lets the host answer, report and cancel; rejects once the job is cancelled. */
export type Breathe = () => Promise<void>

/** about 20 ms of work */
const VALUES_PER_BREATH = 2 ** 19

/** Calls `visit` for every pair in the order in which the numbers lie in memory. */
export async function forEachValue(
  expression: Pick<Expression, 'get' | 'genesOutside'>,
  genes: ArrayLike<number>,
  samples: ArrayLike<number>,
  breathe: Breathe,
  visit: (value: number, genePosition: number, samplePosition: number) => void,
): Promise<void> {
  const { get, genesOutside } = expression
  const inner = genesOutside ? samples.length : genes.length
  let visited = 0
  for (let outer = 0; outer < (genesOutside ? genes.length : samples.length); outer++) {
    if (genesOutside) for (let s = 0; s < inner; s++) visit(get(genes[outer]!, samples[s]!), outer, s)
    else for (let g = 0; g < inner; g++) visit(get(genes[g]!, samples[outer]!), g, outer)
    visited += inner
    if (visited < VALUES_PER_BREATH) continue
    visited = 0
    await breathe()
  }
}

export const range = (length: number): Int32Array => Int32Array.from({ length }, (_, index) => index)

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
