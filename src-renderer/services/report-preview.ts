/**
 * The report's markup as nodes of this window. It comes from the engine, which escapes every text of the user's files; here
 * nothing but elements and attributes of a list is taken over, so that even a page gone wrong could neither run nor load
 * anything.
 */
const ELEMENTS = new Set(
  'a article bdi caption code dd details div dl dt em figcaption figure h1 h2 h3 h4 i li ol p pre section span strong summary table tbody td th thead tr ul'.split(
    ' ',
  ),
)
const DRAWING = new Set('svg g path rect circle line polyline text tspan title desc'.split(' '))
/** Each window has landmarks of its own: those of the page become plain parts. */
const PARTS = new Set(['header', 'main', 'footer'])
const ATTRIBUTES =
  /^(?:class|id|role|title|scope|tabindex|open|aria-[a-z]+|viewBox|width|height|[xyrd]|[xyr][xy12]|c[xy]|points|transform|opacity|fill|stroke(?:-[a-z]+)*|font-(?:size|family|style|weight)|text-anchor)$/
const SVG = 'http://www.w3.org/2000/svg'

/** @param markup elements as text, without style and script */
export function reportNodes(markup: string): DocumentFragment {
  const parsed = new DOMParser().parseFromString(`<body>${markup}</body>`, 'text/html')
  const fragment = document.createDocumentFragment()
  appendCopies(fragment, parsed.body)
  return fragment
}

function appendCopies(parent: Node, original: Node): void {
  for (const child of original.childNodes) {
    if (child instanceof Text) parent.appendChild(document.createTextNode(child.data))
    else if (child instanceof Element) {
      const copy = emptyCopy(child)
      if (!copy) continue
      appendCopies(copy, child)
      parent.appendChild(copy)
    }
  }
}

function emptyCopy(original: Element): Element | null {
  const name = original.localName
  const drawn = original.namespaceURI === SVG
  if (drawn ? !DRAWING.has(name) : !ELEMENTS.has(name) && !PARTS.has(name)) return null
  // Links that save data are for the saved page; here the menu saves.
  if (name === 'a' && (original.classList.contains('save') || original.classList.contains('skip')))
    return null
  const copy = drawn
    ? document.createElementNS(SVG, name)
    : document.createElement(PARTS.has(name) ? 'div' : name)
  if (PARTS.has(name)) copy.setAttribute('class', 'part')
  for (const { name: attribute, value } of original.attributes)
    if (ATTRIBUTES.test(attribute) || (attribute === 'href' && value.startsWith('#')))
      copy.setAttribute(attribute, value)
  return copy
}
