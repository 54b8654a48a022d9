/** Finds a Chromium for the browser tests and for printing reports; on Debian and Ubuntu as root it can install one. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge']
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

export const CHROMIUM_HINT =
  'No Chromium was found. Install one (Debian, Ubuntu: `apt-get install chromium`; anywhere: `npx playwright install chromium`) or set CHROMIUM to its path.'

/** As root Chromium refuses its own sandbox; a GPU is not needed. */
export const CHROMIUM_ARGS = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu']

/** @returns {Promise<string | null>} path of a Chromium that starts */
export async function findChromium() {
  if (process.env.CHROMIUM) return starts(process.env.CHROMIUM) ? process.env.CHROMIUM : null
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
  const own = await playwrightsOwn()
  return [...onPath, ...ELSEWHERE, ...own].find((path) => executable(path) && starts(path)) ?? null
}

/** Installs Debian's Chromium when this may be done without asking. */
export async function findOrInstallChromium() {
  const found = await findChromium()
  if (found || process.env.CHROMIUM || process.platform !== 'linux' || process.getuid?.() !== 0) return found
  const quiet = {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 240_000,
  }
  if (spawnSync('apt-get', ['--version'], quiet).status !== 0) return null
  console.log('No Chromium found: installing the one of the distribution …')
  spawnSync('apt-get', ['update', '-qq'], quiet)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet)
  return findChromium()
}

function executable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Ubuntu's `chromium-browser` may be a script that only asks for a snap: take what answers to --version. */
function starts(path) {
  if (process.platform === 'win32') return executable(path)
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
}

async function playwrightsOwn() {
  try {
    const { chromium } = await import('@playwright/test')
    return [chromium.executablePath()]
  } catch {
    return []
  }
}
