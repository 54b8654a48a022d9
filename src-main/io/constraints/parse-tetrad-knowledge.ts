import { AppError } from '../../../src-shared/contract/errors'
import type { Constraints, Edge } from '../../../src-shared/domain/constraints'

const SECTIONS = ['addtemporal', 'forbiddirect', 'requiredirect'] as const
type Section = (typeof SECTIONS)[number]

/**
 * Reads knowledge in the text form of Tetrad: `/knowledge`, then the sections `addtemporal` (tiers), `forbiddirect` and
 * `requiredirect`. `//` begins a comment, names with white space stand in double quotes. A tier marked with `*` forbids the
 * edges within it, which is what its pairs of forbidden edges say here.
 * @throws AppError DATA_FORMAT naming the line
 */
export function parseTetradKnowledge(text: string): Constraints {
  const required: Edge[] = []
  const forbidden: Edge[] = []
  const tiers: (string[] | undefined)[] = []
  let section: Section | null = null
  let started = false
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const words = wordsOf(line)
    const first = words[0]
    if (first === undefined) continue
    if (!started) {
      if (first !== '/knowledge') throw wrong(index, "it must begin with '/knowledge'")
      started = true
      continue
    }
    const found = SECTIONS.find((name) => words.length === 1 && name === first.toLowerCase())
    if (found) section = found
    else if (section === null) throw wrong(index, `'${first.slice(0, 40)}' is no section`)
    else if (section === 'addtemporal') {
      const tier = /^(\d+)(\*?)-?$/.exec(first)
      if (!tier) throw wrong(index, 'a tier begins with its number')
      const genes = words.slice(1)
      tiers[Number(tier[1]) - 1] = [...(tiers[Number(tier[1]) - 1] ?? []), ...genes]
      if (tier[2] === '*') forbidden.push(...pairsWithin(genes))
    } else {
      const [source, target] = words
      if (words.length !== 2 || !source || !target) throw wrong(index, 'an edge is two names')
      ;(section === 'forbiddirect' ? forbidden : required).push({ source, target })
    }
  }
  if (!started) throw wrong(0, "it must begin with '/knowledge'")
  return {
    required,
    forbidden,
    tiers: tiers.flatMap((tier) => (tier?.length ? [tier] : [])),
  }
}

/** Words between white space or commas; quotes keep a word together; `//` before a word ends the line. */
function wordsOf(line: string): string[] {
  const words: string[] = []
  for (const [word, quoted] of line.matchAll(/"([^"]*)"|[^\s,"]+/g)) {
    if (quoted === undefined && word.startsWith('//')) break
    words.push(quoted ?? word)
  }
  return words
}

const pairsWithin = (genes: readonly string[]): Edge[] =>
  genes.flatMap((source) => genes.flatMap((target) => (source === target ? [] : [{ source, target }])))

const wrong = (line: number, reason: string): AppError =>
  new AppError(
    'DATA_FORMAT',
    `Line ${line + 1} is not Tetrad knowledge: ${reason}. Save it from Tetrad as text, or use the JSON form.`,
    { line: line + 1 },
  )
