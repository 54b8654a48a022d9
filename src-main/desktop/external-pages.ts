import { shell } from 'electron'
import type { ExternalPage } from '../../src-shared/contract/host'

/** The only addresses the app ever hands to the system's browser. */
const ADDRESSES: Readonly<Record<ExternalPage, string>> = {
  paper: 'https://arxiv.org/abs/2510.22298',
  source: 'https://arxiv.org/abs/2510.22298',
}

export function openExternalPage(page: ExternalPage): void {
  void shell.openExternal(ADDRESSES[page])
}
