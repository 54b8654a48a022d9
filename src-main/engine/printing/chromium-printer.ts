import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AppError } from '../../../src-shared/contract/errors'
import { findChromium } from './find-chromium'
import type { PagePrinter } from './page-printer'

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

/** Makes pages with the Chromium of this computer, started for each. */
export const chromiumPrinter: PagePrinter = {
  pdf: (html, signal) =>
    render(html, 'page.pdf', (file) => ['--no-pdf-header-footer', `--print-to-pdf=${file}`], signal),
  png: (html, { width, height }, signal) =>
    render(
      html,
      'page.png',
      (file) => [`--window-size=${width},${height}`, '--force-device-scale-factor=1', `--screenshot=${file}`],
      signal,
    ),
}

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
