import type { MenuEntry, MenuName } from '../../src-shared/contract/host'

/** One thing that the user can do, wherever it is offered. */
export interface Command extends MenuEntry {
  readonly menu: MenuName
  readonly run: () => void
}
