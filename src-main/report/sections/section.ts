import type { ReportSectionId } from '../../../src-shared/contract/report-sections'
import type { SampleQualityView } from '../../../src-shared/contract/sample-quality'
import type { HonestyCheck } from '../../../src-shared/domain/experiment-evidence'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { figureDataLink } from '../data-link'
import type { EvidenceSource } from '../evidence-source'
import type { Table } from '../exports/table'
import type { Findings } from '../findings'
import { html, trusted, type Content, type Markup } from '../markup'

/** What every section is made from. */
export interface ReportContext {
  readonly result: AnalysisResult
  readonly findings: Findings
  readonly evidence: EvidenceSource
  /** the samples beside each other */
  readonly quality: SampleQualityView
  /** unit of shifts and effects */
  readonly unit: string
  /** whether the page has a section that may be left out, so that a link to it leads somewhere */
  readonly shows: (section: ReportSectionId) => boolean
  /** how the method behaves on these data; null for the instant answer, which has no mechanisms */
  readonly honesty: HonestyCheck | null
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

/** The numbers behind a figure, and the name of their file without an extension. */
export interface FigureNumbers {
  readonly name: string
  readonly data: Table
}

/** A figure with its caption and the link that saves its data; the button that saves it appears where scripts run. */
export function figureBlock(markup: Markup, caption: Content, numbers?: FigureNumbers): Markup {
  return html`<figure>
    <div class="figure-frame">${markup}</div>
    <figcaption>${caption} ${numbers && figureDataLink(numbers.name, numbers.data)}</figcaption>
  </figure> `
}

/** Longer tables behind a click are left out in print. */
const MOST_ROWS_IN_PRINT = 200

/** Content behind a click; in print it stands open, unless it is too long. */
export function folded(
  summary: Content,
  rows: number,
  content: Content,
  mostInPrint = MOST_ROWS_IN_PRINT,
): Markup {
  if (rows <= mostInPrint)
    return html`<details>
      <summary>${summary}</summary>
      ${content}
    </details> `
  return html`<details class="screen">
      <summary>${summary}</summary>
      ${content}
    </details>
    <p class="print">${summary}: in the HTML report and in the exported tables.</p> `
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
