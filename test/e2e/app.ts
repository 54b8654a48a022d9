/** What every browser test starts from: the built app behind the real web host, in a fresh browser context. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test as base, type Page } from '@playwright/test'
import { builtApp } from '../support/built-app'
import { ExperimentsPage, GenesPage, ImportPage, QualityPage, ResultsPage, RunPage, StartPage } from './pages'

const root = resolve(import.meta.dirname, '../..')
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface App {
  readonly page: Page
  readonly start: StartPage
  readonly importing: ImportPage
  readonly experiments: ExperimentsPage
  readonly quality: QualityPage
  readonly genes: GenesPage
  readonly run: RunPage
  readonly results: ResultsPage
  /** Console errors, uncaught errors, refused requests and policy violations so far; must stay empty. */
  readonly problems: readonly string[]
  /** Chooses files in the dialog that `press` opens. */
  choose(press: () => Promise<void>, files: readonly { name: string; content: string }[]): Promise<void>
  /** Kills host and engine, starts another on the same data folder and opens its address. */
  crashAndRestart(): Promise<void>
  /** Kills the engine alone; the host starts another. */
  killEngine(): void
  /** Every rule of WCAG 2.2 A and AA on the screen as it is now, or contrast alone, which is what a theme can change. */
  accessibilityViolations(only?: 'contrast'): Promise<string[]>
}

interface Served {
  readonly address: string
  readonly stop: () => Promise<void>
  /** Kills host and engine at once; nothing of theirs runs any more. */
  readonly kill: () => Promise<void>
  readonly killEngine: () => void
}

/** The learned model of a test: none, or the tiny network of the fixtures, whose answers mean nothing. */
export type ModelOfTest = 'none' | 'stand-in'
const MODEL_FOLDER: Readonly<Record<ModelOfTest, string>> = {
  none: resolve(root, 'test/fixtures/model/absent'),
  'stand-in': resolve(root, 'test/fixtures/model/good'),
}

async function serve(cli: string, model: ModelOfTest, dataDir: string): Promise<Served> {
  const child: ChildProcess = spawn(process.execPath, [cli, 'serve', '--json'], {
    // A process group of its own, so that a test can kill the engine with its host.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, METACADI_DATA_DIR: dataDir, METACADI_MODEL_DIR: MODEL_FOLDER[model] },
  })
  for await (const line of createInterface({ input: child.stdout! })) {
    const answer: unknown = JSON.parse(line)
    if (typeof answer !== 'object' || answer === null || !('address' in answer)) continue
    return {
      address: String(answer.address),
      stop: async () => {
        child.kill('SIGINT')
        await once(child, 'exit')
      },
      kill: async () => {
        const ended = once(child, 'exit')
        if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL')
        else {
          process.kill(-child.pid, 'SIGKILL')
          await groupEnded(child.pid)
        }
        await ended
      },
      killEngine: () => process.kill(engineOf(child), 'SIGKILL'),
    }
  }
  throw new Error('The web host ended before it printed an address.')
}

/** The one process that a host starts at once. */
function engineOf(host: ChildProcess): number {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).split('\n')
  const [engine] =
    processes.map((line) => line.trim().split(/\s+/)).find(([, parent]) => parent === String(host.pid)) ?? []
  if (engine === undefined) throw new Error('The web host has no engine.')
  return Number(engine)
}

/** The engine ends after its host: the next one must not find it still ending. */
async function groupEnded(leader: number): Promise<void> {
  for (let look = 0; look < 50; look++) {
    try {
      process.kill(-leader, 0)
    } catch {
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function watch(page: Page): string[] {
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`))
  page.on('response', (response) => {
    if (response.status() >= 500) problems.push(`status ${response.status()}: ${response.url()}`)
  })
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (hostname !== '127.0.0.1' && protocol !== 'blob:') problems.push(`outside request: ${request.url()}`)
  })
  return problems
}

export const test = base.extend<{ app: App; model: ModelOfTest }>({
  model: ['none', { option: true }],
  app: async ({ page, model }, use) => {
    const built = await builtApp()
    const dataDir = mkdtempSync(join(tmpdir(), 'metacadi-e2e-'))
    const start = (): Promise<Served> => serve(built.path('main/cli.js'), model, dataDir)
    let served = await start()
    const problems = watch(page)
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`)
      })
    })
    // Tests press "Re-run" themselves; the one that is about it turns it on.
    await page.addInitScript(() => {
      if (localStorage.getItem('metacadi.rerun-at-once') === null)
        localStorage.setItem('metacadi.rerun-at-once', 'no')
    })
    await page.goto(served.address)
    await use({
      page,
      start: new StartPage(page),
      importing: new ImportPage(page),
      experiments: new ExperimentsPage(page),
      quality: new QualityPage(page),
      genes: new GenesPage(page),
      run: new RunPage(page),
      results: new ResultsPage(page),
      problems,
      choose: async (press, files) => {
        const chooser = page.waitForEvent('filechooser')
        await press()
        await (
          await chooser
        ).setFiles(
          files.map(({ name, content }) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })),
        )
      },
      crashAndRestart: async () => {
        // The page would report the lost connection; it is closed with its host.
        const before = problems.length
        await page.goto('about:blank')
        problems.length = before
        await served.kill()
        served = await start()
        await page.goto(served.address)
      },
      killEngine: () => served.killEngine(),
      accessibilityViolations: (only) => violations(page, only),
    })
    // What the page says about the end of its server is no finding.
    const reported = [...problems]
    // Stopped first: a failing expectation must not leave a server behind.
    await served.stop()
    rmSync(dataDir, { recursive: true, force: true })
    expect(reported, 'problems reported by the browser').toEqual([])
  },
})

/** Colours that fade in have arrived. */
const settled = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getTiming().iterations !== Infinity)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })

async function violations(page: Page, only?: 'contrast'): Promise<string[]> {
  await settled(page)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  return page.evaluate(async (contrastAlone) => {
    interface Axe {
      run(
        context: object,
        options: object,
      ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>
    }
    const { axe } = window as unknown as { axe: Axe }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    // The page of a report is looked at whole by test/report/browser.test.ts.
    const context = { exclude: [['[data-report-page]']] }
    const runOnly = contrastAlone
      ? { type: 'rule', values: ['color-contrast'] }
      : { type: 'tag', values: tags }
    const result = await axe.run(context, { runOnly })
    return result.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
    )
  }, only === 'contrast')
}

/** The expression table of the bundled screen, used as if it were the user's own. */
export const drugScreen = (): string =>
  readFileSync(resolve(root, 'examples/drug-screen/expression.csv'), 'utf8')

export { expect }
