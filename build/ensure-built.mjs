/**
 * Builds `out/` when it is missing or older than what it is made from, so that every script of a fresh clone
 * works without a build step of its own. Prints nothing unless the build fails: the caller's standard output
 * belongs to the caller.
 */
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = resolve(import.meta.dirname, '..')
const SOURCES = ['src-shared', 'src-main', 'src-renderer', 'package.json', 'electron.vite.config.ts']
const PRODUCTS = [
  'out/main/cli.js',
  'out/main/desktop.js',
  'out/main/engine.js',
  'out/main/shard-worker.js',
  'out/main/web.js',
  'out/main/worker.js',
  'out/main/reader.js',
  'out/main/memory-guard.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
]

function newest(path) {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return readdirSync(path).reduce((time, name) => Math.max(time, newest(join(path, name))), 0)
}

function isUpToDate() {
  if (!PRODUCTS.every((path) => existsSync(join(root, path)))) return false
  // The packaged app has no sources beside its build.
  const sources = SOURCES.map((path) => join(root, path)).filter((path) => existsSync(path))
  const oldestProduct = Math.min(...PRODUCTS.map((path) => statSync(join(root, path)).mtimeMs))
  return sources.every((path) => newest(path) <= oldestProduct)
}

/** Tests and scripts that start at the same time build once: a folder can be made by one process only. */
const LOCK = join(root, 'out.building')
const LONGEST_BUILD_MS = 180_000
const LOOK_AGAIN_MS = 200

function withLock(action) {
  for (;;) {
    try {
      mkdirSync(LOCK)
      break
    } catch {
      const made = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
      // Left behind by a process that was killed.
      if (Date.now() - made > LONGEST_BUILD_MS) rmSync(LOCK, { recursive: true, force: true })
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_AGAIN_MS)
    }
  }
  try {
    return action()
  } finally {
    rmSync(LOCK, { recursive: true, force: true })
  }
}

/** When the last build failed; tests that start at the same time do not all try it again. */
const FAILED = join(root, 'out.failed')
const FAILURE_COUNTS_MS = 120_000

/** The sources are those of a build that failed a moment ago. */
function hasJustFailed() {
  const failedAt = statSync(FAILED, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const sources = SOURCES.map((path) => join(root, path)).filter((path) => existsSync(path))
  return Date.now() - failedAt < FAILURE_COUNTS_MS && sources.every((path) => newest(path) < failedAt)
}

/** @returns {string | undefined} what the builder printed when it failed */
function build() {
  const scratch = mkdtempSync(join(tmpdir(), 'metacadi-build-'))
  const log = join(scratch, 'build.log')
  const output = openSync(log, 'w')
  const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const { status } = spawnSync(process.execPath, [builder, 'build'], {
    cwd: root,
    stdio: ['ignore', output, output],
    timeout: LONGEST_BUILD_MS,
  })
  const text = readFileSync(log, 'utf8')
  rmSync(scratch, { recursive: true, force: true })
  return status === 0 ? undefined : text
}

/** @param {(text: string) => void} announce told once when a build is needed: it takes some seconds */
export function ensureBuilt(announce = (text) => process.stderr.write(`${text}\n`)) {
  if (isUpToDate()) return
  const failure = withLock(() => {
    if (isUpToDate()) return undefined
    if (hasJustFailed()) return 'It was not tried again: these sources could not be built a moment ago.'
    announce('Building MetaCaDI (once after every change of its sources) …')
    const text = build()
    if (text === undefined) rmSync(FAILED, { force: true })
    else writeFileSync(FAILED, '')
    return text
  })
  if (failure === undefined) return
  process.stderr.write(`${failure}\nThe build failed.\n`)
  process.exit(1)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) ensureBuilt()
