import type { AnalysisResult } from '../../../src-shared/domain/result'
import { edgeTable } from '../data-link'
import { edgeMechanismFigure } from '../figures/edge-mechanism-figure'
import { networkCaption, networkFigure } from '../figures/network-figure'
import type { EdgeFinding } from '../findings'
import { decimal, plural, probability } from '../format'
import { gene, html, type Content, type Markup } from '../markup'
import { cell, probabilityBar, table, type Cell, type Column } from '../table'
import { figureBlock, type ReportContext } from './section'

const TOP_EDGES = 20
const MOST_SEARCHABLE_ROWS = 1000
const MECHANISMS = 6

export function networkSection(context: ReportContext): Content {
  const { result, findings } = context
  const embedded = edgeTable(result)
  const saved = html`<p>${embedded.link} ${embedded.note}</p> `
  const drawing = networkFigure(result, findings)
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
    ),
    edgeRows(
      context,
      'edges',
      findings.edges.length > TOP_EDGES
        ? `The ${TOP_EDGES} most probable edges`
        : 'Edges, most probable first',
      findings.edges.slice(0, TOP_EDGES),
      false,
    ),
    saved,
    findings.edges.length > TOP_EDGES &&
      html`<details>
        <summary>
          Every edge with probability ≥ 0.30
          (${plural(Math.min(findings.edges.length, MOST_SEARCHABLE_ROWS), 'row')})
        </summary>
        ${edgeRows(context, 'all-edges', 'Edges, most probable first', findings.edges.slice(0, MOST_SEARCHABLE_ROWS), true)}
      </details> `,
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
    { title: `Size, 95 % interval (${unit} per ${unit})`, numeric: true },
    ...(result.diagnostics.exactOrders ? [] : [{ title: 'Chains differ by', numeric: true }]),
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

function edgeCells({ genes, diagnostics }: AnalysisResult, edge: EdgeFinding): Cell[] {
  const chains = diagnostics.exactOrders ? [] : [cell(decimal(edge.chainDifference), edge.chainDifference)]
  return [
    cell(gene(genes[edge.source]!)),
    cell(gene(genes[edge.target]!)),
    cell(html`<span class="${edge.sign}">${SIGN_WORDS[edge.sign]}</span>`),
    cell(
      html`${probabilityBar(edge.probability)}
      ${probability(edge.probability)}${edge.required && html` <span class="tag">required</span>`}`,
      edge.probability,
    ),
    cell(`${decimal(edge.effect)} (${decimal(edge.effectLow)} to ${decimal(edge.effectHigh)})`, edge.effect),
    ...chains,
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
      const drawn = edgeMechanismFigure(view, unit, `mechanism-${edge.source}-${edge.target}`)
      if (!drawn) return null
      const thinned =
        drawn.drawn < drawn.samples ? ` ${drawn.drawn} of ${drawn.samples} samples are drawn.` : ''
      return figureBlock(
        drawn.markup,
        html`${gene(view.source, 20)} → ${gene(view.target, 20)}, probability
        ${probability(view.probability)}; the reverse ${probability(view.reverseProbability)}.${thinned}`,
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
