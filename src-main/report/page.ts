import { createHash } from 'node:crypto'
import {
  ALWAYS_IN_REPORT,
  REPORT_SECTIONS,
  REPORT_SECTION_IDS,
  type ReportSectionId,
} from '../../src-shared/contract/report-sections'
import type { HonestyCheck } from '../../src-shared/domain/experiment-evidence'
import type { AnalysisResult } from '../../src-shared/domain/result'
import type { EvidenceSource } from './evidence-source'
import { findingsOf, shiftUnit } from './findings'
import { dateTime } from './format'
import { html, jsonForScript, render, shortName, trusted, type Content, type Markup } from './markup'
import { qualityOf } from './sample-quality'
import { SCRIPT } from './script'
import { dataSection } from './sections/data'
import { experimentsSection } from './sections/experiments'
import { honestySection } from './sections/honesty'
import { limitsSection } from './sections/limits'
import { networkSection } from './sections/network'
import { citationSection, methodsSection, provenanceSection, settingsSection } from './sections/record'
import { qualitySection } from './sections/quality'
import { reliabilitySection } from './sections/reliability'
import { sectionMarkup, type ReportContext, type Section } from './sections/section'
import { summary } from './sections/summary'
import { STYLE } from './style'

const hashSource = (content: string): string =>
  `'sha256-${createHash('sha256').update(content, 'utf8').digest('base64')}'`

/** Nothing may be loaded or sent; only the style sheet and the script with these hashes apply. */
const CONTENT_SECURITY_POLICY = `default-src 'none'; style-src ${hashSource(STYLE)}; script-src ${hashSource(SCRIPT)}; base-uri 'none'; form-action 'none'`

/** Written whole: a hash covers every space between the tags. */
const STYLE_ELEMENT = trusted(`<style>${STYLE}</style>`)
const SCRIPT_ELEMENT = trusted(`<script>${SCRIPT}</script>`)

export interface ReportOptions {
  /** those after the summary; all when absent */
  readonly sections?: readonly ReportSectionId[]
  /** the check on the study's own data, which takes a while to make */
  readonly honesty?: HonestyCheck | null
}

/** The whole report as one file; the same result and evidence give the same bytes. */
export function reportPage(
  result: AnalysisResult,
  evidence: EvidenceSource,
  options?: ReportOptions,
): string {
  const context = contextOf(result, evidence, options)
  const sections = sectionIds(options).map((id) => sectionOf(context, id))
  const name = shownName(result)
  return render(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta http-equiv="Content-Security-Policy" content="${trusted(CONTENT_SECURITY_POLICY)}" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="referrer" content="no-referrer" />
          <meta name="color-scheme" content="light" />
          <meta name="generator" content="${result.app.name} ${result.app.version}" />
          <title>${name}: causal network and direct targets</title>
          ${STYLE_ELEMENT}
        </head>
        <body>
          <a class="skip" href="#summary">Skip to the summary</a>
          ${headerOf(result)}
          <nav aria-label="Contents">
            <ul>
              ${sections.map((section) => html`<li><a href="#${section.id}">${section.title}</a></li>`)}
            </ul>
          </nav>
          <main>${summarySection(context)} ${sections.map(sectionMarkup)}</main>
          <footer>
            Made from one run of ${result.app.name}. This file holds its data and figures and loads nothing
            from a network.
          </footer>
          <script type="application/json" id="metacadi-record">
            ${recordOf(result)}
          </script>
          ${SCRIPT_ELEMENT}
        </body>
      </html> `,
  )
}

/**
 * What the page shows, for a look at it before it is saved: elements without style and script, and the style sheet.
 *
 * @param pause awaited before every section: a page of a large study takes seconds, in which others want to be answered.
 *   What it throws ends the work.
 */
export async function reportPreview(
  result: AnalysisResult,
  evidence: EvidenceSource,
  options: ReportOptions,
  pause: () => Promise<void>,
): Promise<{ readonly style: string; readonly body: string }> {
  const context = contextOf(result, evidence, options)
  const parts = [render(headerOf(result)), '<main>', render(summarySection(context))]
  for (const id of sectionIds(options)) {
    await pause()
    parts.push(render(sectionMarkup(sectionOf(context, id))))
  }
  return { style: STYLE, body: [...parts, '</main>'].join('') }
}

const shownName = (result: AnalysisResult): string => shortName(result.input.name, 80)

function contextOf(
  result: AnalysisResult,
  evidence: EvidenceSource,
  { sections: wanted = REPORT_SECTION_IDS, honesty = null }: ReportOptions = {},
): ReportContext {
  return {
    result,
    evidence,
    findings: findingsOf(result),
    quality: qualityOf(result),
    unit: shiftUnit(result),
    honesty: wanted.includes('honesty') ? honesty : null,
    shows: (section) => wanted.includes(section),
  }
}

const headerOf = (result: AnalysisResult): Markup =>
  html`<header>
    <h1>${shownName(result)}: causal network and direct targets</h1>
    <p class="meta">
      ${dateTime(result.createdAt)} · seed ${result.settings.seed} · ${result.app.name} ${result.app.version}
      · result ${result.resultHash.slice(0, 12)}
    </p>
  </header> `

const summarySection = (context: ReportContext): Markup =>
  html`<section id="summary" aria-labelledby="summary-heading">
    <h2 id="summary-heading">Summary</h2>
    ${summary(context)}
  </section> `

const BODIES: Readonly<Record<ReportSectionId, (context: ReportContext) => Content>> = {
  quality: qualitySection,
  experiments: experimentsSection,
  network: networkSection,
  data: dataSection,
  reliability: reliabilitySection,
  honesty: honestySection,
  limits: limitsSection,
  settings: settingsSection,
  methods: methodsSection,
  provenance: provenanceSection,
  citation: citationSection,
}

/** In the order of the page, whatever the order of the wish. */
const sectionIds = ({ sections: wanted = REPORT_SECTION_IDS }: ReportOptions = {}): ReportSectionId[] =>
  REPORT_SECTION_IDS.filter((id) => ALWAYS_IN_REPORT.includes(id) || wanted.includes(id))

const sectionOf = (context: ReportContext, id: ReportSectionId): Section => ({
  id,
  title: REPORT_SECTIONS[id],
  body: BODIES[id](context),
})

/** What identifies and repeats the run, for programs that read the report. */
function recordOf(result: AnalysisResult): Markup {
  const { app, createdAt, input, settings, diagnostics, warnings, resultHash } = result
  const { name, files, transform, choices, control, samplesPerEnvironment, samples } = input
  return jsonForScript({
    format: 'metacadi-report-record',
    version: 1,
    app,
    createdAt,
    resultHash,
    input: { name, files, transform, choices, control, samplesPerEnvironment, samples },
    environments: result.environments,
    genes: result.genes,
    settings,
    diagnostics,
    warnings,
  })
}
