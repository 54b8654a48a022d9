import type { TargetEngagement } from '../../../src-shared/contract/sample-quality'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { correlationFigure, correlationRows, type CorrelationRows } from '../figures/correlation-figure'
import { correlationData, flagsOf, pcaData, qualityData } from '../figures/figure-data'
import { pcaFigure, sampleScores } from '../figures/pca-figure'
import { knownMeasures, measureValues, MOST_STRIPS, sampleStrips } from '../figures/sample-strips'
import { count, decimal, plural, signed } from '../format'
import { gene, html, label, type Content, type Markup } from '../markup'
import { ENGAGEMENT_TEXT, measureText, measureTitle } from '../quality-words'
import { cell, table } from '../table'
import { figureBlock, folded, type ReportContext } from './section'

/** A longer table of samples keeps those that deserve a look. */
const MOST_SAMPLE_ROWS = 1000
/** A page on paper; the samples to look at have a table of their own. */
const MOST_SAMPLE_ROWS_IN_PRINT = 50

/** The samples beside each other: what the window shows before a run, and which samples were left out with which reason. */
export function qualitySection(context: ReportContext): Content {
  return [
    verdict(context),
    flaggedTable(context),
    excludedTable(context.result),
    strips(context),
    html`<div class="pair">${pca(context.result)}${correlation(context)}</div> `,
    engagementTable(context),
    sampleTable(context),
  ]
}

/** Samples with at least one flag, in the order of the rows. */
export const flaggedSamples = ({ quality }: ReportContext): number[] =>
  [...new Set(quality.flags.map(({ sample }) => sample))].sort((a, b) => a - b)

function verdict(context: ReportContext): Markup {
  const { quality: measured, samples } = context.quality
  const flagged = flaggedSamples(context)
  const over = measured
    ? `over the ${plural(measured.compared, 'gene')} of the file that ${measured.compared === 1 ? 'varies' : 'vary'} most`
    : 'over the analysed genes'
  return html`<p>
    ${plural(samples.length, 'sample')} ${samples.length === 1 ? 'was' : 'were'} compared ${over}.
    ${
      flagged.length === 0
        ? html`<strong>No sample stands out.</strong>`
        : html`<strong
              >${plural(flagged.length, 'sample')} ${flagged.length === 1 ? 'deserves' : 'deserve'} a
              look</strong
            >; a flag is a reason to look and excludes nothing by itself.`
    }
    ${measured ? null : 'This result holds no measures over all genes of the file (it is older, or its data did not come from a file), so library sizes, genes above zero, distances and correlations are not shown.'}
  </p> `
}

function flaggedTable(context: ReportContext): Markup | null {
  const { quality } = context
  const flagged = flaggedSamples(context)
  if (flagged.length === 0) return null
  return table({
    id: 'flagged-samples',
    caption: 'Samples to look at',
    rowHeaders: true,
    columns: [{ title: 'Sample' }, { title: 'Experiment' }, { title: 'Why' }],
    rows: flagged.map((sample) => [
      cell(label(quality.samples[sample]!)),
      cell(label(quality.environments[quality.environmentOf[sample]!]!)),
      cell(flagsOf(quality, sample)),
    ]),
  })
}

/** What was left out before the run, with the reason that was given. */
function excludedTable({ input }: AnalysisResult): Markup {
  const { excludedSamples, exclusionReasons } = input.choices ?? {}
  const excluded = Array.isArray(excludedSamples) ? excludedSamples.map(String) : []
  if (excluded.length === 0) return html`<p>No sample was left out by hand.</p> `
  const reasons = new Map(Object.entries(typeof exclusionReasons === 'object' ? exclusionReasons : {}))
  return table({
    id: 'excluded-samples',
    caption: 'Samples that were left out',
    rowHeaders: true,
    columns: [{ title: 'Sample' }, { title: 'Reason' }],
    rows: excluded.map((sample) => [
      cell(label(sample)),
      cell(label(String(reasons.get(sample) ?? '') || 'no reason given', 400)),
    ]),
  })
}

function strips({ result, quality }: ReportContext): Markup | null {
  const markup = sampleStrips(quality, result.input.transform)
  if (!markup) return null
  const more = quality.environments.length - MOST_STRIPS
  return figureBlock(
    markup,
    html`<strong>Samples by experiment.</strong> One dot is one sample, a triangle a sample to look at, the
      dashed line the median. Totals and genes above zero are of the values of the file before any transform;
      the distance is the root mean square distance from the other samples of the
      experiment.${more > 0 && ` ${count(more)} experiments without a sample to look at have no line here.`}`,
    { name: 'quality', data: qualityData(quality) },
  )
}

