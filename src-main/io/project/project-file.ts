import { z } from 'zod'
import { AppError } from '../../../src-shared/contract/errors'
import { ProjectContent } from '../../../src-shared/contract/project-content'
import { RUN_MODES } from '../../../src-shared/domain/run-settings'
import { canonicalJson } from '../result/canonical-json'
import { migrated, PROJECT_VERSION } from './migrations'

export const DOCUMENT_ENTRY = 'project.json'
export const dataEntry = (sha256: string): string => `data/${sha256}`
export const resultEntry = (sha256: string): string => `results/${sha256}.json`
/** of the same result as `packResult` gives it, instead of its text */
export const packedResultEntry = (sha256: string): string => `results/${sha256}.packed`

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Bytes = z.number().int().min(0)
const Name = z.string().min(1).max(1_000)

/** What a run list shows of a run before its result is read. */
const StoredSummary = z.object({
  runId: z.string().min(1).max(200),
  name: z.string().max(10_000),
  datasetId: z.null(),
  createdAt: z.string().max(100),
  genes: Bytes,
  environments: Bytes,
  mode: z.enum(RUN_MODES),
  seconds: z.number(),
  warnings: z.array(z.string()).max(10_000),
  resultHash: Sha256,
})

/** `project.json`: everything but the files and the results themselves, which lie beside it under their SHA-256. */
export const ProjectDocument = z.object({
  format: z.literal('metacadi-project'),
  version: z.literal(PROJECT_VERSION),
  app: z.object({ name: z.string().max(200), version: z.string().max(100) }),
  /** of the project, whatever its file is called */
  id: z.string().min(1).max(200),
  /** in `content`, files are called `file:<place in data>` */
  content: ProjectContent,
  data: z
    .array(
      z.object({
        name: Name,
        bytes: Bytes,
        sha256: Sha256,
        /** the file itself is in the project */
        held: z.boolean(),
      }),
    )
    .max(100),
  results: z.array(z.object({ sha256: Sha256, bytes: Bytes, summary: StoredSummary })).max(900),
})
export type ProjectDocument = z.infer<typeof ProjectDocument>

export const fileReference = (place: number): string => `file:${place}`
export const placeOfReference = (reference: string): number =>
  /^file:\d{1,3}$/.test(reference) ? Number(reference.slice(5)) : -1

/** The same document always gives the same text. */
export const serialiseDocument = (document: ProjectDocument): string => `${canonicalJson(document)}\n`

export interface ParsedDocument {
  readonly document: ProjectDocument
  /** of the file; above `PROJECT_VERSION` it is shown as far as it is understood */
  readonly version: number
}

const Header = z.object({ format: z.literal('metacadi-project'), version: z.number().int().min(1) })

/**
 * The text of a `project.json` from outside: keys called `__proto__` are dropped, older versions migrated, everything is
 * checked. A newer version is read as far as this one understands it.
 * @throws AppError DATA_FORMAT
 */
export function parseDocument(text: string, shownName: string): ParsedDocument {
  const raw = jsonOf(text)
  const header = Header.safeParse(raw)
  if (!header.success)
    throw new AppError(
      'DATA_FORMAT',
      `'${shownName}' is not a MetaCaDI project, or it is damaged. Choose a .metacadi file, or the copy saved before it ('${shownName}.bak').`,
    )
  const { version } = header.data
  const current =
    version > PROJECT_VERSION ? { ...(raw as object), version: PROJECT_VERSION } : migrated(raw, version)
  const parsed = ProjectDocument.safeParse(current)
  if (parsed.success && refersToItself(parsed.data)) return { document: parsed.data, version }
  if (version > PROJECT_VERSION)
    throw new AppError(
      'DATA_FORMAT',
      `'${shownName}' was saved by a newer version of MetaCaDI (format ${version}; this version reads ${PROJECT_VERSION}) and cannot be shown here. Update MetaCaDI to open it.`,
      { version },
    )
  const issue = parsed.error?.issues[0]
  throw new AppError(
    'DATA_FORMAT',
    `'${shownName}' is damaged or was changed by another program. Open the copy saved before it ('${shownName}.bak'), or copy it again.`,
    { reason: issue ? `${issue.path.join('.')}: ${issue.message}` : 'it refers to parts that are not there' },
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value))
  } catch {
    return null
  }
}

/** Every number of a part, of a file and of a run names something that is there. */
function refersToItself({ content, data }: ProjectDocument): boolean {
  const { parts, past, present, future } = content.history
  const states = [...past.map(({ state }) => state), present, ...future.map(({ state }) => state)]
  const within = (list: readonly unknown[], index: number | null): boolean =>
    index === null || index < list.length
  const files = parts.read.flatMap((read) =>
    read ? [...read.files, ...(read.sampleSheet === undefined ? [] : [read.sampleSheet])] : [],
  )
  return (
    states.every(
      (state) =>
        within(parts.settings, state.settings) &&
        within(parts.read, state.read) &&
        within(parts.look, state.look) &&
        within(parts.notes, state.notes) &&
        within(parts.runs, state.runs),
    ) &&
    content.runs.every((run) => within(parts.settings, run.settings) && within(parts.read, run.read)) &&
    files.every((file) => {
      const place = placeOfReference(file)
      return place >= 0 && place < data.length
    })
  )
}
