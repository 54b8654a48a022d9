import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Species with a table in `data/genes`. */
export const TABLE_SPECIES = ['human', 'mouse'] as const
export type TableSpecies = (typeof TABLE_SPECIES)[number]

/** What a name of a file is to the gene that it stands for. */
export type NameKind = 'symbol' | 'ensembl' | 'entrez' | 'previous' | 'alias'

export interface KnownName {
  readonly kind: NameKind
  /** current symbols of the genes that it can stand for; several = ambiguous */
  readonly symbols: readonly string[]
}

/** What the table says of the names of a file. */
export interface KnownNames {
  readonly species: TableSpecies
  /** by name as it stands in the file; names that the table does not know are absent */
  readonly of: ReadonlyMap<string, KnownName>
  /** current symbols of transcription factors among them */
  readonly factors: ReadonlySet<string>
}

/** order of trust: a current symbol is never taken for an older name of another gene */
const KINDS: readonly NameKind[] = ['symbol', 'ensembl', 'entrez', 'previous', 'alias']

const texts = new Map<TableSpecies, string | null>()

/** The table of a species (build/gene-tables/build.py says what it holds); null when it was not installed. */
function tableText(species: TableSpecies): string | null {
  const before = texts.get(species)
  if (before !== undefined) return before
  const path = tablePath(`${species}.tsv.gz`)
  const text = path === null ? null : gunzipSync(readFileSync(path)).toString('utf8')
  texts.set(species, text)
  return text
}

/** Found by walking up, because the bundler moves this code. */
function tablePath(name: string): string | null {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const path = join(folder, 'data', 'genes', name)
    if (existsSync(path)) return path
    if (dirname(folder) === folder) return null
  }
}

/**
 * Share of the names that are current symbols, by binary search in the table, which is sorted by symbol: tells in no time
 * whether a file has names of this species.
 * @returns 0 when there is no table
 */
export function shareOfSymbols(species: TableSpecies, names: readonly string[]): number {
  const text = tableText(species)
  if (text === null || names.length === 0) return 0
  return names.filter((name) => lineOf(text, name) !== null).length / names.length
}

/** The line of the gene with this current symbol. */
function lineOf(text: string, symbol: string): string | null {
  let low = text.indexOf('\n') + 1
  let high = text.length
  // a line starts at `low`, and at `high` or behind it
  while (low < high) {
    const start = Math.max(low, text.lastIndexOf('\n', (low + high) >> 1) + 1)
    const found = text.slice(start, text.indexOf('\t', start))
    if (found === symbol) return text.slice(start, text.indexOf('\n', start))
    if (found < symbol) low = text.indexOf('\n', start) + 1
    else high = start
  }
  return null
}

/** fewer names are searched for one by one before the whole table is read */
const FEW_NAMES = 2000

/** @returns what is known of the names when each is a current symbol, else null */
function allSymbols(species: TableSpecies, text: string, names: readonly string[]): KnownNames | null {
  if (names.length > FEW_NAMES) return null
  const of = new Map<string, KnownName>()
  const factors = new Set<string>()
  for (const name of names) {
    const line = lineOf(text, name)
    if (line === null) return null
    of.set(name, { kind: 'symbol', symbols: [name] })
    if (line.endsWith('\t1')) factors.add(name)
  }
  return { species, of, factors }
}

/**
 * Looks up the names of a file in one pass over the table, which keeps only what the file asks for.
 * @param keys [names] what to look for in place of each name, e.g. an Ensembl identifier without its version
 * @returns null when there is no table
 */
export function knownNames(
  species: TableSpecies,
  names: readonly string[],
  keys: readonly string[] = names,
): KnownNames | null {
  const text = tableText(species)
  if (text === null) return null
  const short = allSymbols(species, text, names)
  if (short) return short
  const wanted = new Map<string, string[]>()
  keys.forEach((key, at) => {
    const same = wanted.get(key)
    if (same) same.push(names[at]!)
    else wanted.set(key, [names[at]!])
  })
  const found = new Map<string, { kind: number; symbols: string[] }>()
  const factors = new Set<string>()
  for (let from = text.indexOf('\n') + 1; from < text.length;) {
    const to = text.indexOf('\n', from)
    const line = text.slice(from, to)
    from = to + 1
    const fields = line.split('\t')
    const symbol = fields[0]!
    let named = false
    for (let kind = 0; kind < KINDS.length; kind++) {
      const field = fields[kind]!
      if (field === '') continue
      for (const name of kind === 0 ? [symbol] : field.split('|')) {
        if (!wanted.has(name)) continue
        named = true
        const before = found.get(name)
        if (!before || before.kind > kind) found.set(name, { kind, symbols: [symbol] })
        else if (before.kind === kind && !before.symbols.includes(symbol)) before.symbols.push(symbol)
      }
    }
    if (named && fields[5] === '1') factors.add(symbol)
  }
  const of = new Map<string, KnownName>()
  for (const [key, { kind, symbols }] of found)
    for (const name of wanted.get(key)!) of.set(name, { kind: KINDS[kind]!, symbols })
  return { species, of, factors }
}
