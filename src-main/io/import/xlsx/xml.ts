import { AppError } from '../../../../src-shared/contract/errors'
import type { SourceFile } from '../types'
import { drained } from '../whole-file'

export interface XmlHandler {
  /** @param name without namespace prefix; @param tag the whole text between the angle brackets, for `attribute` */
  readonly open?: (name: string, tag: string) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

/** a tag is never longer in a workbook */
const LONGEST_TAG = 1_000_000

/**
 * Reads XML as it comes, without a tree: enough for the files of a workbook. A document type, the door of entity
 * bombs, is refused; entities are the five of XML and numbers. Yields after every piece, so that whoever drives it
 * decides when to go on.
 */
export async function* scanXml(
  file: SourceFile,
  chunks: AsyncIterable<Buffer>,
  handler: XmlHandler,
): AsyncGenerator<undefined> {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  for await (const chunk of chunks) {
    rest = scan(file, rest + decoder.decode(chunk, { stream: true }), handler)
    if (rest.length > LONGEST_TAG) throw wrong(file)
    yield undefined
  }
}

export const readXml = (
  file: SourceFile,
  chunks: AsyncIterable<Buffer>,
  handler: XmlHandler,
): Promise<void> => drained(scanXml(file, chunks, handler))

const wrong = (file: SourceFile): AppError =>
  new AppError(
    'DATA_FORMAT',
    `${file.name} is damaged: a part of the workbook is no proper XML. Open it in Excel and save it again.`,
  )

/** @returns what is left when a tag or a text is not complete */
function scan(file: SourceFile, text: string, handler: XmlHandler): string {
  let at = 0
  for (;;) {
    const start = text.indexOf('<', at)
    if (start < 0) return text.slice(at)
    if (text.startsWith('<!', start) || text.startsWith('<?', start)) {
      const end = special(file, text, start, handler)
      if (end < 0) return text.slice(at)
      at = end
      continue
    }
    const end = text.indexOf('>', start)
    if (end < 0) return text.slice(at)
    if (start > at && handler.text) handler.text(unescaped(text.slice(at, start)))
    if (text.charCodeAt(start + 1) === 47) handler.close?.(localName(text.slice(start + 2, end).trim()))
    else {
      const selfClosing = text.charCodeAt(end - 1) === 47
      const tag = text.slice(start + 1, selfClosing ? end - 1 : end)
      const name = localName(/^[^\s/]+/.exec(tag)?.[0] ?? '')
      handler.open?.(name, tag)
      if (selfClosing) handler.close?.(name)
    }
    at = end + 1
  }
}

/** Comments, processing instructions and CDATA. @returns the position behind it, -1 while it is incomplete */
function special(file: SourceFile, text: string, start: number, handler: XmlHandler): number {
  const [opening, closing] = (
    [
      ['<!--', '-->'],
      ['<![CDATA[', ']]>'],
      ['<?', '?>'],
    ] as const
  ).find(([each]) => text.startsWith(each, start)) ?? [null, null]
  if (opening === null) {
    if (text.length - start < 9) return -1
    throw wrong(file)
  }
  const end = text.indexOf(closing, start + opening.length)
  if (end < 0) return -1
  if (opening === '<![CDATA[') handler.text?.(text.slice(start + opening.length, end))
  return end + closing.length
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

export function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,4});/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return ENTITIES[entity] ?? whole
    const code =
      entity[1] === 'x' || entity[1] === 'X' ? parseInt(entity.slice(2), 16) : Number(entity.slice(1))
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** Value of an attribute in the text of a tag, by its local name. */
export function attribute(tag: string, name: string): string | null {
  for (const [, key, double, single] of tag.matchAll(/\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    if (localName(key!) === name) return unescaped(double ?? single ?? '')
  return null
}
