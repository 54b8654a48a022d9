import { exportText } from './names'
import type { Cell, Table } from './table'
import { xmlText } from './graphml'
import { zipFiles } from './zip'

/** Limits of the file format. */
const MOST_ROWS = 1_048_576
const MOST_CHARACTERS = 32_767

export interface Sheet {
  readonly name: string
  readonly table: Table
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/**
 * A workbook in Office Open XML (ECMA-376): one sheet per table with a frozen, bold, filterable head. Texts are inline
 * strings, so that none is ever read as a formula; missing numbers are empty cells.
 * @throws RangeError when a table has more rows than a sheet can have
 */
export function workbook(sheets: readonly Sheet[], date: string): Uint8Array {
  const files = new Map<string, string>()
  files.set(
    '[Content_Types].xml',
    `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${each(sheets, (_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPE}.worksheet+xml"/>`)}</Types>`,
  )
  files.set(
    '_rels/.rels',
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  )
  files.set(
    'xl/workbook.xml',
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${each(sheets, ({ name }, n) => `<sheet name="${xmlText(name)}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
  )
  files.set(
    'xl/_rels/workbook.xml.rels',
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${each(sheets, (_, n) => `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  )
  files.set('xl/styles.xml', STYLES)
  sheets.forEach(({ table }, index) => files.set(`xl/worksheets/sheet${index + 1}.xml`, worksheet(table)))
  return zipFiles(files, date)
}

/** Style 0: as it is; 1: bold, for the head. */
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

function each<T>(items: readonly T[], write: (item: T, number: number) => string): string {
  return items.map((item, index) => write(item, index + 1)).join('')
}

function worksheet({ columns, rows }: Table): string {
  if (rows.length + 1 > MOST_ROWS)
    throw new RangeError(`A sheet holds ${MOST_ROWS - 1} rows; the table has ${rows.length}.`)
  const head = row(1, columns, 1)
  const body = rows.map((cells, index) => row(index + 2, cells, 0)).join('')
  const last = `${columnName(columns.length - 1)}${rows.length + 1}`
  return `${HEAD}<worksheet xmlns="${MAIN}"><dimension ref="A1:${last}"/><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="${columns.length}" width="16" customWidth="1"/></cols><sheetData>${head}${body}</sheetData><autoFilter ref="A1:${last}"/></worksheet>`
}

function row(number: number, cells: readonly Cell[], style: number): string {
  const written = cells.map((cell, column) => {
    const place = `r="${columnName(column)}${number}"${style > 0 ? ` s="${style}"` : ''}`
    if (typeof cell === 'number') return Number.isFinite(cell) ? `<c ${place}><v>${cell}</v></c>` : ''
    const text = typeof cell === 'string' ? (cell === 'NA' ? '' : cell) : cell.text
    return text === ''
      ? ''
      : `<c ${place} t="inlineStr"><is><t xml:space="preserve">${cellText(text)}</t></is></c>`
  })
  return `<row r="${number}">${written.join('')}</row>`
}

/** `_x0041_` is how the format writes a character by its number, so text that looks like it is written that way itself. */
function cellText(text: string): string {
  const shortened = Array.from(exportText(text)).slice(0, MOST_CHARACTERS).join('').slice(0, MOST_CHARACTERS)
  return xmlText(shortened.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_'))
}

/** 0 → A, 25 → Z, 26 → AA. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter
}
