export type Species = 'human' | 'mouse' | 'rat'

/** Human symbols are upper case, mouse and rat symbols capitalised; Ensembl names the species itself. */
export function speciesOf(genes: readonly string[]): Species | null {
  const looked = genes.slice(0, 2000)
  const share = (pattern: RegExp): number =>
    looked.filter((gene) => pattern.test(gene)).length / looked.length
  if (share(/^ENSG\d/) > 0.5) return 'human'
  if (share(/^ENSMUSG\d/) > 0.5) return 'mouse'
  if (share(/^ENSRNOG\d/) > 0.5) return 'rat'
  if (share(/^[A-Z][A-Z0-9-]*$/) > 0.7) return 'human'
  return share(/^[A-Z][a-z][a-z0-9-]*$/) > 0.7 ? 'mouse' : null
}

/** A human symbol written as the species writes it: SEPTIN1 is Septin1 in mouse and rat. */
export const matchCase = (symbol: string, species: Species | null): string =>
  species === 'mouse' || species === 'rat' ? symbol[0]! + symbol.slice(1).toLowerCase() : symbol
