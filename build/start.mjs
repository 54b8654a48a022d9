/** `npm start`: the desktop app; where the Electron binary cannot be had, the same app in the browser. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './ensure-built.mjs'
import { installElectron } from './install-electron.mjs'

const root = resolve(import.meta.dirname, '..')
ensureBuilt()
const electron = await installElectron()
if (electron) {
  const app = spawn(electron, [root, ...process.argv.slice(2)], { stdio: 'inherit' })
  app.on('exit', (code) => process.exit(code ?? 1))
  process.on('SIGINT', () => app.kill('SIGINT'))
} else {
  console.log(
    'The Electron binary is not installed and cannot be downloaded: serving the same app to the browser instead.',
  )
  const given = process.argv.slice(2)
  process.argv.splice(2, given.length, 'serve', '--open', ...given)
  await import(pathToFileURL(resolve(root, 'out/main/cli.js')).href)
}
