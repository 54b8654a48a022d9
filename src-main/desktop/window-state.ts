import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WindowState {
  readonly bounds: Area
  readonly maximized: boolean
}

export const SMALLEST_WINDOW = { width: 1024, height: 680 }
const USUAL_WINDOW = { width: 1440, height: 900 }
/** At least this much of the window must lie on a screen, or its title bar cannot be reached. */
const REACHABLE_PIXELS = 120

/** The stored state, or undefined when there is none or it cannot be used. */
export function readWindowState(file: string): WindowState | undefined {
  try {
    return asWindowState(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(state))
}

function asWindowState(value: unknown): WindowState | undefined {
  if (typeof value !== 'object' || value === null || !('bounds' in value)) return undefined
  const bounds = value.bounds
  if (typeof bounds !== 'object' || bounds === null) return undefined
  const { x, y, width, height } = bounds as Partial<Record<keyof Area, unknown>>
  if (!isWhole(x) || !isWhole(y) || !isWhole(width) || !isWhole(height)) return undefined
  return { bounds: { x, y, width, height }, maximized: 'maximized' in value && value.maximized === true }
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value)
}

/** Where to open the window: as it was left, unless that screen is gone or too small; then centred on the first one. */
export function placeWindow(state: WindowState | undefined, screens: readonly Area[]): Area {
  const screen = screens[0] ?? { x: 0, y: 0, ...USUAL_WINDOW }
  const bounds = state?.bounds
  if (bounds && screens.some((area) => isReachable(bounds, area)))
    return {
      ...bounds,
      width: Math.max(bounds.width, SMALLEST_WINDOW.width),
      height: Math.max(bounds.height, SMALLEST_WINDOW.height),
    }
  const width = Math.min(USUAL_WINDOW.width, screen.width)
  const height = Math.min(USUAL_WINDOW.height, screen.height)
  return {
    x: screen.x + Math.floor((screen.width - width) / 2),
    y: screen.y + Math.floor((screen.height - height) / 2),
    width,
    height,
  }
}

function isReachable(bounds: Area, screen: Area): boolean {
  const seenWidth = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x)
  const titleBarOnScreen = bounds.y >= screen.y && bounds.y <= screen.y + screen.height - REACHABLE_PIXELS
  return seenWidth >= REACHABLE_PIXELS && titleBarOnScreen
}
