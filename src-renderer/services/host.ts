import { AppError, ERRORS, fromErrorFrame, type ErrorCode } from '../../src-shared/contract/errors'
import {
  UPLOAD_NAME_HEADER,
  UPLOAD_PATH,
  type ExternalPage,
  type FilePurpose,
  type GrantedFileHandle,
  type MenuDescription,
} from '../../src-shared/contract/host'
import { text } from '../strings'

/** What the window asks of the machine it runs on, the same for both hosts. */
export interface Host {
  readonly kind: 'desktop' | 'web'
  chooseFiles(purpose: FilePurpose): Promise<readonly GrantedFileHandle[]>
  grantDropped(file: File): Promise<GrantedFileHandle>
  /** Where a project is to be saved; null when the user changed their mind. Only where the host can save to a place. */
  chooseProjectTarget(name: string): Promise<GrantedFileHandle | null>
  /** @returns the name it was saved under; null when the user changed their mind */
  save(name: string, bytes: Uint8Array, mediaType: string): Promise<string | null>
  onMenuCommand(listener: (id: string) => void): () => void
  /** The desktop's own menu; a browser page draws its menu bar itself. */
  showMenu(menus: MenuDescription): void
  openExternal(page: ExternalPage): void
  /** The desktop restarts an engine that does not answer a cancel; the web host watches its engine itself. */
  reportUnansweredCancel(): void
}

const ACCEPT: Record<FilePurpose, string> = {
  tables: '.csv,.tsv,.txt,.tab,.gz,.json,.xlsx,.h5ad,.h5,.mtx,.metacadi,.html',
  sheet: '.csv,.tsv,.txt,.tab,.gz,.xlsx',
  constraints: '.json,.txt,.prior,.knowledge',
}

const PAGES: Record<ExternalPage, string> = {
  paper: 'https://arxiv.org/abs/2510.22298',
  source: 'https://arxiv.org/abs/2510.22298',
}

function isErrorFrame(value: unknown): value is { code: ErrorCode; message: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'message' in value &&
    typeof value.message === 'string' &&
    Object.hasOwn(ERRORS, String(value.code))
  )
}

function isGranted(value: unknown): value is GrantedFileHandle {
  return typeof value === 'object' && value !== null && 'handle' in value && typeof value.handle === 'string'
}

async function upload(file: File): Promise<GrantedFileHandle> {
  let response: Response
  try {
    response = await fetch(UPLOAD_PATH, {
      method: 'POST',
      body: file,
      headers: {
        'content-type': 'application/octet-stream',
        [UPLOAD_NAME_HEADER]: encodeURIComponent(file.name),
      },
    })
  } catch {
    throw new AppError('DISCONNECTED', text.errors.uploadFailed(file.name))
  }
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok && isGranted(answer)) return answer
  if (isErrorFrame(answer)) throw fromErrorFrame({ ...answer, details: {} })
  throw new AppError('FILE_ACCESS', text.errors.uploadRefused(file.name), { status: response.status })
}

function pickFiles(purpose: FilePurpose): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = ACCEPT[purpose]
    input.multiple = purpose === 'tables'
    input.hidden = true
    const finish = (): void => {
      resolve([...(input.files ?? [])])
      input.remove()
    }
    input.addEventListener('change', finish)
    input.addEventListener('cancel', finish)
    document.body.append(input)
    input.click()
  })
}

const webHost: Host = {
  kind: 'web',
  chooseFiles: async (purpose) => {
    const granted: GrantedFileHandle[] = []
    for (const file of await pickFiles(purpose)) granted.push(await upload(file))
    return granted
  },
  grantDropped: upload,
  // A browser saves by download alone.
  chooseProjectTarget: () => Promise.resolve(null),
  save: (name, bytes, mediaType) => {
    const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: mediaType }))
    const anchor = document.createElement('a')
    anchor.href = url
    anchor.download = name
    anchor.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
    return Promise.resolve(name)
  },
  onMenuCommand: () => () => undefined,
  showMenu: () => undefined,
  openExternal: (page) => {
    window.open(PAGES[page], '_blank', 'noopener,noreferrer')
  },
  reportUnansweredCancel: () => undefined,
}

function createHost(): Host {
  const desktop = window.metacadi
  if (!desktop) return webHost
  return {
    kind: 'desktop',
    chooseFiles: (purpose) => desktop.chooseFiles(purpose),
    grantDropped: (file) => desktop.grantDroppedFile(file),
    chooseProjectTarget: (name) => desktop.chooseProjectTarget(name),
    save: (name, bytes) => desktop.saveFile(name, bytes),
    onMenuCommand: (listener) => desktop.onMenuCommand(listener),
    showMenu: (menus) => desktop.showMenu(menus),
    openExternal: (page) => desktop.openExternal(page),
    reportUnansweredCancel: () => desktop.reportUnansweredCancel(),
  }
}

export const host: Host = createHost()
