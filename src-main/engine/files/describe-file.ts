import type {
  DescribedProject,
  DescribedResult,
  FileDescription,
} from '../../../src-shared/contract/file-description'
import { countConstraints } from '../../../src-shared/domain/constraint-entries'
import { PROJECT_VERSION } from '../../io/project/migrations'
import { inspectProject } from '../../io/project/read-project'
import { kindOfFile, withCarriedProject } from '../projects/open-granted'
import { readRecord, type ReadRecord } from '../runs/read-record'
import type { GrantedFile } from './file-grants'

/**
 * What is in a project, a result or a report. Everything a project holds is compared with its hash.
 * @param scratch folder for what is taken out of a report
 * @throws AppError FILE_ACCESS, DATA_FORMAT, RESOURCE_LIMIT
 */
export async function describeFile(file: GrantedFile, scratch: string): Promise<FileDescription> {
  const { path, name } = file
  const kind = await kindOfFile(file)
  if (kind === 'project') return { kind, ...(await describeProject(path, name)) }
  const described = describeRecord(await readRecord(path, name))
  if (kind === 'other') return { kind: 'result', ...described }
  const project = await withCarriedProject(file, scratch, (copy) => describeProject(copy, name))
  return { kind, ...described, project: project ?? null }
}

function describeRecord({ record, result }: ReadRecord): DescribedResult {
  const { app, createdAt, resultHash, name, files, genes, environments, samples, settings } = record
  return {
    app: { name: app.name, version: app.version },
    run: {
      name,
      createdAt,
      resultHash,
      genes: genes.length,
      environments: environments.length,
      mode: result?.mode ?? null,
      seed: settings.seed,
      constraints: countConstraints(settings.constraints),
    },
    samples: samples.length,
    files,
  }
}

async function describeProject(path: string, shownName: string): Promise<DescribedProject> {
  const { document, version, intact } = await inspectProject(path, shownName)
  const { app, id, content, data, results } = document
  const { parts, past, present, future } = content.history
  const list = parts.runs[present.runs]
  const names = new Map(list?.names.map(({ runId, name }) => [runId, name]))
  const deleted = new Set(list?.deleted)
  const settingsOf = new Map(
    content.runs.map(({ runId, settings }) => [
      runId,
      settings === null ? undefined : parts.settings[settings],
    ]),
  )
  const settings = parts.settings[present.settings]!
  return {
    name: content.name,
    id,
    app,
    version,
    knownVersion: PROJECT_VERSION,
    files: data.map(({ name, bytes, sha256, held }) => ({
      name,
      bytes,
      sha256,
      state: !held ? 'outside' : intact.has(sha256) ? 'held' : 'damaged',
    })),
    runs: results.map(({ sha256, bytes, summary }) => {
      const made = settingsOf.get(summary.runId)
      return {
        name: names.get(summary.runId) ?? summary.name,
        createdAt: summary.createdAt,
        resultHash: summary.resultHash,
        genes: summary.genes,
        environments: summary.environments,
        mode: summary.mode,
        seed: made?.seed ?? null,
        constraints: made ? countConstraints(made.constraints) : null,
        shown: content.shown === summary.runId,
        deleted: deleted.has(summary.runId),
        bytes,
        state: intact.has(sha256) ? 'held' : 'damaged',
      }
    }),
    constraints: countConstraints(settings.constraints),
    notes: parts.notes[present.notes]?.length ?? 0,
    steps: { undo: past.length, redo: future.length },
  }
}
