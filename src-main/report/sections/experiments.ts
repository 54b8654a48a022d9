import { CHANGED_AT } from '../../../src-shared/domain/differential'
import { isLearned } from '../../../src-shared/domain/result'
import { LEAD_FROM, targetStatus } from '../../../src-shared/domain/target-status'
import { heatmapData, rankingData, targetData } from '../figures/figure-data'
import { heatmapCaption, heatmapPanels, targetHeatmaps } from '../figures/target-heatmap'
import { targetEvidenceFigure } from '../figures/target-evidence-figure'
import { targetRanking } from '../figures/target-ranking'
import { changesOf } from '../changes'
import { targetTable } from '../data-link'
import { experimentsByStrength, type ExperimentFinding, type TargetFinding } from '../findings'
import { count, percent, plural, probability, signed } from '../format'
import { gene, html, label, shortName, type Content, type Markup } from '../markup'
import { cell, probabilityBar, table, type Cell } from '../table'
import { changeLine, volcanoBlock } from './differential'
import { figureBlock, folded, type ReportContext } from './section'

/** Experiments shown in full, with their figures; the others have their table behind a click. */
const MOST_IN_FULL = 12
const TOP_GENES = 10
/** of the searchable table over all experiments, which holds targets and leads */
const MOST_SEARCHABLE_ROWS = 1000

const KIND_WORDS = {
  hard: 'replaced',
  shift: 'shifted',
  scale: 'noise changed',
  unknown: 'not determined',
} as const

export function experimentsSection(context: ReportContext): Content {
  const { result, findings } = context
  if (findings.experiments.length === 0)
    return html`<p>There is no perturbed experiment, so no targets were sought.</p>`
  const inFull = new Set(experimentsByStrength(findings).slice(0, MOST_IN_FULL))
  const embedded = targetTable(result, findings)
  return [
    overview(context),
    targetHeatmaps(result, findings).map((markup, index) =>
      index === 0
        ? figureBlock(
            markup,
            html`<strong>Direct targets by experiment.</strong> ${heatmapCaption(result, findings)}`,
            { name: 'heatmap', data: heatmapData(result, heatmapPanels(findings)) },
          )
        : figureBlock(markup, html`<strong>Direct targets by experiment</strong>, continued.`),
    ),
    howToRead(context),
    findings.experiments.map((experiment, position) =>
      experimentBlock(context, experiment, inFull.has(position)),
    ),
    html`<h3>All experiments in one table</h3>
      <p class="save-line">${embedded.link} ${embedded.note}</p> `,
    searchableTable(context),
  ]
}

function overview({ result, findings }: ReportContext): Markup {
  const changes = changesOf(result)?.overview.experiments
  const rate = percent(result.settings.fdr)
  return table({
    id: 'overview',
    caption: 'Every experiment and its verdict',
    rowHeaders: true,
    interactive: true,
    columns: [
      { title: 'Experiment' },
      { title: 'Samples', numeric: true },
      { title: `Targets (${rate} FDR)`, numeric: true },
      { title: 'Top gene' },
      { title: 'Probability' },
      { title: 'P(no target)', numeric: true },
      ...(changes ? [{ title: 'Changed genes', numeric: true }] : []),
      { title: 'Verdict' },
    ],
    rows: findings.experiments.map((experiment) => {
      const top = experiment.ranking[0]
      const name = result.environments[experiment.environment]!
      return [
        cell(html`<a href="#experiment-${experiment.environment + 1}">${label(name, 36)}</a>`),
        cell(count(experiment.samples), experiment.samples),
        cell(count(experiment.confident.length), experiment.confident.length),
        cell(top ? gene(result.genes[top.gene]!, 20) : '–'),
        top ? probabilityCell(top, top.known ? html` <span class="tag">given</span>` : null) : cell('–'),
        cell(probability(experiment.noTarget), experiment.noTarget),
        ...(changes
          ? [cell(count(changes[experiment.environment]!.changed), changes[experiment.environment]!.changed)]
          : []),
        cell(verdictTag(experiment)),
      ]
    }),
  })
}

function verdictTag(experiment: ExperimentFinding): Markup {
  if (experiment.confident.length === 0)
    return html`<span class="tag">${experiment.withoutTarget ? 'no confident target' : 'gene unclear'}</span>`
  if (experiment.confident.every((target) => target.known)) return html`<span class="tag">given</span>`
  return html`<span class="tag ok">confident target</span>`
}

