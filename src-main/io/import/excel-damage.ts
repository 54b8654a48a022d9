import { matchCase, type Species } from './species'

const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)'
const DAY_MONTH = new RegExp(`^(\\d{1,2})[-/ ]${MONTH}([-/ ]\\d{2,4})?$`, 'i')
const MONTH_DAY = new RegExp(`^${MONTH}[-/ ](\\d{1,4})$`, 'i')
const DATE = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([ T]00:00(:00)?)?$|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$/
/** a RIKEN clone such as 2310009E13 read as a number */
const EXPONENT = /^\d(\.\d+)?E\+?\d{2}$/i

/** SEPT13 is a pseudogene without a SEPTIN name of its own kind and is left alone */
const SEPTINS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14])
const LAST_MARCHF = 11

export interface DamagedName {
  /** the names it may have been, by today's nomenclature (HGNC, MGI); one = it can be repaired, none = nothing known */
  readonly candidates: readonly string[]
}

/** Is this the trace of a spreadsheet that read a gene name as a date or number? */
export function damagedName(name: string, species: Species | null = null): DamagedName | null {
  if (!mayBeDamaged(name)) return null
  const dayMonth = DAY_MONTH.exec(name)
  if (dayMonth) return { candidates: dayMonth[3] ? [] : sources(dayMonth[2]!, Number(dayMonth[1]), species) }
  const monthDay = MONTH_DAY.exec(name)
  if (monthDay) return { candidates: sources(monthDay[1]!, Number(monthDay[2]), species) }
  return DATE.test(name) || EXPONENT.test(name) ? { candidates: [] } : null
}

/** Every pattern begins with a digit, or with a month of three or four letters and a separator behind it. */
function mayBeDamaged(name: string): boolean {
  const first = name.charCodeAt(0)
  return (
    (first >= ZERO && first <= NINE) || isSeparator(name.charCodeAt(3)) || isSeparator(name.charCodeAt(4))
  )
}

const ZERO = 48
const NINE = 57
const isSeparator = (code: number): boolean => code === 45 || code === 47 || code === 32

/** `1-Mar` was MARCH1 (MARCHF1) or MARC1 (MTARC1): never repaired by guess. Most others have one source. */
function sources(month: string, day: number, species: Species | null): string[] {
  const word = month.slice(0, 3).toLowerCase()
  const human: string[] = []
  if (word === 'sep' && SEPTINS.has(day)) human.push(`SEPTIN${day}`)
  if (word === 'sep' && day === 15) human.push('SELENOF')
  if (word === 'mar' && day >= 1 && day <= LAST_MARCHF) human.push(`MARCHF${day}`)
  if (word === 'mar' && day >= 1 && day <= 2) human.push(`MTARC${day}`)
  // the mouse has no DELEC1
  if (word === 'dec' && day === 1 && species !== 'mouse' && species !== 'rat') human.push('DELEC1')
  return human.map((symbol) => matchCase(symbol, species))
}
