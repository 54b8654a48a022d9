import type { DesktopHost } from '../src-shared/contract/host'

declare global {
  interface Window {
    /** Present in the desktop window only; see src-main/preload. */
    readonly metacadi?: DesktopHost
  }
}
