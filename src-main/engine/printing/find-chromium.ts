import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { AppError } from '../../../src-shared/contract/errors'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge']
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/**
 * The Chromium (or Chrome, or Edge) of this computer; CHROMIUM chooses one.
 * @throws AppError FILE_ACCESS, saying what can be done without one
 */
export function findChromium(): string {
  const chosen = process.env.CHROMIUM
  const found = chosen ? (starts(chosen) ? chosen : undefined) : candidates().find(starts)
  if (found !== undefined) return found
  throw new AppError(
    'FILE_ACCESS',
    'PDF and PNG are made by a Chromium, Chrome or Edge of this computer, and none was found. Install one, or set CHROMIUM to its path. Without one, save SVG or HTML and print it from any browser.',
  )
}

function candidates(): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...ELSEWHERE]
}

/** Ubuntu's `chromium-browser` may be a script that only asks for a snap: take what answers to --version. */
function starts(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    return false
  }
  if (process.platform === 'win32') return true
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
}
