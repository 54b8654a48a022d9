export interface Element {
  readonly name: string
  /** as they stand in the tag */
  readonly attributes: string
  readonly children: readonly Node[]
}

/** Text (without entities) or an element. */
export type Node = string | Element

const WITHOUT_END = /^(?:br|hr|img|input|link|meta|!doctype)$/i

/**
 * The tree of markup that this program wrote: every element is closed, and `<` and `>` stand nowhere but around tags (the
 * contents of script and style apart, which are skipped whole).
 */
export function parseMarkup(markup: string): Node[] {
  const root: Node[] = []
  const open: { name: string; children: Node[] }[] = [{ name: '', children: root }]
  const clean = markup.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, '')
  for (const [, tag, text] of clean.matchAll(/(<[^>]*>)|([^<]+)/g)) {
    const top = open[open.length - 1]!
    if (tag === undefined) {
      top.children.push(unescaped(text!))
      continue
    }
    const [, closing, name, attributes] = /^<(\/?)([!\w-]+)([\s\S]*?)\/?>$/.exec(tag) ?? []
    if (name === undefined) continue
    if (closing === '/') {
      if (top.name === name && open.length > 1) open.pop()
      continue
    }
    const children: Node[] = []
    top.children.push({ name, attributes: attributes ?? '', children })
    if (!tag.endsWith('/>') && !WITHOUT_END.test(name)) open.push({ name, children })
  }
  return root
}

export function textOf(nodes: readonly Node[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : textOf(node.children))).join('')
}

const CHARACTERS: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
}

/** The entities that `escapeText` writes. */
const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => CHARACTERS[name]!)
