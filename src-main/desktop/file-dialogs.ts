import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { dialog, type BrowserWindow, type FileFilter } from 'electron'
import type { GrantedFile } from '../../src-shared/contract/engine-process-messages'
import type { FilePurpose, GrantedFileHandle } from '../../src-shared/contract/host'
import { safeFileName, saveFile } from './save-file'

const TABLE_FILES: FileFilter = {
  name: 'Projects, expression tables and results',
  extensions: ['metacadi', 'csv', 'tsv', 'txt', 'tab', 'gz', 'xlsx', 'h5ad', 'h5', 'mtx', 'json', 'html'],
}
const SHEET_FILES: FileFilter = {
  name: 'Sample sheets',
  extensions: ['csv', 'tsv', 'txt', 'tab', 'gz', 'xlsx'],
}
const CONSTRAINT_FILES: FileFilter = {
  name: 'Constraints',
  extensions: ['json', 'txt', 'prior', 'knowledge'],
}
const PROJECT_FILES: FileFilter = { name: 'MetaCaDI projects', extensions: ['metacadi'] }
const ALL_FILES: FileFilter = { name: 'All files', extensions: ['*'] }

const DIALOGS: Readonly<Record<FilePurpose, { title: string; filter: FileFilter }>> = {
  tables: { title: 'Open a project, expression tables or a result', filter: TABLE_FILES },
  sheet: { title: 'Open a sample sheet', filter: SHEET_FILES },
  constraints: { title: 'Open constraints', filter: CONSTRAINT_FILES },
}

/** Turns the path of a file the user chose into a handle of the engine. */
export type Grant = (file: GrantedFile) => Promise<string>

export async function chooseFiles(
  window: BrowserWindow,
  purpose: FilePurpose,
  grant: Grant,
): Promise<GrantedFileHandle[]> {
  const { title, filter } = DIALOGS[purpose]
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    filters: [filter, ALL_FILES],
    properties: purpose === 'tables' ? ['openFile', 'multiSelections'] : ['openFile'],
  })
  return canceled ? [] : Promise.all(filePaths.map((path) => grantPath(path, grant)))
}

export async function grantPath(path: string, grant: Grant): Promise<GrantedFileHandle> {
  const name = basename(path)
  const info = await stat(path).catch(() => undefined)
  if (!info) throw new Error(`'${name}' cannot be opened. Check that it is still there and may be read.`)
  if (!info.isFile()) throw new Error(`'${name}' is a folder. Choose the files in it.`)
  return { handle: await grant({ name, path }), name, size: info.size }
}

/** Asks where to save a project; the handle lets the engine write there and nowhere else. */
export async function chooseProjectTarget(
  window: BrowserWindow,
  name: string,
  grant: Grant,
): Promise<GrantedFileHandle | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save the project',
    defaultPath: `${safeFileName(name).replace(/\.metacadi$/i, '')}.metacadi`,
    filters: [PROJECT_FILES],
  })
  if (canceled || !filePath) return null
  // The engine adds the same extension; named here so that the dialog's own question about replacing covers it.
  const path = /\.metacadi$/i.test(filePath) ? filePath : `${filePath}.metacadi`
  return { handle: await grant({ name: basename(path), path, use: 'save' }), name: basename(path), size: 0 }
}

/** Asks where to save; answers the chosen name, or null when the user cancels. */
export async function saveWithDialog(
  window: BrowserWindow,
  name: string,
  bytes: Uint8Array,
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: safeFileName(name) })
  if (canceled || !filePath) return null
  try {
    await saveFile(filePath, bytes)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new Error(`'${basename(filePath)}' could not be written. Choose another folder. (${cause})`, {
      cause: error,
    })
  }
  return basename(filePath)
}