function probabilityCell({ probability: value }: TargetFinding, words: Markup | null = null): Cell {
  return cell(html`<span class="nb">${probabilityBar(value)} ${probability(value)}</span>${words}`, value)
}

function howToRead({ result, unit }: ReportContext): Markup {
  return html`<div class="note">
    <h3>How to read the tables</h3>
    <dl>
      <dt>Probability</dt>
      <dd>that the experiment changed the gene itself, and not only genes upstream of it.</dd>
      <dt>List FDR</dt>
      <dd>
        expected share of wrong genes if the list is cut after this gene. The list ends at
        ${percent(result.settings.fdr)}.
      </dd>
      <dt>No confident target</dt>
      <dd>the evidence allows no such list. The ranking then holds leads.</dd>
      <dt>Gene unclear</dt>
      <dd>some gene was probably hit, but no list of genes is sure enough. The ranking holds leads.</dd>
      ${
        isLearned(result) &&
        html`<dt>Kind</dt>
          <dd>
            <em>replaced</em>: the gene no longer follows its causes (a knock-out or a fixed level);
            <em>shifted</em>: its level moved, its causes still act; <em>noise changed</em>: it scatters more
            or less.
          </dd>`
      }
      <dt>${isLearned(result) ? 'Observed, predicted' : 'Observed'}</dt>
      <dd>
        shift of the mean against the ${unit === 'control sd' ? 'control' : 'other samples'}, in
        ${unit}${isLearned(result) && '; predicted is what the measured causes explain without a hit'}.
      </dd>
      ${
        changesOf(result) &&
        html`<dt>Differential expression</dt>
          <dd>
            across the change, up the evidence for it. Filled circles: direct targets; squares: follow from
            them along the network; triangles: in the network, unexplained; dots: other genes of the file;
            dashed line: adjusted p ${CHANGED_AT}.
          </dd>`
      }
    </dl>
  </div> `
}

function experimentBlock(context: ReportContext, experiment: ExperimentFinding, inFull: boolean): Markup {
  const { result } = context
  const id = `experiment-${experiment.environment + 1}`
  const name = result.environments[experiment.environment]!
  const heading = html`<h3 id="${id}">${label(name, 60)}</h3>`
  if (inFull)
    return html`<article aria-labelledby="${id}">
      ${heading}
      <p class="lead-in">${verdict(context, experiment)}</p>
      ${changeLine(context, experiment.environment)}
      <div class="pair">${figures(context, experiment)}</div>
      ${targetRows(context, experiment)}
    </article> `
  return folded(heading, TOP_GENES, [
    html`<p class="lead-in">${verdict(context, experiment)}</p>`,
    changeLine(context, experiment.environment),
    targetRows(context, experiment),
  ])
}

/** Evidence and differential expression; where one of them is missing, the ranking as well. The table beside holds it too. */
function figures(context: ReportContext, experiment: ExperimentFinding): Markup[] {
  const shown = [evidenceBlock(context, experiment), volcanoBlock(context, experiment.environment)].filter(
    (block) => block !== null,
  )
  return shown.length === 2 ? shown : [rankingBlock(context, experiment), ...shown]
}

function rankingBlock({ result }: ReportContext, experiment: ExperimentFinding): Markup {
  return figureBlock(
    targetRanking(result, experiment),
    html`<strong>Most probable direct targets.</strong> Filled: on the list; hollow: a lead.`,
    { name: `ranking-${experiment.environment + 1}`, data: rankingData(result, experiment) },
  )
}

function verdict({ result }: ReportContext, experiment: ExperimentFinding): Content {
  const { confident } = experiment
  const samples = plural(experiment.samples, 'sample')
  const rate = percent(result.settings.fdr)
  const none = probability(experiment.noTarget)
  if (confident.length === 0 && !experiment.withoutTarget)
    return html`<strong>A target, but the gene is unclear.</strong> No list of genes stays below ${rate} FDR.
      ${samples}; probability that no gene was hit directly: ${none}.`
  if (confident.length === 0)
    return html`<strong>No confident target.</strong> No list of genes stays below ${rate} FDR. The top
      ${Math.min(TOP_GENES, experiment.ranking.length)} are shown; treat them as leads. ${samples};
      probability that no gene was hit directly: ${none}.`
  const given = confident.filter((target) => target.known).length
  return html`<strong>${plural(confident.length, 'direct target')}</strong> at ${rate}
    FDR${given > 0 && `, ${given} of them given in the settings`}. ${samples}; probability that no gene was
    hit directly: ${none}.`
}

