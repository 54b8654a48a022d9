import type { AnalysisResult } from '../../../src-shared/domain/result'
import { PAPER_CITATION } from '../citation'
import { exportText } from './names'
import { runId } from './edge-table'

/** A file of the crate. */
export interface CrateFile {
  readonly path: string
  readonly label: string
  readonly mediaType: string
  readonly bytes: number
}

type Entity = Readonly<Record<string, unknown>>
const ref = (id: string): { '@id': string } => ({ '@id': id })

const METADATA = 'ro-crate-metadata.json'
const RUN = '#run'
const SOFTWARE = '#software'
const PAPER = 'https://arxiv.org/abs/2510.22298'
const LICENCE = '#licence'
const PROFILE = 'https://w3id.org/ro/wfrun/process/0.5'

/**
 * `ro-crate-metadata.json` (RO-Crate 1.2): the files, and one CreateAction that says which software made them from which
 * inputs with which settings. Inputs are not in the crate; they are named by their SHA-256.
 */
export function roCrate(result: AnalysisResult, files: readonly CrateFile[]): string {
  const inputs = result.input.files.map((file, index) => ({
    '@id': `#input-${index + 1}`,
    '@type': 'CreativeWork',
    name: exportText(file.name),
    identifier: `sha256:${file.sha256}`,
    size: `${file.bytes} bytes`,
    description: 'Input file of the run; not part of this crate.',
  }))
  const settings = settingsOf(result)
  const graph: Entity[] = [
    {
      '@id': METADATA,
      '@type': 'CreativeWork',
      about: ref('./'),
      conformsTo: ref('https://w3id.org/ro/crate/1.2'),
    },
    {
      '@id': './',
      '@type': 'Dataset',
      name: `${exportText(result.input.name) || 'Study'}: causal network and direct intervention targets`,
      description: `Result ${runId(result)} of ${result.app.name} ${result.app.version}: one causal network of ${result.genes.length} genes and the direct targets of ${result.environments.length} experiments, with tables, networks, report and the record of the run.`,
      datePublished: result.createdAt,
      license: ref(LICENCE),
      conformsTo: ref(PROFILE),
      identifier: `sha256:${result.resultHash}`,
      hasPart: files.map(({ path }) => ref(path)),
      mentions: ref(RUN),
      citation: ref(PAPER),
    },
    { '@id': PROFILE, '@type': 'CreativeWork', name: 'Process Run Crate', version: '0.5' },
    {
      '@id': LICENCE,
      '@type': 'CreativeWork',
      name: 'Not stated',
      description: 'Whoever owns the data decides under which licence this crate may be used.',
    },
    {
      '@id': RUN,
      '@type': 'CreateAction',
      name: `Analysis of ${exportText(result.input.name) || 'the study'}`,
      endTime: result.createdAt,
      instrument: ref(SOFTWARE),
      object: [...inputs, ...settings].map((entity) => ref(entity['@id'])),
      result: files.map(({ path }) => ref(path)),
      actionStatus: ref('http://schema.org/CompletedActionStatus'),
    },
    {
      '@id': SOFTWARE,
      '@type': 'SoftwareApplication',
      name: result.app.name,
      softwareVersion: result.app.version,
      version: result.app.version,
      url: PAPER,
      citation: ref(PAPER),
    },
    { '@id': PAPER, '@type': 'ScholarlyArticle', name: PAPER_CITATION },
    ...inputs,
    ...settings,
    ...files.map(({ path, label, mediaType, bytes }) => ({
      '@id': path,
      '@type': 'File',
      name: label,
      encodingFormat: mediaType,
      contentSize: String(bytes),
    })),
  ]
  return `${JSON.stringify({ '@context': 'https://w3id.org/ro/crate/1.2/context', '@graph': graph }, null, 2)}\n`
}

/** Everything besides the data that determines the result; settings with structure as JSON text. */
function settingsOf({ settings, input, model }: AnalysisResult): { '@id': string }[] {
  const values = {
    ...settings,
    transform: input.transform,
    control: input.control ?? 'none',
    ...(model ? { model: `sha256:${model.sha256}` } : {}),
  }
  return Object.entries(values)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({
      '@id': `#setting-${name}`,
      '@type': 'PropertyValue',
      name,
      value:
        typeof value === 'object'
          ? JSON.stringify(value)
          : typeof value === 'string'
            ? exportText(value)
            : value,
    }))
}
