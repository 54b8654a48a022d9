import { count, quoted, review } from './findings'
import type { Finding } from '../../../src-shared/contract/dataset-summary'

const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)'
const DAY_MONTH = new RegExp(`^(\\d{1,2})[-/ ]${MONTH}([-/ ]\\d{2,4})?$`, 'i')
const MONTH_DAY = new RegExp(`^${MONTH}[-/ ](\\d{1,4})$`, 'i')
const DATE = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([ T]00:00(:00)?)?$|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$/
/** a RIKEN clone such as 2310009E13 read as a number */
const EXPONENT = /^\d(\.\d+)?E\+?\d{2}$/i

/** SEPT13 is a pseudogene without a SEPTIN name of its own kind and is left alone */
const SEPTINS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14])

export interface DamagedName {
  /** the name it probably was, by today's nomenclature; null when several are possible */
  readonly suggestion: string | null
}

/** Is this the trace of a spreadsheet that read a gene name as a date or number? */
export function damagedName(name: string): DamagedName | null {
  const dayMonth = DAY_MONTH.exec(name)
  if (dayMonth) return { suggestion: dayMonth[3] ? null : suggest(dayMonth[2]!, Number(dayMonth[1])) }
  const monthDay = MONTH_DAY.exec(name)
  if (monthDay) return { suggestion: suggest(monthDay[1]!, Number(monthDay[2])) }
  return DATE.test(name) || EXPONENT.test(name) ? { suggestion: null } : null
}

/** `1-Mar` was MARCH1 (MARCHF1) or MARC1 (MTARC1): never repaired by guess. The others have one source. */
function suggest(month: string, day: number): string | null {
  const word = month.slice(0, 3).toLowerCase()
  if (word === 'sep' && SEPTINS.has(day)) return `SEPTIN${day}`
  if (word === 'dec' && day === 1) return 'DELEC1'
  return null
}

/** @param rows row of the file of each gene; null when genes are columns */
export function damageFindings(genes: readonly string[], rows: readonly number[] | null): Finding[] {
  const damaged: { name: string; where: string; suggestion: string | null }[] = []
  genes.forEach((name, gene) => {
    const found = damagedName(name)
    if (!found) return
    const where = rows ? `row ${count(rows[gene]!)}` : `gene ${count(gene + 1)}`
    damaged.push({ name, where, suggestion: found.suggestion })
  })
  if (damaged.length === 0) return []
  const [first] = damaged
  const one = damaged.length === 1
  const text =
    `${count(damaged.length)} gene ${one ? 'name looks like a date' : 'names look like dates'} ` +
    `(${first!.where}: ${quoted(first!.name)}). Excel probably changed ${one ? 'it' : 'them'}. ` +
    'Review the suggestions, or export the table again as text.'
  const examples = damaged.map(
    ({ name, suggestion }) => `${name} → ${suggestion ?? 'several genes possible'}`,
  )
  return [review('excel-dates', text, { count: damaged.length, examples })]
}
