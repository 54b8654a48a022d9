/**
 * For tests that need the real bundles (worker, engine process, web host, command line, desktop, renderer):
 * `await builtApp()` in `beforeAll` builds `out/` when it is missing or older than the sources, once for all
 * test files that run at the same time.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const root = resolve(import.meta.dirname, '../..')
const SOURCES = ['src-shared', 'src-main', 'src-renderer', 'electron.vite.config.ts', 'package.json']
const OUTPUTS = ['desktop', 'engine', 'worker', 'web', 'cli']
  .map((name) => `out/main/${name}.js`)
  .concat('out/preload/preload.cjs', 'out/renderer/index.html')
const LOCK = join(root, 'out/.building')
const LONGEST_BUILD_MS = 180_000

export interface BuiltApp {
  /** project root */
  readonly root: string
  /** absolute path of a file below `out/`, e.g. `main/cli.js` */
  readonly path: (name: string) => string
}

export async function builtApp(): Promise<BuiltApp> {
  if (isStale()) await buildOnce()
  return { root, path: (name) => join(root, 'out', name) }
}

function isStale(): boolean {
  const outputs = OUTPUTS.map((name) => join(root, name))
  if (!outputs.every((name) => existsSync(name))) return true
  const oldestOutput = Math.min(...outputs.map((name) => statSync(name).mtimeMs))
  return SOURCES.some((name) => newest(join(root, name)) > oldestOutput)
}

function newest(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** A folder can be made by one process only: it is the lock. */
async function buildOnce(): Promise<void> {
  mkdirSync(join(root, 'out'), { recursive: true })
  const deadline = Date.now() + LONGEST_BUILD_MS
  while (!tryLock()) {
    if (Date.now() > deadline) throw new Error(`Another build did not end. Remove ${LOCK} and try again.`)
    await delay(250)
  }
  try {
    if (isStale())
      await promisify(execFile)(
        process.execPath,
        [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'],
        {
          cwd: root,
          timeout: LONGEST_BUILD_MS,
        },
      )
  } finally {
    rmSync(LOCK, { recursive: true, force: true })
  }
}

function tryLock(): boolean {
  try {
    mkdirSync(LOCK)
    return true
  } catch {
    const age = Date.now() - (statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > LONGEST_BUILD_MS) rmSync(LOCK, { recursive: true, force: true })
    return false
  }
}
