/** Controls, halves of surrogate pairs, line separators and noncharacters: what breaks files in other programs. */
const BREAKING = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu

/** A name as other programs can read it: white space becomes a space, what would break a file becomes U+FFFD. */
export function exportText(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ').replace(BREAKING, '\ufffd')
}

/**
 * Names that can serve as identity in formats without ids: cleaned, never empty, and unique. A name that equals an earlier
 * one after cleaning gets a number.
 */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const clean = exportText(name).trim() || 'unnamed'
    let unique = clean
    for (let number = 2; taken.has(unique); number++) unique = `${clean} (${number})`
    taken.add(unique)
    return unique
  })
}
