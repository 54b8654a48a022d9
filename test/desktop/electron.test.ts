import { describe } from 'vitest'
import { electronBinary } from '../../build/electron-binary.mjs'
import { startElectronApp } from './electron-app'
import { itServesItsUser } from './journeys'

const binary = electronBinary()
const noDisplay = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY
const reason = !binary ? 'the Electron binary is not installed' : noDisplay ? 'there is no display' : ''
if (reason) console.log(`Tests on the real Electron are skipped: ${reason}.`)

describe.skipIf(reason !== '')('The desktop app on the real Electron', () => {
  itServesItsUser(() => startElectronApp(binary!))
})
