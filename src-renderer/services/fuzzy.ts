/**
 * How well a label answers what was typed: every word of the query has to occur, as a whole word, at the start of a word,
 * inside one, or at least as letters in this order ("swf" finds "Show what-if"). The better the fit, the higher.
 *
 * @param words of the query, in lower case
 * @returns null when a word does not occur
 */
export function fuzzyScore(words: readonly string[], label: string): number | null {
  const text = label.toLowerCase()
  let total = 0
  for (const word of words) {
    const score = scoreOf(word, text)
    if (score === null) return null
    total += score
  }
  // of equal fits the shorter label is meant
  return total - text.length / 1000
}

const isBoundary = (text: string, at: number): boolean => at <= 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!)

function scoreOf(word: string, text: string): number | null {
  if (text === word) return 10
  let inside = false
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (isBoundary(text, at)) return at === 0 ? 8 : 6
    inside = true
  }
  if (inside) return 4
  return lettersInOrder(word, text)
}

/** Letters in order, most of them at the start of a word or right after the one before; a scattered match is none. */
function lettersInOrder(word: string, text: string): number | null {
  if (word.length < 2) return null
  let at = -1
  let good = 0
  for (const letter of word) {
    const wanted = nextPlace(text, letter, at)
    if (wanted < 0) return null
    if (wanted === at + 1 || isBoundary(text, wanted)) good++
    at = wanted
  }
  return good >= word.length - 1 ? 1 + good / word.length : null
}

/** The next letter right here, else at the start of a later word, else anywhere. */
function nextPlace(text: string, letter: string, after: number): number {
  if (text[after + 1] === letter) return after + 1
  for (let at = text.indexOf(letter, after + 1); at >= 0; at = text.indexOf(letter, at + 1))
    if (isBoundary(text, at)) return at
  return text.indexOf(letter, after + 1)
}
