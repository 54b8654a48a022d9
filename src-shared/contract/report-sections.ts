/** Sections of the report after the summary, which is always there, in the order of the page. */
export const REPORT_SECTIONS = {
  data: 'Data',
  quality: 'Quality of the samples',
  experiments: 'Experiments',
  network: 'Network',
  reliability: 'Reliability',
  honesty: 'Check on these data',
  limits: 'Limits',
  settings: 'Settings',
  methods: 'Methods text',
  provenance: 'Provenance',
  citation: 'Citation',
} as const

export type ReportSectionId = keyof typeof REPORT_SECTIONS

export const REPORT_SECTION_IDS = Object.keys(REPORT_SECTIONS) as [ReportSectionId, ...ReportSectionId[]]

/** No report goes out without what its probabilities rest on; the summary refers to both. */
export const ALWAYS_IN_REPORT: readonly ReportSectionId[] = ['reliability', 'limits']
