import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Change, Finding, FindingChoice } from '../../../src-shared/contract/dataset-summary'
import {
  type KnownNames,
  knownNames,
  type NameKind,
  shareOfSymbols,
  TABLE_SPECIES,
} from '../genes/gene-table'
import { count, diff, info, listed, plural, review } from './findings'
import { matchingName } from './gene-names'
import { speciesOf } from './species'

/** fewer known names are no sign of a species */
const LEAST_SHARE = 0.2
/** names looked at before a table is searched for all of them */
const SAMPLE = 200
const IDENTIFIER = /^(ENS(MUS)?G\d{11}|\d+)$/
/** of the known names: a file is then named by identifiers, not by symbols */
const IDENTIFIERS = 0.5

export interface SettledSymbols {
  readonly genes: readonly string[]
  /** name that is shown → name that stands in the file, where they differ */
  readonly originals: ReadonlyMap<string, string>
  /** shown names of transcription factors */
  readonly factors: ReadonlySet<string>
  readonly findings: readonly Finding[]
}

/**
 * Gene names against the table of the species: what older symbols, aliases and identifiers stand for. Names change only by
 * the user's choice, only where one gene is meant, and never so that two genes get the same name.
 * @param rows row of the file of each gene; null when genes are columns
 */
export function settleGeneSymbols(
  genes: readonly string[],
  rows: readonly number[] | null,
  options: Pick<ReadOptions, 'geneSymbols'>,
): SettledSymbols {
  const known = recognise(genes)
  if (!known) return { genes, originals: new Map(), factors: new Set(), findings: [] }
  const { renamed, blocked } = newNames(genes, known)
  const chosen = options.geneSymbols === 'current'
  const findings = [
    ...renameFinding(genes, rows, known, renamed, options.geneSymbols),
    ...ambiguousFinding(genes, known),
    ...blockedFinding(blocked, chosen),
  ]
  const shown = (gene: string): string => (chosen ? (renamed.get(gene) ?? gene) : gene)
  const factors = new Set<string>()
  for (const [name, { symbols }] of known.of)
    if (symbols.length === 1 && known.factors.has(symbols[0]!)) factors.add(shown(name))
  return {
    genes: chosen && renamed.size > 0 ? genes.map(shown) : genes,
    originals: new Map(chosen ? [...renamed].map(([before, after]) => [after, before]) : []),
    factors,
    findings,
  }
}

/** The species is what the names look like; where they look like none, the one whose table knows more of them. */
function recognise(genes: readonly string[]): KnownNames | null {
  const looks = speciesOf(genes)
  const species = looks === null ? TABLE_SPECIES : looks === 'rat' ? [] : [looks]
  const step = Math.ceil(genes.length / SAMPLE)
  const sample = genes.filter((_, at) => at % step === 0).map(matchingName)
  const identified = sample.filter((key) => IDENTIFIER.test(key)).length >= LEAST_SHARE * sample.length
  const likely = species.filter((each) => identified || shareOfSymbols(each, sample) >= LEAST_SHARE / 2)
  if (likely.length === 0) return null
  const keys = genes.map(matchingName)
  const best = likely
    .map((each) => knownNames(each, genes, keys))
    .filter((known) => known !== null)
    .sort((a, b) => b.of.size - a.of.size)[0]
  return best && best.of.size >= LEAST_SHARE * genes.length ? best : null
}

/** Current symbols of names that are none, where one gene is meant and its symbol is free. */
function newNames(
  genes: readonly string[],
  { of }: KnownNames,
): { renamed: Map<string, string>; blocked: string[] } {
  const taken = new Set(genes)
  const wanting = new Map<string, number>()
  const candidates = genes.filter((gene) => {
    const known = of.get(gene)
    return known !== undefined && known.kind !== 'symbol' && known.symbols.length === 1
  })
  const symbolOf = (gene: string): string => of.get(gene)!.symbols[0]!
  for (const gene of candidates) wanting.set(symbolOf(gene), (wanting.get(symbolOf(gene)) ?? 0) + 1)
  const renamed = new Map<string, string>()
  const blocked: string[] = []
  for (const gene of candidates) {
    const symbol = symbolOf(gene)
    if (taken.has(symbol) || wanting.get(symbol)! > 1) blocked.push(gene)
    else renamed.set(gene, symbol)
  }
  return { renamed, blocked }
}

function renameFinding(
  genes: readonly string[],
  rows: readonly number[] | null,
  known: KnownNames,
  renamed: ReadonlyMap<string, string>,
  option: ReadOptions['geneSymbols'],
): Finding[] {
  if (renamed.size === 0) return []
  const changes: Change[] = []
  genes.forEach((gene, at) => {
    const after = renamed.get(gene)
    if (after !== undefined)
      changes.push({
        where: rows ? `row ${count(rows[at]!)}` : `gene ${count(at + 1)}`,
        before: gene,
        after,
      })
  })
  const choice: FindingChoice = {
    option: 'geneSymbols',
    current: option,
    values: [
      { value: 'current', label: 'Show the current symbols', ...diff(changes) },
      { value: 'keep', label: 'Keep the names of the file', keeps: true },
    ],
  }
  const examples = changes.map(({ before, after }) => `${before} → ${after}`)
  const done =
    option === 'current'
      ? 'The current symbols are shown; the names of the file stay in the tables.'
      : 'They keep the name of the file.'
  const what = wordsOf(known, renamed)
  return [
    (what.identifiers ? info : review)('gene-symbols', `${what.text} (${listed(examples, 3)}). ${done}`, {
      count: renamed.size,
      examples,
      choice,
    }),
  ]
}

function wordsOf(
  { of, species }: KnownNames,
  renamed: ReadonlyMap<string, string>,
): { text: string; identifiers: boolean } {
  const kinds = new Map<NameKind, number>()
  for (const name of renamed.keys()) {
    const { kind } = of.get(name)!
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  }
  const identifiers = (kinds.get('ensembl') ?? 0) + (kinds.get('entrez') ?? 0)
  const many = plural(renamed.size, 'gene')
  if (identifiers > IDENTIFIERS * of.size) {
    const system = (kinds.get('ensembl') ?? 0) >= (kinds.get('entrez') ?? 0) ? 'Ensembl' : 'Entrez'
    return {
      text: `${many} ${renamed.size === 1 ? 'is' : 'are'} named by ${system} identifiers of ${species}`,
      identifiers: true,
    }
  }
  return {
    text: `${many} ${renamed.size === 1 ? 'has an older symbol or an alias' : 'have older symbols or aliases'} of ${species}`,
    identifiers: false,
  }
}

function ambiguousFinding(genes: readonly string[], { of }: KnownNames): Finding[] {
  const several = genes.filter((gene) => (of.get(gene)?.symbols.length ?? 0) > 1)
  if (several.length === 0) return []
  const one = several.length === 1
  const examples = several.map((gene) => `${gene} (${of.get(gene)!.symbols.slice(0, 4).join(' or ')})`)
  const text = `${plural(several.length, 'gene name')} can stand for several genes: ${listed(examples, 3)}. ${one ? 'It keeps its name' : 'They keep their names'}.`
  return [info('ambiguous-aliases', text, { count: several.length, examples })]
}

function blockedFinding(blocked: readonly string[], chosen: boolean): Finding[] {
  if (!chosen || blocked.length === 0) return []
  const text = `${plural(blocked.length, 'gene')} (${listed(blocked)}) ${blocked.length === 1 ? 'keeps its name' : 'keep their names'}, as another gene of the file has or would get the current symbol.`
  return [info('symbols-taken', text, { count: blocked.length, examples: blocked })]
}
