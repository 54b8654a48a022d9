import { formatInfo, type WrittenFormat } from '../../../src-shared/contract/export-formats'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { plural } from '../format'
import type { ExportInput } from './exporter'
import { exportText } from './names'
import { roCrate, type CrateFile } from './ro-crate'
import { zipFiles } from './zip'

/** Where each format lies in the bundle. Names are fixed: nothing out of the user's files gets into a path. */
const CONTENT: readonly (readonly [WrittenFormat, string])[] = [
  ['report-html', 'report.html'],
  ['report-md', 'report.md'],
  ['result-json', 'result.json'],
  ['tables-xlsx', 'tables/tables.xlsx'],
  ['edges-tsv', 'tables/edges.tsv'],
  ['targets-tsv', 'tables/targets.tsv'],
  ['differential-tsv', 'tables/differential.tsv'],
  ['dropped-genes-tsv', 'tables/dropped-genes.tsv'],
  ['cx2', 'network/network.cx2'],
  ['graphml', 'network/network.graphml'],
  ['gml', 'network/network.gml'],
  ['sif', 'network/network.sif'],
  ['sif-edges-tsv', 'network/network-sif-edges.tsv'],
  ['dot', 'network/network.dot'],
  ['cyjs', 'network/network.cyjs'],
  ['constraints-json', 'constraints/constraints.json'],
  ['knowledge-txt', 'constraints/knowledge.txt'],
  ['methods-md', 'methods.md'],
  ['methods-txt', 'methods.txt'],
  ['citation-bib', 'citation.bib'],
  ['citation-cff', 'CITATION.cff'],
]

/** Every file of the run in one zip, which is an RO-Crate. */
export function bundle(
  input: ExportInput,
  exportAs: (format: WrittenFormat) => string | Uint8Array,
): Uint8Array {
  const files = new Map<string, Uint8Array>()
  const described: CrateFile[] = []
  const add = (path: string, label: string, mediaType: string, content: string | Uint8Array): void => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    files.set(path, bytes)
    described.push({ path, label, mediaType, bytes: bytes.length })
  }
  add('README.md', 'What is in this bundle', 'text/markdown', readme(input))
  for (const [format, path] of contentOf(input.result)) {
    const { label, mediaType } = formatInfo(format)
    add(path, label, mediaType, exportAs(format))
  }
  return zipFiles(
    new Map<string, string | Uint8Array>([
      ['ro-crate-metadata.json', roCrate(input.result, described)],
      ...files,
    ]),
    input.result.createdAt,
  )
}

/** Without the tables that the result has no numbers for. */
function contentOf(result: AnalysisResult): typeof CONTENT {
  const missing = new Set<WrittenFormat>([
    ...(result.differential ? [] : ['differential-tsv' as const]),
    ...(result.measured ? [] : ['dropped-genes-tsv' as const]),
  ])
  return CONTENT.filter(([format]) => !missing.has(format))
}

function readme({ result }: ExportInput): string {
  const name = exportText(result.input.name).replace(
    /[\\`*_{}[\]<>()#+!|~&]/g,
    (character) => `\\${character}`,
  )
  const rows = contentOf(result).map(([format, path]) => {
    const { label, help } = formatInfo(format)
    return `| \`${path}\` | ${label} | ${help} |`
  })
  return `# ${name}: causal network and direct targets

One run of ${result.app.name} ${result.app.version}: ${plural(result.genes.length, 'gene')}, ${plural(result.environments.length, 'experiment')}. Begin with \`report.html\`; it opens in any browser and loads nothing from a network.

| File | What it is | For |
|---|---|---|
${rows.join('\n')}
| \`ro-crate-metadata.json\` | Description of all files and of the run (RO-Crate 1.2) | Archives and programs |

Result hash (SHA-256): \`${result.resultHash}\`. The same data, settings and seed give the same hash:

\`\`\`sh
metacadi reproduce result.json DATA
\`\`\`
`
}
