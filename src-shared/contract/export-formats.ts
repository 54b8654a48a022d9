import { z } from 'zod'
import { REPORT_SECTION_IDS } from './report-sections'

export type ExportKind = 'network' | 'table' | 'knowledge' | 'text' | 'whole'

export interface ExportFormatInfo {
  readonly label: string
  /** one sentence: what it is for */
  readonly help: string
  readonly kind: ExportKind
  /** end of the file name after the name of the data set, with its extension */
  readonly suffix: string
  readonly mediaType: string
  /** edges from this probability on unless the user says otherwise; absent where edges play no part */
  readonly minProbability?: number
}

const network = (
  label: string,
  extension: string,
  mediaType: string,
  help: string,
  minProbability = 0.5,
): ExportFormatInfo => ({
  label,
  help,
  kind: 'network',
  suffix: `network.${extension}`,
  mediaType,
  minProbability,
})

const file = (
  kind: ExportKind,
  label: string,
  suffix: string,
  mediaType: string,
  help: string,
  more: { minProbability?: number } = {},
): ExportFormatInfo => ({ label, help, kind, suffix, mediaType, ...more })

const TSV = 'text/tab-separated-values'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The one registry of export formats: feeds the menus, `metacadi export --list` and the exporters. */
export const EXPORT_FORMATS = {
  cx2: network('CX2', 'cx2', 'application/json', 'Cytoscape and NDEx, with layout and style.'),
  graphml: network('GraphML', 'graphml', 'application/graphml+xml', 'Gephi, yEd, igraph, networkx.'),
  gml: network('GML', 'gml', 'text/plain', 'Older graph programs.'),
  sif: network('SIF', 'sif', 'text/plain', 'Cytoscape: one line per edge, names only.'),
  'sif-edges-tsv': network(
    'Edge table for SIF',
    'sif-edges.tsv',
    TSV,
    'Edge columns for the SIF file, by the shared name of the edge.',
  ),
  dot: network('DOT', 'dot', 'text/vnd.graphviz', 'Graphviz.'),
  cyjs: network('Cytoscape.js JSON', 'cyjs', 'application/json', 'Cytoscape.js and Cytoscape.'),
  'edges-tsv': file('table', 'Edges (TSV)', 'edges.tsv', TSV, 'Every ordered pair of genes.', {
    minProbability: 0,
  }),
  'edges-csv': file('table', 'Edges (CSV)', 'edges.csv', 'text/csv', 'Every ordered pair of genes.', {
    minProbability: 0,
  }),
  'targets-tsv': file('table', 'Targets (TSV)', 'targets.tsv', TSV, 'Every gene of every experiment.'),
  'targets-csv': file('table', 'Targets (CSV)', 'targets.csv', 'text/csv', 'Every gene of every experiment.'),
  'tables-xlsx': file('table', 'Edges and targets (XLSX)', 'tables.xlsx', XLSX, 'Both tables for Excel.', {
    minProbability: 0.01,
  }),
  'differential-tsv': file(
    'table',
    'Differential expression (TSV)',
    'differential.tsv',
    TSV,
    'Every tested gene of the file in every experiment.',
  ),
  'differential-csv': file(
    'table',
    'Differential expression (CSV)',
    'differential.csv',
    'text/csv',
    'Every tested gene of the file in every experiment.',
  ),
  'differential-xlsx': file(
    'table',
    'Differential expression (XLSX)',
    'differential.xlsx',
    XLSX,
    'The genes that changed, for Excel, and how many did in each experiment.',
  ),
  'dropped-genes-tsv': file(
    'table',
    'Genes that were left out (TSV)',
    'dropped-genes.tsv',
    TSV,
    'Every gene of the file that was not analysed, and why.',
  ),
  'constraints-json': file(
    'knowledge',
    'Constraints (JSON)',
    'constraints.json',
    'application/json',
    'Required and forbidden edges, tiers and known targets of the run.',
  ),
  'knowledge-txt': file(
    'knowledge',
    'Constraints (Tetrad knowledge)',
    'knowledge.txt',
    'text/plain',
    'Required and forbidden edges and tiers for Tetrad and causal-learn.',
  ),
  'methods-md': file('text', 'Methods text (Markdown)', 'methods.md', 'text/markdown', 'For a paper.'),
  'methods-txt': file('text', 'Methods text (plain)', 'methods.txt', 'text/plain', 'For a paper.'),
  'citation-bib': file('text', 'Citation (BibTeX)', 'citation.bib', 'application/x-bibtex', 'App and paper.'),
  'citation-cff': file('text', 'Citation (CFF)', 'CITATION.cff', 'text/yaml', 'App and paper.'),
  'report-html': file('whole', 'Report (HTML)', 'report.html', 'text/html', 'One page to read and send.'),
  'report-md': file(
    'whole',
    'Report (Markdown)',
    'report.md',
    'text/markdown',
    'The text and tables of the report.',
  ),
  'report-pdf': file(
    'whole',
    'Report (PDF)',
    'report.pdf',
    'application/pdf',
    'The report on pages; needs a Chromium, Chrome or Edge on this computer.',
  ),
  'result-json': file(
    'whole',
    'Result (JSON)',
    'result.json',
    'application/json',
    'Everything, to open in MetaCaDI again.',
  ),
  'bundle-zip': file(
    'whole',
    'Everything (zip, RO-Crate)',
    'bundle.zip',
    'application/zip',
    'All files of the run with a machine-readable description, to archive or attach to a paper.',
  ),
} as const satisfies Record<string, ExportFormatInfo>

export type ExportFormat = keyof typeof EXPORT_FORMATS

/** Formats that are written without the help of another program. */
export type WrittenFormat = Exclude<ExportFormat, 'report-pdf'>

export const EXPORT_FORMAT_IDS = Object.keys(EXPORT_FORMATS) as [ExportFormat, ...ExportFormat[]]

export const formatInfo = (format: ExportFormat): ExportFormatInfo => EXPORT_FORMATS[format]

/** What the user may choose; formats that an option does not concern ignore it. */
export const ExportOptions = z.object({
  /** edges below are left out; absent = the default of the format */
  minProbability: z.number().min(0).max(1).optional(),
  /** `found` leaves out edges that were required, which are given and not found */
  edges: z.enum(['all', 'found']).default('all'),
  /** genes without an edge are kept, or left out */
  genes: z.enum(['all', 'connected']).default('all'),
  /** tables for scripts: names stay as they are, without the guard against formulas */
  raw: z.boolean().default(false),
  /** sections of the report besides summary, reliability and limits; absent = all */
  sections: z.array(z.enum(REPORT_SECTION_IDS)).optional(),
})
export type ExportOptions = z.infer<typeof ExportOptions>
export type ExportOptionsInput = z.input<typeof ExportOptions>
