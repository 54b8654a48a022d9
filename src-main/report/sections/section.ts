import type { AnalysisResult } from '../../../src-shared/domain/result'
import type { EvidenceSource } from '../evidence-source'
import type { Findings } from '../findings'
import { html, trusted, type Content, type Markup } from '../markup'

/** What every section is made from. */
export interface ReportContext {
  readonly result: AnalysisResult
  readonly findings: Findings
  readonly evidence: EvidenceSource
  /** unit of shifts and effects */
  readonly unit: string
}

export interface Section {
  readonly id: string
  readonly title: string
  readonly body: Content
}

export function sectionMarkup(section: Section): Markup {
  return html`<section id="${section.id}" aria-labelledby="${section.id}-heading">
    <h2 id="${section.id}-heading">${section.title}</h2>
    ${section.body}
  </section> `
}

/** A figure with its caption; the button that saves it appears where scripts run. */
export function figureBlock(markup: Markup, caption: Content): Markup {
  return html`<figure>
    <div class="figure-frame">${markup}</div>
    <figcaption>${caption}</figcaption>
  </figure> `
}

/** Text to copy; the button appears where scripts run. */
export function copyBlock(id: string, label: string, text: string): Markup {
  return html`<div class="copy">
    <button type="button" class="copy-button" data-copy="${id}" hidden>Copy</button>
    <pre id="${id}" tabindex="0" role="region" aria-label="${label}">${preserveLines(text)}</pre>
  </div> `
}

/** Line breaks stay; everything else in a line is escaped as anywhere. */
function preserveLines(text: string): Content[] {
  return text.split('\n').map((line, index) => (index === 0 ? line : [trusted('\n'), line]))
}
