const COMPARED_CHARACTERS = 64
/** comparing is quadratic in the length of names; a suggestion is a courtesy and may not take seconds */
const COMPARED_NAMES = 20_000

/** The name without folder, file ending and the suffixes that sequencing adds (`_S1_L001`, `.bam`). */
export function looseSuffixes(name: string): string {
  const base = name.trim().split(/[\\/]/).at(-1) ?? ''
  return base
    .replace(/\.(gz|bz2)$/i, '')
    .replace(/\.(bam|sam|cram|fastq|fq|txt|tsv|csv|counts?)$/i, '')
    .replace(/([._]sorted|Aligned\.sortedByCoord\.out|ReadsPerGene\.out)$/i, '')
    .replace(/_S\d+(_L\d{3})?(_R[12])?(_001)?$|_L\d{3}(_R[12])?(_001)?$/, '')
}

/** Names that differ only by case, punctuation, path or a sequencing suffix have the same key. */
export function looseKey(name: string): string {
  return looseSuffixes(name)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Letters to insert, delete, replace or swap with their neighbour to get from a to b (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  const x = a.slice(0, COMPARED_CHARACTERS)
  const y = b.slice(0, COMPARED_CHARACTERS)
  let beforeLast = new Int32Array(y.length + 1)
  let last = Int32Array.from({ length: y.length + 1 }, (_, column) => column)
  for (let i = 1; i <= x.length; i++) {
    const row = new Int32Array(y.length + 1)
    row[0] = i
    for (let j = 1; j <= y.length; j++) {
      const change = x[i - 1] === y[j - 1] ? 0 : 1
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + change)
      if (i > 1 && j > 1 && x[i - 1] === y[j - 2] && x[i - 2] === y[j - 1])
        best = Math.min(best, beforeLast[j - 2]! + 1)
      row[j] = best
    }
    beforeLast = last
    last = row
  }
  return last[y.length]!
}

/** The names most like `name`, best first; only those within half of its length. */
export function nearest(name: string, candidates: readonly string[], most = 3): string[] {
  const key = looseKey(name)
  const digits = (text: string): string => text.replace(/\D+/g, '').replace(/^0+/, '')
  return candidates
    .slice(0, COMPARED_NAMES)
    .map((candidate) => {
      const other = looseKey(candidate)
      // s7 is nearer to S07 than to s8: the number weighs more than its padding
      const sameNumber = digits(key) !== '' && digits(key) === digits(other) ? 0.75 : 0
      return { candidate, distance: editDistance(key, other) - sameNumber }
    })
    .filter(({ distance }) => distance <= Math.max(1, Math.ceil(key.length / 2)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ candidate }) => candidate)
}
