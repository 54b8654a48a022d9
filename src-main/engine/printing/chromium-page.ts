import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AppError } from '../../../src-shared/contract/errors'
import { findChromium } from './find-chromium'
import { withDensity } from './png-density'
import { withDate } from './pdf-date'

/** A page that takes longer than this will not come. */
const LIMIT_MS = 240_000

/** No profile of the user, no network, no window. As root, Chromium refuses its own sandbox. */
const ARGUMENTS = [
  '--headless',
  '--disable-gpu',
  '--no-first-run',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--hide-scrollbars',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

/**
 * Prints an HTML page of this program; the page's own `@page` decides the paper.
 * @param date ISO date that the file carries instead of the time of printing
 * @throws AppError FILE_ACCESS without a Chromium, INTERNAL when it fails, CANCELLED
 */
export async function printPage(html: string, date: string, signal: AbortSignal): Promise<Uint8Array> {
  const pdf = await render(
    html,
    'page.pdf',
    (file) => ['--no-pdf-header-footer', `--print-to-pdf=${file}`],
    signal,
  )
  return withDate(pdf, date)
}

/** A PDF whose one page is the figure. */
export function printFigure(
  svg: string,
  size: { readonly widthMm: number; readonly heightMm: number },
  date: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const style = `@page{size:${size.widthMm}mm ${size.heightMm}mm;margin:0}html,body{margin:0}svg{display:block}`
  return printPage(figurePage(svg, style), date, signal)
}

/** The figure as pixels that carry their density. */
export async function paintFigure(
  svg: string,
  size: { readonly widthMm: number; readonly heightMm: number },
  dpi: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const [width, height] = [size.widthMm, size.heightMm].map((mm) => Math.round((mm / 25.4) * dpi)) as [
    number,
    number,
  ]
  const style = `html,body{margin:0;background:#fff}svg{display:block;width:${width}px;height:${height}px}`
  const shot = (file: string): string[] => [
    `--window-size=${width},${height}`,
    '--force-device-scale-factor=1',
    `--screenshot=${file}`,
  ]
  return withDensity(await render(figurePage(svg, style), 'page.png', shot, signal), dpi)
}

const figurePage = (svg: string, style: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>Figure</title><style>${style}</style></head><body>${svg.replace(/^<\?xml[^>]*\?>\n/, '')}</body></html>`

async function render(
  html: string,
  name: string,
  output: (file: string) => string[],
  signal: AbortSignal,
): Promise<Uint8Array> {
  const chromium = findChromium()
  const folder = await mkdtemp(join(tmpdir(), 'metacadi-print-'))
  try {
    const page = join(folder, 'page.html')
    const file = join(folder, name)
    await writeFile(page, html)
    const profile = `--user-data-dir=${join(folder, 'profile')}`
    await run(chromium, [...ARGUMENTS, profile, ...output(file), pathToFileURL(page).href], signal)
    return await readFile(file)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError(
      'INTERNAL',
      'The browser of this computer did not make the page. Save SVG or HTML instead.',
      {
        error: error instanceof Error ? error.message : String(error),
      },
    )
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

function run(program: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    let messages = ''
    child.stderr.on('data', (chunk: Buffer) => (messages = (messages + chunk.toString()).slice(-4_000)))
    const stop = (): void => void child.kill('SIGKILL')
    const timer = setTimeout(stop, LIMIT_MS)
    signal.addEventListener('abort', stop, { once: true })
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      if (signal.aborted) reject(new AppError('CANCELLED', 'The job was cancelled.'))
      else if (code === 0) resolve()
      else reject(new Error(messages || `ended with ${code}`))
    })
  })
}
