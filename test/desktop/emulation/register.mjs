/** `node --import register.mjs out/main/desktop.js`: the bundle's `electron` becomes the emulation. */
import { register } from 'node:module'

register('./resolve-electron.mjs', import.meta.url)
