import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import { builtApp } from '../support/built-app'
import type { DesktopApp } from './desktop-app'

/** The bundles on the real Electron, with a profile of their own. */
export async function startElectronApp(executablePath: string): Promise<DesktopApp> {
  const { root } = await builtApp()
  const profile = mkdtempSync(join(tmpdir(), 'metacadi-electron-'))
  const app = await _electron.launch({
    executablePath,
    args: [root, `--user-data-dir=${profile}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    env: { ...process.env, METACADI_DATA_DIR: join(profile, 'data') },
  })
  const page = await app.firstWindow()
  return {
    page,
    answerDialog: (answer) =>
      app.evaluate(({ dialog }, given) => {
        const once = (name: 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox'): void => {
          const original = dialog[name].bind(dialog)
          Object.assign(dialog, {
            [name]: () => {
              Object.assign(dialog, { [name]: original })
              return Promise.resolve(given)
            },
          })
        }
        once(
          'response' in given ? 'showMessageBox' : 'filePaths' in given ? 'showOpenDialog' : 'showSaveDialog',
        )
      }, answer),
    clickMenu: (id) =>
      app.evaluate(({ Menu }, wanted) => {
        Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click()
      }, id),
    killEngine: () =>
      app.evaluate(({ app: electron }) => {
        const engine = electron.getAppMetrics().find((metric) => metric.name === 'MetaCaDI engine')
        if (!engine) throw new Error('no engine is running')
        process.kill(engine.pid, 'SIGKILL')
      }),
    quit: async () => {
      const child = app.process()
      await app.close()
      rmSync(profile, { recursive: true, force: true })
      return child.exitCode
    },
  }
}
