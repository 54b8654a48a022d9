/**
 * Where the Electron binary is, without side effects: `require('electron')` would start a download when it is
 * missing, and that must never happen in the middle of a test or a start.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const folder = resolve(import.meta.dirname, '../node_modules/electron')

/** @returns {string | null} absolute path of the executable, or null when it is not installed */
export function electronBinary() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile) && !override) return null
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const binary = join(override ?? join(folder, 'dist'), name)
  return existsSync(binary) ? binary : null
}
