import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  SMALLEST_WINDOW,
  placeWindow,
  readWindowState,
  writeWindowState,
} from '../../src-main/desktop/window-state'

const folder = mkdtempSync(join(tmpdir(), 'metacadi-window-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const screen = { x: 0, y: 0, width: 1920, height: 1080 }
const bounds = { x: 100, y: 50, width: 1300, height: 800 }

describe('The window state', () => {
  it('is read back as it was written', () => {
    const file = join(folder, 'new-folder/window.json')
    writeWindowState(file, { bounds, maximized: true })
    expect(readWindowState(file)).toEqual({ bounds, maximized: true })
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"bounds":null}',
    '{"bounds":{"x":1,"y":2,"width":"3","height":4}}',
    '{"bounds":{"x":1}}',
  ])('is ignored when the file holds %j', (text) => {
    const file = join(folder, 'broken.json')
    writeFileSync(file, text)
    expect(readWindowState(file)).toBeUndefined()
  })

  it('is ignored when there is no file', () => {
    expect(readWindowState(join(folder, 'none.json'))).toBeUndefined()
  })
})

describe('The window', () => {
  it('opens where it was left', () => {
    expect(placeWindow({ bounds, maximized: false }, [screen])).toEqual(bounds)
  })

  it('opens on a second screen where it was left there', () => {
    const second = { x: -1600, y: 0, width: 1600, height: 1200 }
    const left = { ...bounds, x: -1500 }
    expect(placeWindow({ bounds: left, maximized: false }, [screen, second])).toEqual(left)
  })

  it.each([
    ['the screen is gone', { ...bounds, x: 5000 }],
    ['its title bar would lie above the screen', { ...bounds, y: -400 }],
    ['only a sliver would be seen', { ...bounds, x: 1900 }],
  ])('opens in the middle of the first screen when %s', (_why, left) => {
    expect(placeWindow({ bounds: left, maximized: false }, [screen])).toEqual({
      x: 240,
      y: 90,
      width: 1440,
      height: 900,
    })
  })

  it('is never smaller than its layout allows', () => {
    const placed = placeWindow({ bounds: { ...bounds, width: 500, height: 400 }, maximized: false }, [screen])
    expect(placed.width).toBe(SMALLEST_WINDOW.width)
    expect(placed.height).toBe(SMALLEST_WINDOW.height)
  })

  it('fits a screen smaller than its usual size', () => {
    const placed = placeWindow(undefined, [{ x: 0, y: 0, width: 1280, height: 720 }])
    expect(placed).toEqual({ x: 0, y: 0, width: 1280, height: 720 })
  })
})
