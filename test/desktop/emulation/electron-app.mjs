import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { record } from './control.mjs'

const root = resolve(import.meta.dirname, '../../..')
const profile = process.env.EMULATED_PROFILE

class App extends EventEmitter {
  isPackaged = process.env.EMULATED_PACKAGED === '1'
  commandLine = { appendSwitch: (name, value) => record('switch', { name, value }) }
  /** set by the window emulation, which must not be imported from here */
  closeWindows = async () => {}
  #quitting = false

  whenReady() {
    return Promise.resolve()
  }
  requestSingleInstanceLock() {
    return process.env.EMULATED_SECOND_INSTANCE !== '1'
  }
  enableSandbox() {
    record('sandbox', {})
  }
  getPath(name) {
    return join(profile, name)
  }
  getVersion() {
    return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
  }
  setAboutPanelOptions(options) {
    record('about', options)
  }
  quit() {
    if (this.#quitting) return
    let prevented = false
    this.emit('before-quit', { preventDefault: () => (prevented = true) })
    if (prevented) return
    this.#quitting = true
    void this.closeWindows().then(() => {
      this.emit('will-quit', { preventDefault: () => {} })
      process.exit(0)
    })
  }
}

export const app = new App()