function pca(result: AnalysisResult): Markup | null {
  const found = sampleScores(result)
  if (!found) return null
  return figureBlock(
    pcaFigure(result, found),
    html`<strong>Samples by principal components</strong> of ${plural(found.genes, 'gene')}. Samples of one
      experiment should lie together; one that lies with another experiment may carry the wrong label.`,
    { name: 'pca', data: pcaData(result, found) },
  )
}

function correlation({ quality }: ReportContext): Markup | null {
  const rows = correlationRows(quality)
  if (!rows)
    return quality.quality ? html`<p>There are too many experiments to draw their correlations.</p> ` : null
  return figureBlock(
    correlationFigure(quality, rows, HALF_WIDTH),
    html`<strong>Correlation of ${rows.of}.</strong> ${correlationSentence(rows)}`,
    { name: 'correlation', data: correlationData(rows) },
  )
}

/** pixels of one of two figures side by side */
const HALF_WIDTH = 460

/** `0.95 to 0.99 within experiments, 0.80 to 0.97 between them`. */
function correlationSentence({ of, environment, values }: CorrelationRows): string {
  const m = environment.length
  const found = { within: [Infinity, -Infinity], between: [Infinity, -Infinity] }
  for (let a = 0; a < m; a++)
    for (let b = of === 'samples' ? a + 1 : a; b < m; b++) {
      const r = values[a * m + b]!
      if (Number.isNaN(r)) continue
      const range = environment[a] === environment[b] ? found.within : found.between
      range[0] = Math.min(range[0]!, r)
      range[1] = Math.max(range[1]!, r)
    }
  const words = ([low, high]: readonly number[], where: string): string[] =>
    low! > high! ? [] : [`from ${decimal(low!, 3)} to ${decimal(high!, 3)} ${where} experiments`]
  const means = of === 'experiments' ? 'Each cell is a mean over pairs of samples: ' : 'Pearson’s r is '
  return `${means}${[...words(found.within, 'within'), ...words(found.between, 'between')].join(', ')}.`
}

const EXPECTED = { up: 'up', down: 'down' } as const

/** Whether known targets move in their experiments. */
function engagementTable({ quality }: ReportContext): Markup {
  const { engagement } = quality
  if (engagement.length === 0)
    return html`<p>No target was known before the run, so there was none to check in its experiment.</p> `
  return table({
    id: 'engagement',
    caption: 'Known targets in their experiments',
    rowHeaders: true,
    columns: [
      { title: 'Experiment' },
      { title: 'Gene' },
      { title: 'Expected' },
      { title: 'Change', numeric: true },
      { title: 'In control sd', numeric: true },
      { title: 'Found' },
    ],
    rows: engagement.map((target: TargetEngagement) => [
      cell(label(target.experiment)),
      cell(gene(target.gene)),
      cell(target.direction ? EXPECTED[target.direction] : '–'),
      cell(numberOrDash(target.change, 2), target.change),
      cell(numberOrDash(target.spreads, 1), target.spreads),
      cell(ENGAGEMENT_TEXT[target.state]),
    ]),
  })
}

const numberOrDash = (value: number, decimals: number): string =>
  Number.isFinite(value) ? signed(value, decimals) : '–'

function sampleTable({ result, quality }: ReportContext): Markup | null {
  const measures = knownMeasures(quality)
  if (measures.length === 0) return null
  const whole = quality.samples.length <= MOST_SAMPLE_ROWS
  const shown = Array.from(quality.samples.keys()).filter(
    (sample) => whole || flagsOf(quality, sample) !== '',
  )
  if (shown.length === 0) return null
  const caption = whole ? 'Every sample' : 'Samples to look at, with their measures'
  return folded(
    `${caption} (${count(shown.length)})`,
    shown.length,
    table({
      id: 'samples',
      caption,
      rowHeaders: true,
      interactive: true,
      columns: [
        { title: 'Sample' },
        { title: 'Experiment' },
        ...measures.map((measure) => ({
          title: measureTitle(measure, result.input.transform),
          numeric: true,
        })),
        { title: 'To look at' },
      ],
      rows: shown.map((sample) => [
        cell(label(quality.samples[sample]!)),
        cell(label(quality.environments[quality.environmentOf[sample]!]! || 'control')),
        ...measures.map((measure) => {
          const value = measureValues(quality, measure)![sample]!
          return cell(measureText(measure, value), value)
        }),
        cell(flagsOf(quality, sample)),
      ]),
    }),
    MOST_SAMPLE_ROWS_IN_PRINT,
  )
}
