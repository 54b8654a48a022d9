/**
 * Markup that can only be made by escaping. Gene, sample, experiment and file names come from users' files, so every
 * text enters a page or a figure through `html` or through the SVG writer, and both escape it.
 */
export interface Markup {
  readonly markup: string
}

export type Content = string | number | Markup | null | undefined | false | readonly Content[]

/**
 * Controls, marks that reorder or hide the text around them, halves of surrogate pairs, line and paragraph separators,
 * and noncharacters: none can be seen, and XML forbids most of them even as entities.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu

/** Text as it can be shown anywhere: white space becomes a space, what cannot be seen becomes U+FFFD. */
export function cleanText(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ').replace(INVISIBLE, '\ufffd')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Safe as text and inside quoted attributes, in HTML and in XML. */
export function escapeText(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}

/** Marks a string as markup. Only for constants of this program and for what another writer has escaped. */
export function trusted(markup: string): Markup {
  return { markup }
}

export function render(content: Content): string {
  if (content === null || content === undefined || content === false) return ''
  if (typeof content === 'string') return escapeText(content)
  if (typeof content === 'number') return String(content)
  if ('markup' in content) return content.markup
  return content.map(render).join('')
}

/** The literal parts of a template without the indentation of the source. */
const unindented = new WeakMap<TemplateStringsArray, readonly string[]>()

function literalParts(strings: TemplateStringsArray): readonly string[] {
  let parts = unindented.get(strings)
  if (!parts) {
    parts = strings.map((part) => part.replace(/\n\s+/g, '\n'))
    unindented.set(strings, parts)
  }
  return parts
}

/** A template that escapes what is put into it: html`<td title="${name}">${name}</td>`. */
export function html(strings: TemplateStringsArray, ...values: Content[]): Markup {
  const parts = literalParts(strings)
  let markup = parts[0]!
  values.forEach((value, index) => (markup += render(value) + parts[index + 1]!))
  return trusted(markup)
}

/**
 * JSON that stays data inside a `<script type="application/json">` block, and in which nothing is invisible. Keys are
 * sorted, so that equal values give equal text.
 */
export function jsonForScript(value: unknown): Markup {
  const escaped = (character: string): string =>
    character === '\n'
      ? character
      : character
          .split('')
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join('')
  return trusted(JSON.stringify(value, sortedKeys, 1).replace(/[<>&\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped))
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The name as it fits a cell or a label: long names keep their start and end, which is where names differ. */
export function shortName(name: string, length = 32): string {
  const characters = Array.from(cleanText(name))
  if (characters.length <= length) return characters.join('')
  const tail = Math.max(2, Math.floor(length / 4))
  return `${characters.slice(0, length - tail - 1).join('')}…${characters.slice(-tail).join('')}`
}

/** A gene name: italic, isolated from the direction of the text around it, whole on hover when it was shortened. */
export function gene(name: string, length = 32): Markup {
  return named('i', name, length)
}

/** Any other name out of the user's files. */
export function label(name: string, length = 40): Markup {
  return named('span', name, length)
}

/** Names of up to this many characters stay on one line, in narrow columns too. */
const UNBROKEN = 18

function named(tag: 'i' | 'span', name: string, length: number): Markup {
  const short = shortName(name, length)
  const title = short === name ? null : html` title="${name}"`
  const kind = Array.from(short).length <= UNBROKEN ? 'name nb' : 'name'
  return html`<${trusted(tag)} class="${kind}"${title}><bdi>${short}</bdi></${trusted(tag)}>`
}
