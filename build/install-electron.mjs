/**
 * Fetches the Electron binary with Electron's own installer, once. Electron has no postinstall any more, so that
 * `npm ci` never needs more than the package registry; this runs before `npm run dev` and `npm start` instead.
 * Without a network it says so in one line and ends well: the web host needs no binary.
 */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { electronBinary } from './electron-binary.mjs'

const DOWNLOAD_LIMIT_MS = 300_000
const REACH_LIMIT_MS = 5_000
const SOURCE =
  process.env.ELECTRON_MIRROR ??
  process.env.npm_config_electron_mirror ??
  'https://github.com/electron/electron/releases/'

/** @returns {Promise<string | null>} path of the binary, or null when it cannot be had */
export async function installElectron() {
  const present = electronBinary()
  if (present) return present
  if (!(await reachable(SOURCE))) return null
  console.log('Fetching the Electron binary (about 120 MB, once) …')
  const installer = resolve(import.meta.dirname, '../node_modules/electron/install.js')
  spawnSync(process.execPath, [installer], { stdio: 'ignore', timeout: DOWNLOAD_LIMIT_MS })
  return electronBinary()
}

async function reachable(address) {
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(REACH_LIMIT_MS) })
    return true
  } catch {
    return false
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href && !(await installElectron()))
  console.log(
    `The Electron binary is not installed and ${new URL(SOURCE).host} cannot be reached: use \`npm run demo\` for the app in a browser.`,
  )
