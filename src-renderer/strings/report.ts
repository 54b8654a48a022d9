import {
  EXPORT_FORMATS,
  EXPORT_FORMAT_IDS,
  type ExportFormat,
  type ExportKind,
} from '../../src-shared/contract/export-formats'
import { REPORT_SECTIONS, type ReportSectionId } from '../../src-shared/contract/report-sections'

const ofFormats = (text: 'label' | 'help'): Readonly<Record<ExportFormat, string>> =>
  Object.fromEntries(EXPORT_FORMAT_IDS.map((format) => [format, EXPORT_FORMATS[format][text]])) as Record<
    ExportFormat,
    string
  >

export const report = {
  save: 'Save HTML report',
  saveMore: 'Save as',
  sections: 'Sections',
  always: 'Summary, reliability and limits are always there.',
  preview: 'The report as it will be saved',
  preparing: 'Preparing the report',
  updating: 'Bringing the page up to date',
  lastPage: 'The page from before is still shown; saving makes a new one.',
  sectionNames: REPORT_SECTIONS as Readonly<Record<ReportSectionId, string>>,
  kinds: {
    whole: 'Report, result, everything',
    table: 'Tables',
    network: 'Networks',
    knowledge: 'Constraints',
    text: 'Texts for a paper',
  } as Readonly<Record<ExportKind, string>>,
  formats: ofFormats('label'),
  formatHelp: ofFormats('help'),
  copyCommand: 'Copy CLI command',
  saved: (name: string) => `${name} was saved.`,
}
