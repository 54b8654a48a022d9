import { posix } from 'node:path'
import { AppError } from '../../../../src-shared/contract/errors'
import type { ReadRequest, SourceFile } from '../types'
import { attribute, readXml } from './xml'
import { openZip, type Zip } from './zip'

export interface SheetInfo {
  readonly name: string
  readonly path: string
  readonly hidden: boolean
}

/** How a date cell is shown: what a gene name that Excel took for a date looks like. */
export type DateLook = 'day-month' | 'month-year' | 'date'

export interface Workbook {
  readonly sheets: readonly SheetInfo[]
  readonly strings: readonly string[]
  /** by the number of a cell's style; null = no date */
  readonly dateLooks: readonly (DateLook | null)[]
  /** days are counted from 1904, as old Macintosh workbooks do */
  readonly from1904: boolean
  readonly sheet: (info: SheetInfo) => AsyncGenerator<Buffer>
  readonly close: () => Promise<void>
}

export async function openWorkbook(file: SourceFile, path: string, request: ReadRequest): Promise<Workbook> {
  const zip = await openZip(file, path, request.limits)
  try {
    const { sheets, from1904 } = await readSheets(file, zip)
    const strings = await readStrings(file, zip, request)
    const dateLooks = await readStyles(file, zip)
    return {
      sheets,
      strings,
      dateLooks,
      from1904,
      sheet: (info) => part(file, zip, info.path),
      close: zip.close,
    }
  } catch (error) {
    await zip.close()
    throw error
  }
}

function part(file: SourceFile, zip: Zip, name: string): AsyncGenerator<Buffer> {
  const content = zip.read(name)
  if (content) return content
  throw new AppError(
    'DATA_FORMAT',
    `${file.name} is damaged: the workbook has no part '${name}'. Open it in Excel and save it again.`,
  )
}

async function relations(file: SourceFile, zip: Zip, of: string): Promise<Map<string, string>> {
  const folder = posix.dirname(of)
  const found = new Map<string, string>()
  const content = zip.read(`${folder === '.' ? '' : `${folder}/`}_rels/${posix.basename(of)}.rels`)
  if (!content) return found
  await readXml(file, content, {
    open: (name, tag) => {
      const id = attribute(tag, 'Id')
      const target = attribute(tag, 'Target')
      if (name !== 'Relationship' || id === null || target === null) return
      found.set(id, target.startsWith('/') ? target.slice(1) : posix.normalize(posix.join(folder, target)))
    },
  })
  return found
}

async function readSheets(file: SourceFile, zip: Zip): Promise<{ sheets: SheetInfo[]; from1904: boolean }> {
  const main = zip.names.find((name) => /^(xl\/)?workbook\.xml$/i.test(name)) ?? 'xl/workbook.xml'
  const paths = await relations(file, zip, main)
  const sheets: SheetInfo[] = []
  let from1904 = false
  await readXml(file, part(file, zip, main), {
    open: (name, tag) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attribute(tag, 'date1904') ?? '')
      if (name !== 'sheet') return
      const path = paths.get(attribute(tag, 'id') ?? '')
      // charts and macro sheets have parts of other kinds
      if (!path?.includes('worksheets/')) return
      const state = attribute(tag, 'state')
      sheets.push({ name: attribute(tag, 'name') ?? '', path, hidden: state !== null && state !== 'visible' })
    },
  })
  return { sheets, from1904 }
}

async function readStrings(file: SourceFile, zip: Zip, { limits }: ReadRequest): Promise<string[]> {
  const content = zip.read('xl/sharedStrings.xml')
  if (!content) return []
  const strings: string[] = []
  let text = ''
  let inText = false
  let phonetic = 0
  let length = 0
  await readXml(file, content, {
    open: (name) => {
      if (name === 'si') text = ''
      else if (name === 't') inText = phonetic === 0
      else if (name === 'rPh') phonetic++
    },
    text: (piece) => {
      if (inText) text += piece
    },
    close: (name) => {
      if (name === 't') inText = false
      else if (name === 'rPh') phonetic--
      else if (name === 'si') {
        strings.push(text)
        length += 2 * text.length + 32
        if (length > limits.tableBytes)
          throw new AppError(
            'RESOURCE_LIMIT',
            `${file.name} holds more text than there is memory. Save only the sheet with the values, as CSV.`,
          )
      }
    },
  })
  return strings
}

/** Built-in formats of dates (ECMA-376 part 1, 18.8.30) and own ones whose code has days, months or years. */
async function readStyles(file: SourceFile, zip: Zip): Promise<(DateLook | null)[]> {
  const content = zip.read('xl/styles.xml')
  if (!content) return []
  const own = new Map<number, string>()
  const looks: (DateLook | null)[] = []
  let inCellFormats = false
  await readXml(file, content, {
    open: (name, tag) => {
      if (name === 'numFmt') own.set(Number(attribute(tag, 'numFmtId')), attribute(tag, 'formatCode') ?? '')
      else if (name === 'cellXfs') inCellFormats = true
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attribute(tag, 'numFmtId') ?? '0')
        looks.push(lookOf(id, own.get(id) ?? null))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return looks
}

function lookOf(id: number, code: string | null): DateLook | null {
  if (code !== null) {
    const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '').toLowerCase()
    if (!/[dmy]/.test(bare) || /[#0?]/.test(bare)) return null
    if (!bare.includes('y')) return bare.includes('d') ? 'day-month' : null
    return bare.includes('d') ? 'date' : 'month-year'
  }
  if (id === 16) return 'day-month'
  if (id === 17) return 'month-year'
  return (id >= 14 && id <= 22 && id !== 18 && id !== 19 && id !== 20 && id !== 21) || (id >= 27 && id <= 36)
    ? 'date'
    : null
}
