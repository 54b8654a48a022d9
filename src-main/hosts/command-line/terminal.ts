import type { Progress } from '../../../src-shared/contract/engine-info'
import { ERRORS, type AppError } from '../../../src-shared/contract/errors'

/**
 * What a command writes. Standard output carries the answer and nothing else, so that it can be piped:
 * text for people, or one JSON object with --json. Everything about the way there goes to standard error:
 * a progress bar on a terminal, or one JSON object per line with --json.
 */
export interface Terminal {
  readonly json: boolean
  readonly progress: (progress: Progress) => void
  /** A remark for people; with --json an event. */
  readonly note: (text: string) => void
  readonly answer: (text: string, summary: object) => void
  readonly fail: (error: AppError, hint: string) => void
}

const BAR_WIDTH = 24

export function createTerminal(json: boolean): Terminal {
  const live = process.stderr.isTTY && !json
  let barShown = false
  const event = (value: object): void => void process.stderr.write(`${JSON.stringify(value)}\n`)
  const clearBar = (): void => {
    if (barShown) process.stderr.write('\r\u001b[K')
    barShown = false
  }
  return {
    json,
    progress: (progress) => {
      if (json) event({ type: 'progress', ...progress })
      else if (live) {
        process.stderr.write(`\r\u001b[K${progressLine(progress)}`)
        barShown = true
      }
    },
    note: (text) => {
      clearBar()
      if (json) event({ type: 'note', text })
      else process.stderr.write(`${text}\n`)
    },
    answer: (text, summary) => {
      clearBar()
      process.stdout.write(json ? `${JSON.stringify(summary)}\n` : text)
    },
    fail: (error, hint) => {
      clearBar()
      const { code, message, details } = error
      if (json) {
        event({ type: 'error', code, message, hint, details })
        return
      }
      process.stderr.write(`${ERRORS[code].title}: ${message}\n${hint === '' ? '' : `${hint}\n`}`)
      if (code === 'INTERNAL' && typeof details.stack === 'string')
        process.stderr.write(`Details:\n${details.stack}\n`)
    },
  }
}

export function progressLine({ stage, percent, etaSeconds }: Progress): string {
  const filled = Math.round((BAR_WIDTH * percent) / 100)
  const bar = '█'.repeat(filled) + '·'.repeat(BAR_WIDTH - filled)
  const left = etaSeconds === null || percent >= 100 ? '' : `  ${duration(etaSeconds)} left`
  return `${bar} ${String(Math.round(percent)).padStart(3)} %  ${stage}${left}`
}

export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : seconds.toFixed(0)} s`
  const minutes = Math.floor(seconds / 60)
  return `${minutes}:${String(Math.round(seconds - 60 * minutes)).padStart(2, '0')} min`
}

/** Columns padded to their widest cell; for tables of names and figures. */
export function columns(rows: readonly (readonly string[])[], indent = '  '): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? []
  return rows
    .map((row) =>
      `${indent}${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}
