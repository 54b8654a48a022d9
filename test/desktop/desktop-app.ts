/**
 * One running desktop app, the same to a test whether it runs on the emulated `electron` module or on the real one.
 */
import type { Page } from '@playwright/test'

export interface DesktopApp {
  readonly page: Page
  /** The next system dialog is answered with this; without an answer it counts as cancelled. */
  answerDialog(answer: DialogAnswer): Promise<void>
  clickMenu(id: string): Promise<void>
  /** Ends the engine process from outside, as the system does when memory runs out. */
  killEngine(): Promise<void>
  /** Quits and waits until the process has ended. @returns its exit code */
  quit(): Promise<number | null>
}

export type DialogAnswer =
  | { readonly canceled: boolean; readonly filePaths: readonly string[] }
  | { readonly canceled: boolean; readonly filePath: string }
  | { readonly response: number }
