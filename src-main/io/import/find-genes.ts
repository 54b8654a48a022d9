import type { FoundGene } from '../../../src-shared/contract/gene-table'
import { type KnownName, knownNames, TABLE_SPECIES, type TableSpecies } from '../genes/gene-table'
import { matchingName } from './gene-names'
import { speciesOf } from './species'

/**
 * Which genes of a file are meant by names that a person typed or pasted: as they stand, ignoring case and the version of
 * an identifier, and else through the table of the species, which knows older symbols, aliases and identifiers of either.
 *
 * @param names genes of the file, as displayed
 * @param ids as they stand in the file, where they differ
 */
export function findGenes(
  queries: readonly string[],
  names: readonly string[],
  ids: readonly string[] | null,
): FoundGene[] {
  const exact = new Set(names)
  const similar = new Map<string, string[]>()
  const note = (key: string, gene: string): void => {
    const same = similar.get(key)
    if (!same) similar.set(key, [gene])
    else if (!same.includes(gene)) same.push(gene)
  }
  names.forEach((gene, at) => {
    note(similarKey(gene), gene)
    if (ids) note(similarKey(ids[at]!), gene)
  })
  let table: TableSearch | null | undefined
  return queries.map((query): FoundGene => {
    if (exact.has(query)) return { query, genes: [query], by: 'name', known: [] }
    const close = similar.get(similarKey(query))
    if (close) return { query, genes: close, by: 'similar', known: [] }
    table ??= tableSearch(queries, names)
    const found = table?.of(query)
    if (!table || !found) return { query, genes: [], by: null, known: [] }
    const genes = found.symbols.flatMap((symbol) => table!.genesOf(symbol))
    return genes.length > 0
      ? { query, genes: [...new Set(genes)], by: found.kind, known: [] }
      : { query, genes: [], by: null, known: found.symbols }
  })
}

const similarKey = (name: string): string => matchingName(name.trim()).toUpperCase()

interface TableSearch {
  readonly of: (query: string) => KnownName | undefined
  /** genes of the file that stand for this current symbol */
  readonly genesOf: (symbol: string) => readonly string[]
}

/** The table of the species of the file; where its names say none, the one that knows more of them. */
function tableSearch(queries: readonly string[], names: readonly string[]): TableSearch | null {
  const species = speciesOf(names)
  if (species === 'rat') return null
  const tables = (species === null ? TABLE_SPECIES : [species])
    .map((each) => searchIn(each, queries, names))
    .filter((each) => each !== null)
    .sort((a, b) => b.size - a.size)
  return tables[0] ?? null
}

function searchIn(
  species: TableSpecies,
  queries: readonly string[],
  names: readonly string[],
): (TableSearch & { readonly size: number }) | null {
  const file = knownNames(species, names, names.map(matchingName))
  const asked = [...new Set(queries.flatMap((query) => spellings(query, species)))]
  const typed = knownNames(species, asked)
  if (!file || !typed) return null
  const genes = new Map<string, string[]>()
  for (const [name, { symbols }] of file.of)
    for (const symbol of symbols) genes.set(symbol, [...(genes.get(symbol) ?? []), name])
  return {
    size: file.of.size,
    of: (query) =>
      spellings(query, species)
        .map((name) => typed.of.get(name))
        .find((known) => known !== undefined),
    genesOf: (symbol) => genes.get(symbol) ?? [],
  }
}

/** As typed, without the version, and as the species writes its symbols: TP53 in human, Trp53 in mouse. */
function spellings(query: string, species: TableSpecies): string[] {
  const name = matchingName(query.trim())
  const usual =
    species === 'human' ? name.toUpperCase() : name.charAt(0).toUpperCase() + name.slice(1).toLowerCase()
  return [...new Set([query.trim(), name, usual, name.toUpperCase()])].filter((each) => each !== '')
}
