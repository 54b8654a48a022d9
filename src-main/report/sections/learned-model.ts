import { outsideRangeText } from '../../../src-shared/contract/outside-range'
import { disagreements, type PartLogOdds } from '../../../src-shared/domain/answer-parts'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { reliabilityData } from '../figures/figure-data'
import { reliabilityFigure, reliabilityPanels } from '../figures/reliability-figure'
import { count, probability } from '../format'
import { gene, html, label, type Content, type Markup } from '../markup'
import { cell, factTable, table } from '../table'
import { figureBlock, type ReportContext } from './section'

const MOST_LISTED = 10

const METHODS = {
  full: 'network and closed form, combined',
  instant: 'the network alone (instant answer)',
  'closed-form': 'closed form alone',
} as const

/** Which methods answered, where they disagree, what is unusual, and how well such answers are calibrated. */
export function methodBlock(context: ReportContext): Content {
  const { result } = context
  return [
    factTable('method-facts', 'What answered', facts(result)),
    result.mode === 'instant' &&
      html`<p>
        <strong>This is the instant answer.</strong> Nothing was fitted to the samples: there are no effects,
        predictions, kinds of change and evidence views. The full search gives them.
      </p>`,
    unusual(result),
    disagreementBlock(result),
    calibration(result),
  ]
}

function facts({ mode, model, settings }: AnalysisResult): [string, Content][] {
  const asked: [string, Content][] =
    settings.mode === mode ? [] : [['Asked for', METHODS[settings.mode]] satisfies [string, Content]]
  if (!model) return [['Method', METHODS[mode]], ...asked, ['Learned model', 'did not take part']]
  return [
    ['Method', METHODS[mode]],
    ...asked,
    [
      'Learned model',
      html`<code class="hash">${model.sha256.slice(0, 12)}</code>, features of version
        ${count(model.featureVersion)}`,
    ],
    [
      'Combiner',
      mode === 'instant'
        ? 'not used'
        : model.combinerSha256 === null
          ? 'none: tempered mean of both log-odds'
          : html`<code class="hash">${model.combinerSha256.slice(0, 12)}</code>`,
    ],
    ['Computed on', model.provider === 'cuda' ? 'GPU (CUDA)' : 'CPU'],
  ]
}

function unusual({ parts, environments }: AnalysisResult): Content {
  if (!parts || parts.outside.length === 0) return null
  const shown = parts.outside.slice(0, MOST_LISTED)
  const more = parts.outside.length - shown.length
  return html`<div class="warning">
    <h3>Outside what the learned model was trained on</h3>
    <p>Probabilities may be less reliable here.</p>
    <ul>
      ${shown.map((range) => html`<li>${outsideRangeText(range, environments)}</li>`)}${more > 0 && html`<li>and ${count(more)} more</li>`}
    </ul>
  </div> `
}

function disagreementBlock({ parts, genes, environments, targets, edges }: AnalysisResult): Content {
  if (!parts?.edges.closedForm) return null
  const d = genes.length
  const [inTargets, inEdges] = [disagreements(parts.targets), disagreements(parts.edges, d)]
  return html`<h3>Where network and closed form disagree</h3>
    <p>
      On ${count(inTargets.length)} of ${count(targets.probability.length)} target probabilities and
      ${count(inEdges.length)} of ${count(d * (d - 1))} edge probabilities: one of the two finds them more
      likely than not, and their log-odds differ by more than 3. Judge these by their evidence.
    </p>
    ${
      inTargets.length > 0 &&
      list(
        'disagreeing-targets',
        'Targets with the largest disagreement',
        ['Experiment', 'Gene'],
        parts.targets,
        targets.probability,
        inTargets,
        (at) => [cell(label(environments[Math.floor(at / d)]!, 32)), cell(gene(genes[at % d]!))],
      )
    }${
      inEdges.length > 0 &&
      list(
        'disagreeing-edges',
        'Edges with the largest disagreement',
        ['Cause', 'Effect'],
        parts.edges,
        edges.probability,
        inEdges,
        (at) => [cell(gene(genes[Math.floor(at / d)]!)), cell(gene(genes[at % d]!))],
      )
    }`
}

const chance = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))

function list(
  id: string,
  caption: string,
  names: readonly [string, string],
  parts: PartLogOdds,
  answer: Float64Array,
  cells: readonly number[],
  describe: (at: number) => ReturnType<typeof cell>[],
): Markup {
  const closed = parts.closedForm!
  const gap = (at: number): number => Math.abs(parts.network[at]! - closed[at]!)
  const numbers = (at: number): ReturnType<typeof cell>[] =>
    [chance(closed[at]!), chance(parts.network[at]!), answer[at]!].map((p) => cell(probability(p), p))
  return table({
    id,
    caption,
    columns: [
      ...names.map((title) => ({ title })),
      { title: 'Closed form', numeric: true },
      { title: 'Network', numeric: true },
      { title: 'Answer', numeric: true },
    ],
    rows: [...cells]
      .sort((a, b) => gap(b) - gap(a) || a - b)
      .slice(0, MOST_LISTED)
      .map((at) => [...describe(at), ...numbers(at)]),
  })
}

function calibration({ model, mode }: AnalysisResult): Content {
  if (!model || model.reliability.length === 0 || mode !== 'full') return null
  const figure = reliabilityFigure(
    'model-reliability',
    'Calibration of full answers on simulated studies',
    reliabilityPanels(model.reliability),
  )
  return figureBlock(
    figure,
    html`<strong>How often probabilities came true</strong> on simulated studies that took no part in
      training, by the number of samples per experiment. On the dashed line they are right; below it they
      promise too much. Real data can differ from every simulation.`,
    { name: 'reliability', data: reliabilityData(model.reliability) },
  )
}
