import { parseMarkup, textOf, type Element, type Node } from './markup-tree'

/**
 * The report as Markdown, from the HTML of the page, so that the two never say different things. Tables and lists stay,
 * figures become their title and description, and what only a browser can use (buttons, links that save data) is left out.
 */
export function reportMarkdown(page: string): string {
  const body = parseMarkup(page).filter((node) => typeof node !== 'string' && node.name === 'html')
  return `${blocks(body).join('\n\n')}\n`
}

const HEADINGS = ['h1', 'h2', 'h3', 'h4']
const PARAGRAPHS = ['p', 'figcaption', 'summary']
const INLINE = ['a', 'strong', 'b', 'i', 'em', 'code', 'span', 'bdi', 'br']
const LEFT_OUT = ['head', 'script', 'style', 'nav', 'button', 'footer']

function isLeftOut({ name, attributes }: Element): boolean {
  return LEFT_OUT.includes(name) || (name === 'a' && /class="(?:save|skip)"/.test(attributes))
}

/** Paragraphs, tables and lists, each one string; neighbouring inline content is one paragraph. */
function blocks(nodes: readonly Node[]): string[] {
  const found: string[] = []
  let line: Node[] = []
  const endLine = (): void => {
    const text = inline(line)
    if (text !== '') found.push(text)
    line = []
  }
  for (const node of nodes) {
    if (typeof node === 'string' || INLINE.includes(node.name)) {
      line.push(node)
      continue
    }
    endLine()
    found.push(...block(node))
  }
  endLine()
  return found
}

function block(element: Element): string[] {
  const { name, children } = element
  if (isLeftOut(element)) return []
  if (HEADINGS.includes(name)) return [`${'#'.repeat(Number(name[1]))} ${inline(children)}`]
  if (PARAGRAPHS.includes(name)) return blocks(children)
  if (name === 'ul' || name === 'ol') return [list(children)]
  if (name === 'table') return table(children)
  if (name === 'svg') return figure(element)
  if (name === 'pre') return [fenced(textOf(children))]
  return blocks(children)
}

function inline(nodes: readonly Node[]): string {
  const pieces = nodes.map((node): string => {
    if (typeof node === 'string') return escaped(node)
    if (isLeftOut(node) || node.name === 'svg') return ''
    if (node.name === 'code') return code(textOf(node.children))
    const text = inlineKeepingSpaces(node.children)
    if (text.trim() === '') return text
    if (node.name === 'strong' || node.name === 'b') return wrapped(text, '**')
    if (node.name === 'i' || node.name === 'em') return wrapped(text, '*')
    return text
  })
  return pieces.join('').replace(/\s+/g, ' ').trim()
}

/** Inner text of an inline element: its outer spaces separate words. */
function inlineKeepingSpaces(nodes: readonly Node[]): string {
  const text = inline(nodes)
  const raw = textOf(nodes)
  return `${/^\s/.test(raw) ? ' ' : ''}${text}${/\s$/.test(raw) ? ' ' : ''}`
}

/** Marks stand at the words, spaces outside of them. */
function wrapped(text: string, mark: string): string {
  const [, before, words, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text)!
  return `${before}${mark}${words}${mark}${after}`
}

/** Backticks in the text need a longer fence around it. */
function code(text: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), (run) => run[0].length))
  const fence = '`'.repeat(longest + 1)
  return longest > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`
}

function fenced(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), (run) => run[0].length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text.trimEnd()}\n${fence}`
}

function list(children: readonly Node[]): string {
  return elements(children)
    .map((item) => `- ${inline(item.children)}`)
    .join('\n')
}

function table(children: readonly Node[]): string[] {
  const caption = find(children, 'caption')
  const rows = all(children, 'tr').map((row) => elements(row.children).map((cell) => inline(cell.children)))
  const width = Math.max(0, ...rows.map((row) => row.length))
  if (width === 0) return []
  const hasHead = find(children, 'thead') !== undefined
  const head = hasHead ? rows[0]! : Array.from({ length: width }, () => '')
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const body = hasHead ? rows.slice(1) : rows
  const grid = [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n')
  return caption ? [wrapped(inline(caption.children), '**'), grid] : [grid]
}

function figure({ children, attributes }: Element): string[] {
  if (!attributes.includes('class="figure"')) return []
  const [title, description] = [find(children, 'title'), find(children, 'desc')]
  return [
    `*Figure: ${title ? inline(title.children) : ''}.* ${description ? inline(description.children) : ''}`,
  ]
}

const elements = (nodes: readonly Node[]): Element[] =>
  nodes.filter((node): node is Element => typeof node !== 'string')

function all(nodes: readonly Node[], name: string): Element[] {
  return elements(nodes).flatMap((node) => (node.name === name ? [node] : all(node.children, name)))
}

const find = (nodes: readonly Node[], name: string): Element | undefined => all(nodes, name)[0]

/** Characters that Markdown would read as its own, and the pipe of tables. */
const escaped = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~&]/g, (character) => `\\${character}`)
