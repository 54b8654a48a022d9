/** What a report carries so that it can be opened in the program again. */
export interface CarriedProject {
  /** of a project file; null = none fits, and the sentence says so */
  readonly base64: string | null
  /** what of the project it holds, as a sentence */
  readonly note: string
}

const RECORD = '<script type="application/json" id="metacadi-record">'
const FOOTER_END = '</footer>'

/**
 * The page with the project in an inert block: base64 holds nothing that could end the block or run, and the type is not that
 * of a script.
 */
export function carryProject(page: string, { base64, note }: CarriedProject): string {
  if (!/^[A-Za-z0-9+/=]*$/.test(base64 ?? '') || !/^[\w .,:()'-]*$/.test(note))
    throw new RangeError('a report carries base64 and a plain sentence')
  const at = page.lastIndexOf(RECORD)
  const footer = page.lastIndexOf(FOOTER_END, at)
  if (at < 0 || footer < 0) throw new RangeError('the page has no record to put the project beside')
  const block =
    base64 === null ? '' : `<script type="application/json" id="metacadi-project">"${base64}"</script>\n`
  return `${page.slice(0, footer)} ${note}${page.slice(footer, at)}${block}${page.slice(at)}`
}

/** @returns the project file, or undefined when the page carries none */
export function carriedProject(page: string): Buffer | undefined {
  const base64 = /<script type="application\/json" id="metacadi-project">"([A-Za-z0-9+/=]*)"<\/script>/.exec(
    page,
  )?.[1]
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64')
}
