import { FIGURES, FIGURE_NAMES, type FigureName } from '../../src-shared/contract/figures'
import { formatCount, formatNoun } from './format'

export const copying = {
  menu: (what: string) => `Copy or save: ${what}`,
  copyTable: 'Copy table',
  png: 'Copy figure (PNG)',
  svg: 'Copy figure (SVG)',
  saveFigure: 'Save figure …',
  saveTsv: 'Save its data (TSV)',
  figureDialog: {
    title: 'Save a figure',
    figure: 'Figure',
    names: Object.fromEntries(FIGURE_NAMES.map((name) => [name, FIGURES[name].label])) as Readonly<
      Record<FigureName, string>
    >,
    needs: {
      experiment: 'Experiment',
      gene: 'Gene',
      source: 'Cause',
      target: 'Effect gene',
    },
    panel: 'Experiments',
    panelOf: (first: number, last: number) => `${formatCount(first)} to ${formatCount(last)}`,
    format: 'Format',
    formats: {
      svg: 'SVG, text stays text',
      png: 'PNG, pixels',
      pdf: 'PDF, one page',
      tsv: 'TSV, the data behind it',
    },
    width: 'Width in the journal',
    widths: { '89mm': '89 mm, one column', '183mm': '183 mm, two columns' },
    resolution: 'Resolution of the PNG',
    dpi: (value: number) => `${formatCount(value)} dpi`,
    millimetres: (width: string, height: string) => `${width} × ${height} mm`,
    pixels: (width: string, height: string) => `${width} × ${height} pixels`,
    preview: 'The figure in its size',
    drawing: 'Drawing the figure …',
    smallText: 'Its smallest text has less than 5 pt. Take the wider format, or fewer edges or genes.',
    tooLarge: 'This picture would be too large. Take a lower resolution, or SVG or PDF.',
    save: 'Save',
  },
  copyCitation: 'Copy citation',
  table: (rows: number) => `${formatNoun(rows, 'row')} copied.`,
  figure: 'The figure was copied.',
  citation: 'The citation (BibTeX) was copied.',
  command: 'The command was copied. Run it in the folder of the data files.',
  commandOfResult: (file: string) =>
    `The command was copied. It reads the choices of the import from the result: save the result (JSON) as ${file} in the folder of the data files.`,
  commandFailed: 'The clipboard is not available here. The command: ',
  failed: 'The clipboard is not available here. Nothing was copied.',
} as const
