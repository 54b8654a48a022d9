import { SETTINGS, type ScalarSetting, type SettingInfo } from '../../../src-shared/contract/settings'
import { bibtex, appCitation, PAPER_CITATION } from '../citation'
import { count, dateTime, plural } from '../format'
import { gene, html, label, shortName, type Content, type Markup } from '../markup'
import { knownTargetsOf } from '../findings'
import { methodsText } from '../methods-text'
import { cell, factTable, table } from '../table'
import { copyBlock, type ReportContext } from './section'

const MOST_LISTED = 200

export function settingsSection({ result }: ReportContext): Content {
  const keys = Object.keys(SETTINGS) as ScalarSetting[]
  const { required, forbidden, tiers, roots = [], leaves = [] } = result.settings.constraints
  const edges = [
    ...required.map((edge) => ({ ...edge, kind: 'required' })),
    ...forbidden.map((edge) => ({ ...edge, kind: 'forbidden' })),
  ]
  const known = knownTargetsOf(result)
  return [
    factTable(
      'settings-table',
      'Settings of the run',
      keys.map((key): [string, Content] => [
        SETTINGS[key].label,
        settingText(SETTINGS[key], result.settings[key]),
      ]),
    ),
    known.length > 0 &&
      table({
        id: 'known-targets',
        caption: 'Known targets, as given',
        rowHeaders: true,
        columns: [{ title: 'Experiment' }, { title: 'Targets' }, { title: 'Complete' }],
        rows: known.slice(0, MOST_LISTED).map(({ environment, targets }) => [
          cell(label(environment)),
          cell(
            targets.genes.length > 0
              ? targets.genes
                  .slice(0, 20)
                  .map((name) => shortName(name))
                  .join(', ')
              : 'none',
          ),
          cell(targets.complete ? 'yes' : 'no, others stay open'),
        ]),
      }),
    edges.length > 0 &&
      table({
        id: 'constraints',
        caption: `Constraints on edges${edges.length > MOST_LISTED ? ` (the first ${MOST_LISTED} of ${count(edges.length)})` : ''}`,
        columns: [{ title: 'Cause' }, { title: 'Effect' }, { title: 'Constraint' }],
        rows: edges
          .slice(0, MOST_LISTED)
          .map((edge) => [cell(gene(edge.source)), cell(gene(edge.target)), cell(edge.kind)]),
      }),
    tiers.length > 0 &&
      html`<p>
        ${plural(tiers.length, 'tier')}:
        ${tiers
          .map(
            (tier, index) =>
              `${index + 1}. ${tier
                .slice(0, 20)
                .map((name) => shortName(name, 20))
                .join(', ')}${tier.length > 20 ? ' …' : ''}`,
          )
          .join('; ')}.
      </p>`,
    roots.length > 0 && html`<p>Without a cause, as given: ${someGenes(roots)}.</p>`,
    leaves.length > 0 && html`<p>Without an effect, as given: ${someGenes(leaves)}.</p>`,
  ]
}

const someGenes = (genes: readonly string[]): string =>
  `${genes
    .slice(0, 20)
    .map((name) => shortName(name, 20))
    .join(', ')}${genes.length > 20 ? ' …' : ''}`

function settingText<K extends ScalarSetting>(info: SettingInfo<K>, value: string | number): string {
  const choice = info.choices?.find((option) => option.value === value)
  if (choice) return choice.label
  return info.auto === value ? 'automatic' : String(value)
}

export function methodsSection({ result }: ReportContext): Markup {
  return html`<p class="lead-in">Text for a methods section, from the record of this run.</p>
    ${copyBlock('methods-text', 'Methods text, plain', methodsText(result))}
    <details class="screen">
      <summary>The same as Markdown</summary>
      ${copyBlock('methods-markdown', 'Methods text as Markdown', methodsText(result, 'markdown'))}
    </details> `
}

export function provenanceSection({ result }: ReportContext): Markup {
  const kernel = result.app.kernel === 'wasm-simd' ? 'WebAssembly SIMD' : 'TypeScript'
  return html`${factTable('provenance-table', 'Record of the run', [
      ['Software', `${result.app.name} ${result.app.version} (${kernel} kernel)`],
      ['End of the run', dateTime(result.createdAt)],
      ['Seed', String(result.settings.seed)],
      ['Result hash (SHA-256)', html`<code class="hash">${result.resultHash}</code>`],
    ])}
    <p>
      The hash covers all that data, settings and seed determine. Running the same files with the same
      settings and seed gives the same hash, on any computer.
    </p> `
}

export function citationSection({ result }: ReportContext): Markup {
  return html`<p>${PAPER_CITATION}.</p>
    <p>${appCitation(result)}.</p>
    ${copyBlock('bibtex', 'Citations as BibTeX', bibtex(result))}`
}
