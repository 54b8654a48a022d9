import { html, trusted, type Content, type Markup } from './markup'

export interface Column {
  readonly title: string
  readonly numeric?: boolean
}

/** A cell; `sort` is what sorting compares when the text shown is not the value. */
export interface Cell {
  readonly content: Content
  readonly sort?: number
}

export interface Table {
  readonly id: string
  readonly caption: Content
  /** without titles there is no head */
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  /** the first column names the row */
  readonly rowHeaders?: boolean
  /** sorting and filtering where scripts run */
  readonly interactive?: boolean
}

export function cell(content: Content, sort?: number): Cell {
  return { content, sort }
}

/** Tables of up to this many rows are not cut by a page break. */
const MOST_ROWS_KEPT_TOGETHER = 25

export function table(spec: Table): Markup {
  const { columns } = spec
  const hasHead = columns.some((column) => column.title !== '')
  const head = columns.map((column) => html`<th scope="col" ${numericClass(column)}>${column.title}</th>`)
  const rows = spec.rows.map((row) => [
    trusted('<tr>'),
    row.map((value, index) => cellMarkup(value, columns[index]!, spec.rowHeaders === true && index === 0)),
    trusted('</tr>\n'),
  ])
  const kept = spec.rows.length <= MOST_ROWS_KEPT_TOGETHER ? trusted('class="whole"') : null
  const interactive = spec.interactive ? trusted('data-interactive') : null
  return html`<div class="scroll" role="region" aria-labelledby="${spec.id}-caption" tabindex="0">
    <table id="${spec.id}" ${kept} ${interactive}>
      <caption id="${spec.id}-caption">
        ${spec.caption}
      </caption>
      ${hasHead && [trusted('<thead><tr>'), head, trusted('</tr></thead>')]}
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div> `
}

function cellMarkup(value: Cell, column: Column, isHeader: boolean): Markup {
  const sort = value.sort === undefined ? null : html` data-v="${String(Number(value.sort.toPrecision(5)))}"`
  const attributes = html`${numericClass(column)}${sort}`
  return isHeader
    ? html`<th scope="row" ${attributes}>${value.content}</th>`
    : html`<td${attributes}>${value.content}</td>`
}

function numericClass(column: Column): Markup | null {
  return column.numeric ? trusted(' class="n"') : null
}

/** A two-column list of names and values. */
export function factTable(
  id: string,
  caption: string,
  facts: readonly (readonly [string, Content])[],
): Markup {
  return table({
    id,
    caption,
    rowHeaders: true,
    columns: [{ title: '' }, { title: '' }],
    rows: facts.map(([name, value]) => [cell(name), cell(value)]),
  })
}

const BAR_WIDTH = 72

/** The bar beside a probability; the number beside it says the same. */
export function probabilityBar(value: number): Markup {
  const width = Number((Math.min(1, Math.max(0, value)) * BAR_WIDTH).toFixed(1))
  return trusted(
    `<svg class="bar" width="${BAR_WIDTH}" height="8" aria-hidden="true"><rect class="track" width="${BAR_WIDTH}" height="8" rx="2"/><rect class="value" width="${width}" height="8" rx="2"/></svg>`,
  )
}
