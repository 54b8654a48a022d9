import { statSync } from 'node:fs'
import type { ProjectContent } from '../../../src-shared/contract/project-content'
import { fileReference, type ProjectDocument } from '../../io/project/project-file'
import type { FileGrants } from '../files/file-grants'
import { opaqueId } from '../opaque-id'
import type { RunStore } from '../runs/run-store'
import { withFiles, withRuns } from './content-files'

interface Parts {
  readonly grants: FileGrants
  readonly runs: RunStore
  readonly dataFile: (sha256: string) => string
  readonly resultFile: (sha256: string) => string
}

/**
 * The content of a document for a window: files become handles, results runs of this session. A state whose files are not in
 * the project reads nothing; a run whose result is missing is left out.
 */
export async function restoreContent(
  document: ProjectDocument,
  { grants, runs, dataFile, resultFile }: Parts,
): Promise<ProjectContent> {
  const handles = new Map<string, string>()
  for (const [place, { name, sha256, bytes }] of document.data.entries()) {
    const path = dataFile(sha256)
    if (isWhole(path, bytes)) handles.set(fileReference(place), await grants.grant({ name, path }))
  }
  const known = new Map(runs.list().map((summary) => [summary.runId, summary]))
  const runIds = new Map<string, string>()
  for (const { sha256, bytes, summary } of document.results) {
    const path = resultFile(sha256)
    if (!isWhole(path, bytes)) continue
    const present = known.get(summary.runId)
    const sameRun = present?.resultHash === summary.resultHash
    // Another state of a run that is open keeps its place: this one becomes a run of its own.
    const runId = present && !sameRun ? opaqueId() : summary.runId
    if (!sameRun) await runs.adopt({ ...summary, runId }, path)
    runIds.set(summary.runId, runId)
  }
  const content = withFiles(document.content, (file) => handles.get(file))
  return withRuns(content, (runId) => runIds.get(runId))
}

/** There, and not cut short by a failing disk. @param bytes 0 = not known (a result that came in a report) */
function isWhole(path: string, bytes: number): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && (bytes === 0 || found.size === bytes)
}
