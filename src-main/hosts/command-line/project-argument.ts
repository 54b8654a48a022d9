import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DatasetSummary } from '../../../src-shared/contract/dataset-summary'
import { AppError } from '../../../src-shared/contract/errors'
import type { OpenedProject } from '../../../src-shared/contract/project'
import {
  newContent,
  packContent,
  unpackContent,
  type OpenContent,
} from '../../../src-shared/contract/project-content'
import type { RunSettings } from '../../../src-shared/domain/run-settings'
import type { EngineSession } from './engine-session'

export const PROJECT_OPTION = {
  value: 'FILE',
  help: 'Project file (.metacadi). A new one is made; of one that exists, data and settings are used where none are given, and the run is added. Nothing else is written unless --out is given.',
}

export interface GivenProject {
  readonly path: string
  /** null = there is no such file yet */
  readonly opened: { readonly project: OpenedProject; readonly content: OpenContent } | null
}

/**
 * Opens the project of `--project`, or says that it is new.
 * @throws AppError FILE_ACCESS when it cannot be saved over
 */
export async function givenProject(
  { client, grant }: EngineSession,
  path: string | undefined,
): Promise<GivenProject | undefined> {
  if (path === undefined) return undefined
  const full = /\.metacadi$/i.test(path) ? resolve(path) : `${resolve(path)}.metacadi`
  if (!existsSync(full)) return { path: full, opened: null }
  const project = await client.call('project.open', { file: await grant(full) })
  if (project.readOnly !== null)
    throw new AppError('FILE_ACCESS', cannotBeSaved(path, project), { reason: project.readOnly })
  return { path: full, opened: { project, content: unpackContent(project.content) } }
}

function cannotBeSaved(path: string, { readOnly, lockedBy }: OpenedProject): string {
  if (readOnly === 'locked')
    return `'${path}' is open elsewhere (${lockedBy?.who ?? 'unknown'}). Close it there, or name another file.`
  if (readOnly === 'newer-version')
    return `'${path}' was saved by a newer version of MetaCaDI. Update MetaCaDI, or name another file.`
  if (readOnly === 'damaged')
    return `'${path}' is damaged in parts. Open it in the app and save it under another name.`
  return `'${path}' may not be written. Name a file in another folder.`
}

/** Adds a run to the project and saves it. @returns the path of the file */
export async function saveToProject(
  { client, grantTarget }: EngineSession,
  { path, opened }: GivenProject,
  data: DatasetSummary,
  settings: RunSettings,
  runId: string,
): Promise<string> {
  const origin = { runId, settings, read: data.read }
  if (!opened) {
    const content = newContent(data.name, { settings, read: data.read }, [origin])
    await client.call('project.save', { projectId: null, content, to: { file: await grantTarget(path) } })
    return path
  }
  const { project, content } = opened
  const { past, present } = content.history
  const next = packContent({
    ...content,
    history: {
      past: [...past, { label: 'metacadi analyze', state: present }],
      present: { ...present, settings, read: data.read },
      future: [],
    },
    runs: [...content.runs, origin],
    shown: runId,
  })
  await client.call('project.save', { projectId: project.projectId, content: next, to: 'same' })
  return path
}
