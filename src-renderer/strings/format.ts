import { language } from './language'

/** Numbers and times as the interface writes them: true minus, thin units, never more digits than are known. */

const LOCALE = { en: 'en-US', de: 'de-DE' } as const
const CLOCK = { en: 'en-GB', de: 'de-DE' } as const
const grouped = new Intl.NumberFormat(LOCALE[language])
const MINUS = '\u2212'
const isGerman = language === 'de'

const withMinus = (text: string): string => text.replace('-', MINUS)
/** A number as `toFixed` writes it, with the decimal sign of the language. */
const withDecimal = (text: string): string => (isGerman ? text.replace('.', ',') : text)

/** 18,044 */
export function formatCount(value: number): string {
  return withMinus(grouped.format(value))
}

/** 1.36M, 948k: for columns in which the size counts and not the last digit */
export function formatCompact(value: number): string {
  if (Math.abs(value) < 1000) return formatCount(Math.round(value))
  const [unit, size] = Math.abs(value) >= 999_500 ? (['M', 1e6] as const) : (['k', 1e3] as const)
  return `${withDecimal(withMinus((value / size).toPrecision(3)))}${unit}`
}

/** "1 gene", "12 genes" */
export function formatNoun(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** Two decimals; values that would round to a certainty they do not have are written as bounds. */
export function formatProbability(value: number): string {
  if (Number.isNaN(value)) return '–'
  if (value > 0 && value < 0.005) return withDecimal('<0.01')
  if (value < 1 && value >= 0.995) return withDecimal('>0.99')
  return withDecimal(value.toFixed(2))
}

/** −0.56 */
export function formatNumber(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return '–'
  const text = value.toFixed(digits)
  return withDecimal(withMinus(Number(text) === 0 ? (0).toFixed(digits) : text))
}

/** +0.56, for differences and shifts */
export function formatSigned(value: number, digits = 2): string {
  const text = formatNumber(value, digits)
  return value > 0 && Number(value.toFixed(digits)) !== 0 ? `+${text}` : text
}

/** 0.71 to 0.99 */
export function formatInterval(low: number, high: number, digits = 2): string {
  return `${formatNumber(low, digits)} ${isGerman ? 'bis' : 'to'} ${formatNumber(high, digits)}`
}

/** 10 %, never broken across lines */
export function formatPercent(share: number): string {
  const percent = share * 100
  return `${percent < 1 && percent > 0 ? withDecimal(percent.toFixed(1)) : Math.round(percent)}\u00A0%`
}

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const

export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : withDecimal(value.toFixed(1))} ${UNITS[unit]!}`
}

/** "under 1 s", "12 s", "3 min 5 s", "2 h 10 min" */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return isGerman ? 'unter 1 s' : 'under 1 s'
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600)
    return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`
  const minutes = Math.round(whole / 60)
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** 12:04, with the date when it is not today */
export function formatTime(iso: string, now = new Date()): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return '–'
  const time = date.toLocaleTimeString(CLOCK[language], { hour: '2-digit', minute: '2-digit' })
  if (date.toDateString() === now.toDateString()) return time
  return `${date.toLocaleDateString(CLOCK[language], { day: 'numeric', month: 'short', year: 'numeric' })} ${time}`
}
