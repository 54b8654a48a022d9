const MINUS = '\u2212'
const NARROW_SPACE = '\u202f'

/** Two decimals; values that would round to 0 or 1 say so, and only exact constraints are written as 0 or 1. */
export function probability(value: number): string {
  if (Number.isNaN(value)) return 'n/a'
  if (value === 0 || value === 1) return String(value)
  if (value < 0.005) return '< 0.01'
  if (value >= 0.995) return '> 0.99'
  return value.toFixed(2)
}

/** With a sign and a true minus: `+1.3`, `−0.4`, `0.0`. */
export function signed(value: number, decimals = 1): string {
  if (!Number.isFinite(value)) return 'n/a'
  const text = Math.abs(value).toFixed(decimals)
  if (Number(text) === 0) return text
  return (value > 0 ? '+' : MINUS) + text
}

/** A number with a true minus. */
export function decimal(value: number, decimals = 2): string {
  if (!Number.isFinite(value)) return 'n/a'
  return value.toFixed(decimals).replace('-', MINUS)
}

/** `10 %`; decimals only where they say something. */
export function percent(share: number): string {
  const value = share * 100
  return `${Number(value.toFixed(value < 1 ? 1 : value < 10 && !Number.isInteger(value) ? 1 : 0))}${NARROW_SPACE}%`
}

/** `12,480`. */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `1 gene`, `12 genes`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

export function bytes(value: number): string {
  if (value < 1000) return `${value} bytes`
  if (value < 1e6) return `${(value / 1e3).toFixed(1)} kB`
  if (value < 1e9) return `${(value / 1e6).toFixed(1)} MB`
  return `${(value / 1e9).toFixed(1)} GB`
}

export function seconds(value: number): string {
  if (value < 0.0095) return '< 0.01 s'
  if (value < 10) return `${value.toFixed(2)} s`
  if (value < 120) return `${value.toFixed(0)} s`
  return `${(value / 60).toFixed(1)} min`
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)

/** `23 November 2026, 12:04 UTC`; the text itself when it is no ISO date. */
export function dateTime(iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
  return `${day}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`
}

export function year(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? '' : String(date.getUTCFullYear())
}

/** `A, B and C`; `A, B and 4 more` above the limit. */
export function listed(items: readonly string[], limit = 6): string {
  if (items.length === 0) return ''
  const shown = items.length > limit ? items.slice(0, limit - 1) : items
  const last = items.length > limit ? `${items.length - shown.length} more` : shown[shown.length - 1]!
  const head = items.length > limit ? shown : shown.slice(0, -1)
  return head.length === 0 ? last : `${head.join(', ')} and ${last}`
}
