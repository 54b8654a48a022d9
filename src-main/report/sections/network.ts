import { isLearned, type AnalysisResult } from '../../../src-shared/domain/result'
import { edgeTable } from '../data-link'
import { edgeMechanismFigure } from '../figures/edge-mechanism-figure'
import { edgeData, networkData } from '../figures/figure-data'
import { networkCaption, networkFigure } from '../figures/network-figure'
import type { EdgeFinding } from '../findings'
import { decimal, plural, probability } from '../format'
import { gene, html, type Content, type Markup } from '../markup'
import { cell, probabilityBar, table, type Cell, type Column } from '../table'
import { figureBlock, folded, type ReportContext } from './section'

const TOP_EDGES = 20
/** networks of up to this many edges have one table */
const MOST_IN_ONE_TABLE = 40
const MOST_SEARCHABLE_ROWS = 1000
const MECHANISMS = 6

export function networkSection(context: ReportContext): Content {
  const { result, findings } = context
  const embedded = edgeTable(result)
  const saved = html`<p class="save-line">${embedded.link} ${embedded.note}</p> `
  const drawing = networkFigure(result, findings)
  const shown = findings.edges.length > MOST_IN_ONE_TABLE ? TOP_EDGES : findings.edges.length
  if (!drawing)
    return [
      html`<p>
        <strong>No edge has a probability of 0.30 or more.</strong> These data do not settle who acts on whom.
      </p>`,
      saved,
    ]
  return [
    figureBlock(
      drawing.markup,
      html`<strong>Causal network.</strong> ${networkCaption(result, findings, drawing)}`,
      { name: 'network', data: networkData(result, findings) },
    ),
    edgeRows(
      context,
      'edges',
      findings.edges.length > shown ? `The ${shown} most probable edges` : 'Edges, most probable first',
      findings.edges.slice(0, shown),
      findings.edges.length === shown,
    ),
    saved,
    findings.edges.length > shown &&
      folded(
        `Every edge with probability ≥ 0.30 (${plural(Math.min(findings.edges.length, MOST_SEARCHABLE_ROWS), 'row')})`,
        findings.edges.length,
        edgeRows(
          context,
          'all-edges',
          'Edges, most probable first',
          findings.edges.slice(0, MOST_SEARCHABLE_ROWS),
          true,
        ),
      ),
    mechanisms(context),
  ]
}

function edgeRows(
  context: ReportContext,
  id: string,
  caption: string,
  edges: readonly EdgeFinding[],
  interactive: boolean,
): Markup {
  const { result, unit } = context
  const columns: Column[] = [
    { title: 'Cause' },
    { title: 'Effect' },
    { title: 'Sign' },
    { title: 'Probability' },
    ...(isLearned(result) ? [{ title: `Size, 95 % interval (${unit} per ${unit})`, numeric: true }] : []),
    ...(hasChains(result) ? [{ title: 'Chains differ by', numeric: true }] : []),
  ]
  return table({
    id,
    caption,
    interactive,
    columns,
    rows: edges.map((edge) => edgeCells(result, edge)),
  })
}

const SIGN_WORDS = { activates: '→ activates', inhibits: '⊣ inhibits', unknown: '● unknown' } as const

/** The instant answer fits no mechanism and searches nothing. */
const hasChains = (result: AnalysisResult): boolean => isLearned(result) && !result.diagnostics.exactOrders

function edgeCells(result: AnalysisResult, edge: EdgeFinding): Cell[] {
  const { genes } = result
  const size = `${decimal(edge.effect)} (${decimal(edge.effectLow)} to ${decimal(edge.effectHigh)})`
  return [
    cell(gene(genes[edge.source]!)),
    cell(gene(genes[edge.target]!)),
    cell(html`<span class="nb ${edge.sign}">${SIGN_WORDS[edge.sign]}</span>`),
    cell(
      html`<span class="nb">${probabilityBar(edge.probability)} ${probability(edge.probability)}</span
        >${edge.required && html` <span class="tag">required</span>`}`,
      edge.probability,
    ),
    ...(isLearned(result) ? [cell(html`<span class="nb">${size}</span>`, edge.effect)] : []),
    ...(hasChains(result) ? [cell(decimal(edge.chainDifference), edge.chainDifference)] : []),
  ]
}

/** The strongest edges that were found, not required, with the measurements they rest on. */
function mechanisms(context: ReportContext): Content {
  const { result, findings, evidence, unit } = context
  const figures = findings.edges
    .filter((edge) => !edge.required)
    .slice(0, MECHANISMS)
    .map((edge) => {
      const view = evidence.edge(result, edge.source, edge.target)
      if (!view) return null
      const name = `mechanism-${edge.source}-${edge.target}`
      const drawn = edgeMechanismFigure(view, unit, name)
      if (!drawn) return null
      const thinned =
        drawn.drawn < drawn.samples ? ` ${drawn.drawn} of ${drawn.samples} samples are drawn.` : ''
      return figureBlock(
        drawn.markup,
        html`${gene(view.source, 20)} → ${gene(view.target, 20)}, probability
        ${probability(view.probability)}; the reverse ${probability(view.reverseProbability)}.${thinned}`,
        { name, data: edgeData(result, view) },
      )
    })
  if (figures.every((figure) => figure === null)) return null
  return html`<h3>What the strongest edges rest on</h3>
    <p class="lead-in">
      One mark per sample, less the contribution of the effect gene’s other causes; the line is the fitted
      mechanism, the band its 95 % interval.
    </p>
    <div class="pair">${figures}</div> `
}
