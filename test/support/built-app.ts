/**
 * For tests that need the real bundles (worker, engine process, web host, command line, desktop, renderer):
 * `await builtApp()` in `beforeAll` builds `out/` when it is missing or older than the sources, once for all
 * test files that run at the same time.
 */
import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const root = resolve(import.meta.dirname, '../..')

export interface BuiltApp {
  /** project root */
  readonly root: string
  /** absolute path of a file below `out/`, e.g. `main/cli.js` */
  readonly path: (name: string) => string
}

export async function builtApp(): Promise<BuiltApp> {
  // In a process of its own: a build blocks, and the test runner wants to hear from its workers.
  await promisify(execFile)(process.execPath, [join(root, 'build/ensure-built.mjs')])
  return { root, path: (name) => join(root, 'out', name) }
}
