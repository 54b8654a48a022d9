import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * The folder that holds `package.json`, `examples/` and `out/`: the project when run from sources or a clone,
 * the archive when run from the packaged app. Found by walking up, because the bundler moves this code.
 */
export function appRoot(): string {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error(`no package.json above ${import.meta.dirname}`)
    folder = parent
  }
  return folder
}

export const examplesDir = (): string => join(appRoot(), 'examples')

/** The learned model that comes with the program; `METACADI_MODEL_DIR` names another one, for its developers. */
export const modelDir = (): string => process.env.METACADI_MODEL_DIR || join(appRoot(), 'models', 'metacadi')

/** Where checkpoints live between sessions; `METACADI_DATA_DIR` overrides the platform's usual place. */
export function defaultDataDir(): string {
  const { METACADI_DATA_DIR, XDG_DATA_HOME, LOCALAPPDATA } = process.env
  if (METACADI_DATA_DIR) return METACADI_DATA_DIR
  if (process.platform === 'win32')
    return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'MetaCaDI')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'MetaCaDI')
  return join(XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'metacadi')
}
