/** Draws build/icons/icon.png from icon.svg; run by hand after the mark has changed. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { chromium } from '@playwright/test'
import { CHROMIUM_ARGS, CHROMIUM_HINT, findChromium } from './chromium.mjs'

const SIZE = 512
const folder = resolve(import.meta.dirname, 'icons')
const executablePath = await findChromium()
if (!executablePath) throw new Error(CHROMIUM_HINT)

const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS })
const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } })
const svg = readFileSync(resolve(folder, 'icon.svg'), 'utf8').replace(
  '<svg ',
  `<svg width="${SIZE}" height="${SIZE}" `,
)
await page.setContent(`<body style="margin:0">${svg}</body>`)
await page.screenshot({ path: resolve(folder, 'icon.png'), omitBackground: true })
await browser.close()
