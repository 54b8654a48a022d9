import { createHash } from 'node:crypto'
import { newContent } from '../../../src-shared/contract/project-content'
import type { RunSettings } from '../../../src-shared/domain/run-settings'
import { PROJECT_VERSION } from '../../io/project/migrations'
import { parseDocument, type ProjectDocument } from '../../io/project/project-file'
import { writeProject, type ContentPlaces } from '../../io/project/write-project'
import type { CarriedProject } from '../../report/carried-project'
import type { RunStore } from '../runs/run-store'
import { withRuns } from './content-files'
import { readAbout, readKeptDocument, sha256Of, workspaceAt } from './workspace'

interface Candidate {
  readonly document: ProjectDocument
  readonly places: ContentPlaces
  readonly note: string
}

/** A text ten times as long as what may be carried will not be pressed into it. */
const HOPELESS = 12

interface Parts {
  readonly runs: RunStore
  readonly root: string
  readonly app: ProjectDocument['app']
}

/**
 * The project for a report, as much of it as fits: with its data files, without them, the one run alone,
 * its data and settings alone, or nothing but a sentence that says so.
 * @param projectId kept project that the run belongs to; null = the run alone
 * @param limit in base64 characters
 */
export async function projectForReport(
  runId: string,
  settings: RunSettings,
  projectId: string | null,
  limit: number,
  { runs, root, app }: Parts,
): Promise<CarriedProject> {
  const candidates: Candidate[] = []
  const kept = projectId === null ? undefined : await keptProject(root, projectId)
  if (kept?.document.content.runs.some((run) => run.runId === runId)) {
    const whole = shownFirst(kept.document, runId)
    const withoutData = { ...whole, data: whole.data.map((file) => ({ ...file, held: false })) }
    if (whole.data.some(({ held }) => held))
      candidates.push({
        document: whole,
        places: kept.places,
        note: 'It carries the whole project, data files included: drop it on MetaCaDI, or run metacadi open.',
      })
    candidates.push({
      document: withoutData,
      places: kept.places,
      note: 'It carries the project without its data files: drop it on MetaCaDI, or run metacadi open.',
    })
  }
  candidates.push({
    ...(await runAlone(runId, settings, runs, app)),
    note: 'It carries this run: drop it on MetaCaDI, or run metacadi open.',
  })
  if (kept?.document.data.some(({ held }) => held))
    candidates.push({
      document: withoutResults(kept.document),
      places: kept.places,
      note: 'It carries the data files and settings of the project, but no result, which is too large: drop it on MetaCaDI and run again for the same answer, or keep the project file.',
    })
  let smallest = Infinity
  for (const { document, places, note } of candidates)
    for (const results of ['text', 'packed'] as const) {
      const base64 = await base64Of(document, places, limit, results)
      if (base64 !== undefined && base64.length <= limit) return { base64, note }
      smallest = Math.min(smallest, base64?.length ?? Infinity)
    }
  return { base64: null, note: leftOut(smallest) }
}

/** @param size of what was left out, in bytes of the page; Infinity = far too large, not tried */
function leftOut(size: number): string {
  const why =
    size < Infinity ? `with it the file would be ${(size / 1e6).toFixed(1)} MB larger` : 'it is too large'
  return `It does not carry its project, since ${why}: keep result.json or the project file to open the run again.`
}

async function keptProject(
  root: string,
  projectId: string,
): Promise<{ document: ProjectDocument; places: ContentPlaces } | undefined> {
  const workspace = workspaceAt(root, projectId)
  const about = await readAbout(workspace)
  if (!about) return undefined
  const { document } = parseDocument(await readKeptDocument(workspace), about.name)
  return {
    document,
    places: {
      dataFile: (sha256) => about.outside[sha256]?.path ?? workspace.dataFile(sha256),
      resultFile: workspace.resultFile,
    },
  }
}

const shownFirst = (document: ProjectDocument, shown: string): ProjectDocument => ({
  ...document,
  content: { ...document.content, shown },
})

const withoutResults = (document: ProjectDocument): ProjectDocument => ({
  ...document,
  content: withRuns(document.content, () => undefined),
  results: [],
})

async function runAlone(
  runId: string,
  settings: RunSettings,
  runs: RunStore,
  app: ProjectDocument['app'],
): Promise<Pick<Candidate, 'document' | 'places'>> {
  const { summary, file } = runs.stored(runId)
  const sha256 = await sha256Of(file)
  // Named by its result, so that the same result always gives the same report.
  const ownId = createHash('sha256').update(summary.resultHash).digest('base64url').slice(0, 22)
  return {
    document: {
      format: 'metacadi-project',
      version: PROJECT_VERSION,
      app,
      id: ownId,
      content: newContent(summary.name, { settings, read: null }, [{ runId: ownId, settings, read: null }]),
      data: [],
      results: [
        {
          sha256,
          bytes: 0,
          summary: { ...summary, runId: ownId, datasetId: null, warnings: [...summary.warnings] },
        },
      ],
    },
    places: { dataFile: () => file, resultFile: () => file },
  }
}

async function base64Of(
  document: ProjectDocument,
  places: ContentPlaces,
  limit: number,
  results: 'text' | 'packed',
): Promise<string | undefined> {
  const raw = [...document.data.filter(({ held }) => held), ...document.results]
  if (raw.reduce((sum, { bytes }) => sum + bytes, 0) > HOPELESS * limit) return undefined
  const pieces: Uint8Array[] = []
  const write = (piece: Uint8Array): Promise<void> => {
    pieces.push(piece)
    return Promise.resolve()
  }
  await writeProject(document, places, write, results)
  return Buffer.concat(pieces).toString('base64')
}