function evidenceBlock(
  { result, evidence, unit }: ReportContext,
  experiment: ExperimentFinding,
): Markup | null {
  const strongest = experiment.ranking.find((target) => !target.known) ?? experiment.ranking[0]
  if (!strongest) return null
  const view = evidence.target(result, experiment.environment, strongest.gene)
  if (!view) return null
  const markup = targetEvidenceFigure(view, unit, `evidence-${experiment.environment + 1}`)
  if (!markup) return null
  const causes = view.parents
    .slice(0, 4)
    .map(
      (parent, index) => html`${index > 0 && ', '}${gene(parent.gene, 16)} (${signed(parent.observedShift)})`,
    )
  return figureBlock(
    markup,
    html`<strong>Evidence for ${gene(view.gene, 20)}.</strong> Lines are 95 % intervals.
      ${causes.length > 0 ? html`Measured causes and their shifts: ${causes}.` : 'No cause of this gene among the measured ones is likely.'}`,
    { name: `evidence-${experiment.environment + 1}`, data: targetData(view) },
  )
}

function targetRows(context: ReportContext, experiment: ExperimentFinding): Markup {
  const name = shortName(context.result.environments[experiment.environment]!)
  return table({
    id: `targets-${experiment.environment + 1}`,
    caption: `${experiment.ranking.length === 1 ? 'The gene' : `Top ${Math.min(TOP_GENES, experiment.ranking.length)} genes`} of ${name}`,
    columns: [{ title: 'Rank', numeric: true }, ...targetColumns(context)],
    rows: experiment.ranking
      .slice(0, TOP_GENES)
      .map((target) => [cell(count(target.rank), target.rank), ...targetCells(context, target)]),
  })
}

function targetColumns({ result, unit }: ReportContext): { title: string; numeric?: boolean }[] {
  return [
    { title: 'Gene' },
    { title: 'Probability' },
    { title: 'List FDR', numeric: true },
    ...(isLearned(result) ? [{ title: 'Kind' }] : []),
    { title: `Observed (${unit})`, numeric: true },
    ...(isLearned(result) ? [{ title: `Predicted (${unit})`, numeric: true }] : []),
    { title: 'Status' },
  ]
}

function targetCells({ result }: ReportContext, target: TargetFinding): Cell[] {
  const status = target.known ? 'given' : targetStatus(target.confident, target.probability)
  return [
    cell(gene(result.genes[target.gene]!)),
    probabilityCell(target),
    cell(probability(target.listFdr), target.listFdr),
    ...(isLearned(result) ? [cell(html`<span class="nb">${KIND_WORDS[target.kind]}</span>`)] : []),
    cell(signed(target.observedShift), target.observedShift),
    ...(isLearned(result) ? [cell(signed(target.predictedShift), target.predictedShift)] : []),
    cell(
      status === 'target'
        ? html`<span class="tag ok">target</span>`
        : html`<span class="tag">${status}</span>`,
    ),
  ]
}

function searchableTable(context: ReportContext): Markup {
  const { findings, result } = context
  const rows = findings.experiments
    .flatMap((experiment) => experiment.ranking.filter((target) => target.probability >= LEAD_FROM))
    .sort((a, b) => b.probability - a.probability || a.environment - b.environment || a.rank - b.rank)
    .slice(0, MOST_SEARCHABLE_ROWS)
  return folded(
    `Every gene with probability ≥ ${LEAD_FROM} (${plural(rows.length, 'row')})`,
    rows.length,
    table({
      id: 'all-targets',
      caption: 'Candidate targets of all experiments, most probable first',
      interactive: true,
      rowHeaders: true,
      columns: [{ title: 'Experiment' }, ...targetColumns(context)],
      rows: rows.map((target) => [
        cell(label(result.environments[target.environment]!, 32)),
        ...targetCells(context, target),
      ]),
    }),
  )
}
