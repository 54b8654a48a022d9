import { formatNoun } from './format'

export const copying = {
  menu: (what: string) => `Copy or save: ${what}`,
  copyTable: 'Copy table',
  copyTableHelp: 'Copies the rows shown, for a spreadsheet or a document',
  png: 'Copy figure (PNG)',
  svg: 'Copy figure (SVG)',
  saveSvg: 'Save figure (SVG)',
  savePdf: 'Save figure (PDF)',
  saveTsv: 'Save its data (TSV)',
  copyCitation: 'Copy citation',
  table: (rows: number) => `${formatNoun(rows, 'row')} copied.`,
  figure: 'The figure was copied.',
  citation: 'The citation (BibTeX) was copied.',
  failed: 'The clipboard is not available here. Nothing was copied.',
} as const
