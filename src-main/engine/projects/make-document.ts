import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { ProjectContent } from '../../../src-shared/contract/project-content'
import { PROJECT_VERSION } from '../../io/project/migrations'
import { fileReference, type ProjectDocument } from '../../io/project/project-file'
import type { FileGrants } from '../files/file-grants'
import type { RunStore } from '../runs/run-store'
import { filesOf, withFiles } from './content-files'
import { copyWhole, holdFile, sha256Of, type About, type HeldFile, type Workspace } from './workspace'

/** What a workspace already holds, so that nothing is hashed twice: by handle, and by run and result. */
export interface HeldCache {
  readonly files: Map<string, HeldFile>
  readonly results: Map<string, { sha256: string; bytes: number }>
}

interface Parts {
  readonly workspace: Workspace
  readonly about: About
  readonly app: ProjectDocument['app']
  readonly grants: FileGrants
  readonly runs: RunStore
  readonly held: HeldCache
  /** false: what the workspace does not hold is named where it lies, because nothing can be written into it */
  readonly copies?: boolean
}

export interface MadeDocument {
  readonly document: ProjectDocument
  readonly outside: About['outside']
  /** results that lie outside the workspace, by their SHA-256 */
  readonly resultsOutside: ReadonlyMap<string, string>
}

/**
 * The document of a content: every file and result is taken into the workspace first, so whatever the document names is there.
 * @throws AppError FILE_ACCESS, INVALID_PARAMS
 */
export async function documentOf(
  content: ProjectContent,
  { workspace, about, app, grants, runs, held, copies = true }: Parts,
): Promise<MadeDocument> {
  const data: ProjectDocument['data'] = []
  const outside: About['outside'] = {}
  const references = new Map<string, string>()
  for (const handle of filesOf(content)) {
    const { path, name } = grants.resolve(handle)
    const known = held.files.get(handle)
    const isThere = copies || (known && existsSync(known.outside ?? workspace.dataFile(known.sha256)))
    const file = (isThere ? known : undefined) ?? (await holdFile(workspace, path, name, copies))
    if (copies) held.files.set(handle, file)
    if (file.outside !== null) outside[file.sha256] = { path: file.outside, bytes: file.bytes }
    references.set(handle, fileReference(data.length))
    const { sha256, bytes } = file
    data.push({ name, bytes, sha256, held: file.outside === null || (await isUnchanged(file)) })
  }
  const results: ProjectDocument['results'] = []
  const resultsOutside = new Map<string, string>()
  for (const { runId } of content.runs) {
    const { summary, file } = runs.stored(runId)
    // The instant answer of a run gives way to the full one under the same identifier.
    const key = `${runId} ${summary.resultHash}`
    const kept = held.results.get(key)
    const isKept = copies || (kept && existsSync(workspace.resultFile(kept.sha256)))
    const result = (isKept ? kept : undefined) ?? (await holdResult(workspace, file, copies))
    if (copies) held.results.set(key, result)
    else if (!existsSync(workspace.resultFile(result.sha256))) resultsOutside.set(result.sha256, file)
    results.push({ ...result, summary: { ...summary, datasetId: null, warnings: [...summary.warnings] } })
  }
  const document: ProjectDocument = {
    format: 'metacadi-project',
    version: PROJECT_VERSION,
    app,
    id: about.id,
    content: withFiles(content, (handle) => references.get(handle)),
    data,
    results,
  }
  return { document, outside, resultsOutside }
}

async function isUnchanged({ outside, bytes }: HeldFile): Promise<boolean> {
  return (await stat(outside ?? '').catch(() => undefined))?.size === bytes
}

async function holdResult(
  workspace: Workspace,
  file: string,
  copies: boolean,
): Promise<{ sha256: string; bytes: number }> {
  const sha256 = await sha256Of(file)
  const target = workspace.resultFile(sha256)
  if (copies && !existsSync(target)) await copyWhole(file, target)
  return { sha256, bytes: (await stat(copies ? target : file)).size }
}
