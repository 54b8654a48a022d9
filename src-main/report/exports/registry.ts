import type { WrittenFormat } from '../../../src-shared/contract/export-formats'
import { bibtex } from '../citation'
import { renderReportHtml } from '../html'
import { reportMarkdown } from '../markdown'
import { methodsText } from '../methods-text'
import { bundle } from './bundle'
import { citationCff } from './citation-cff'
import { constraintsJson } from './constraints-json'
import { cx2 } from './cx2'
import { cytoscapeJson } from './cytoscape-json'
import { differentialCsv, differentialTsv, differentialXlsx } from './differential-table'
import { dot } from './dot'
import { droppedGenesTsv } from './dropped-genes'
import { edgesCsv, edgesTsv } from './edge-table'
import type { Exporter, ExportInput } from './exporter'
import { gml } from './gml'
import { graphml } from './graphml'
import { sif, sifEdges } from './sif'
import { tablesXlsx } from './tables-xlsx'
import { targetsCsv, targetsTsv } from './target-table'
import { tetradKnowledge } from './tetrad-knowledge'

/** The report with the sections that were chosen. */
export const reportHtml = ({ result, options, honesty }: ExportInput): string =>
  renderReportHtml(result, { sections: options.sections, honesty })

/** One exporter per format of the contract. */
export const EXPORTERS: Readonly<Record<WrittenFormat, Exporter>> = {
  cx2,
  graphml,
  gml,
  sif,
  'sif-edges-tsv': sifEdges,
  dot,
  cyjs: cytoscapeJson,
  'edges-tsv': edgesTsv,
  'edges-csv': edgesCsv,
  'targets-tsv': targetsTsv,
  'targets-csv': targetsCsv,
  'tables-xlsx': tablesXlsx,
  'differential-tsv': differentialTsv,
  'differential-csv': differentialCsv,
  'differential-xlsx': differentialXlsx,
  'dropped-genes-tsv': droppedGenesTsv,
  'constraints-json': constraintsJson,
  'knowledge-txt': tetradKnowledge,
  'methods-md': ({ result }) => methodsText(result, 'markdown'),
  'methods-txt': ({ result }) => methodsText(result),
  'citation-bib': ({ result }) => bibtex(result),
  'citation-cff': citationCff,
  'report-html': reportHtml,
  'report-md': (input) => reportMarkdown(reportHtml(input)),
  'result-json': ({ resultJson }) => resultJson(),
  'bundle-zip': (input) => bundle(input, (format) => EXPORTERS[format](input)),
}
