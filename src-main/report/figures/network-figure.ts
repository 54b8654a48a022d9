import type { AnalysisResult } from '../../../src-shared/domain/result'
import type { EdgeFinding, EdgeSign, Findings } from '../findings'
import { count, plural, probability } from '../format'
import { cleanText, shortName, type Markup } from '../markup'
import type { Point } from './edge-routes'
import { legendOf, type LegendEntry } from './legend'
import { layoutNetwork, type LayoutNode } from './network-layout'
import { COLOUR } from './palette'
import { circle, element, figure, line, path, polyline, rect, text, textWidth } from './svg'

/** More edges than this cannot be told apart on a page; the table has the others. */
export const MOST_EDGES_DRAWN = 90

const MARGIN = 8
/** a drawing that is narrower is put in the middle above its legend */
const LEAST_WIDTH = 400
const BEFORE_LEGEND = 14
const NODE_HEIGHT = 26
const LABEL_SIZE = 12
const MOST_LABEL_CHARACTERS = 14

export interface NetworkFigure {
  readonly markup: Markup
  readonly drawnEdges: number
  readonly drawnGenes: number
}

/** The network from causes to effects; sign by arrowhead and colour, probability by width, opacity and dashes. */
export function networkFigure(
  result: AnalysisResult,
  findings: Findings,
  id = 'network',
  pageWidth?: number,
): NetworkFigure | null {
  const edges = findings.edges.slice(0, MOST_EDGES_DRAWN)
  if (edges.length === 0) return null
  const drawn = [...new Set(edges.flatMap((edge) => [edge.source, edge.target]))].sort((a, b) => a - b)
  const nodes = new Map(drawn.map((gene) => [gene, nodeOf(gene, result.genes[gene]!)]))
  const layout = layoutNetwork(
    [...nodes.values()],
    edges.map((edge) => ({ source: String(edge.source), target: String(edge.target) })),
    pageWidth === undefined ? undefined : pageWidth - 2 * MARGIN,
  )
  const inner = Math.max(layout.width, LEAST_WIDTH)
  const legend = legendOf(LEGEND, MARGIN, MARGIN + inner)
  const legendTop = layout.height + MARGIN + BEFORE_LEGEND
  const width = inner + 2 * MARGIN
  const height = legendTop + legend.height + MARGIN
  const dx = MARGIN + (inner - layout.width) / 2
  const targetOf = confidentExperiments(result, findings)
  const strongest = edges.slice(0, 5).map((edge) => edgeSentence(result, edge))
  const markup = figure(
    {
      id,
      width,
      height,
      title: 'Causal network',
      description: `${plural(drawn.length, 'gene')} and ${plural(edges.length, 'edge')}, drawn from causes to effects. Most probable: ${strongest.join('; ')}. The edge table holds the same in numbers.`,
    },
    element(
      'g',
      { transform: `translate(${dx.toFixed(2)} ${MARGIN})` },
      // the most probable edges come last, on top of the others
      [...edges.keys()].reverse().map((index) => {
        const edge = edges[index]!
        return edgeMarkup(edge, layout.routes[index]!, edgeSentence(result, edge))
      }),
      [...nodes].map(([gene, node]) =>
        nodeMarkup(layout.positions.get(node.id)!, node, result.genes[gene]!, targetOf.get(gene) ?? []),
      ),
    ),
    legend.draw(legendTop),
  )
  return { markup, drawnEdges: edges.length, drawnGenes: drawn.length }
}

function nodeOf(gene: number, name: string): LayoutNode {
  const label = shortName(name, MOST_LABEL_CHARACTERS)
  return {
    id: String(gene),
    width: Math.max(48, Math.ceil(textWidth(label, LABEL_SIZE)) + 18),
    height: NODE_HEIGHT,
  }
}

function edgeSentence(result: AnalysisResult, edge: EdgeFinding): string {
  const [source, target] = [shortName(result.genes[edge.source]!), shortName(result.genes[edge.target]!)]
  const verb = edge.sign === 'unknown' ? 'acts on' : edge.sign
  return `${source} ${verb} ${target}, ${edge.required ? 'required' : probability(edge.probability)}`
}

function confidentExperiments(result: AnalysisResult, findings: Findings): Map<number, string[]> {
  const experiments = new Map<number, string[]>()
  for (const experiment of findings.experiments)
    for (const { gene } of experiment.confident)
      experiments.set(gene, [...(experiments.get(gene) ?? []), result.environments[experiment.environment]!])
  return experiments
}

function edgeMarkup(edge: EdgeFinding, route: readonly Point[], title: string): Markup {
  const colour = COLOUR[edge.sign]
  const [tip, before] = [route[route.length - 1]!, route[route.length - 2]!]
  const head = { stroke: colour, 'stroke-width': 1 + 3 * edge.probability }
  const neck = pulledBack(tip, before, edge.sign === 'inhibits' ? 2 : 7)
  return element(
    'g',
    { 'data-edge': `${edge.source} ${edge.target}`, opacity: 0.6 + 0.4 * edge.probability },
    element('title', {}, title),
    path(smoothPath([...route.slice(0, -1), neck]), {
      ...head,
      fill: 'none',
      'stroke-dasharray': edge.probability < 0.5 ? '5 4' : undefined,
    }),
    arrowhead(edge.sign, tip, before),
  )
}

function pulledBack(tip: Point, from: Point, distance: number): Point {
  const length = Math.hypot(tip[0] - from[0], tip[1] - from[1])
  if (length <= distance) return tip
  return [
    tip[0] - ((tip[0] - from[0]) * distance) / length,
    tip[1] - ((tip[1] - from[1]) * distance) / length,
  ]
}

/** Through the middles of the bends, so that it never has a corner. */
function smoothPath(points: readonly Point[]): string {
  if (points.length < 3) return polyline(points)
  const at = ([x, y]: Point): string => `${Number(x.toFixed(2))} ${Number(y.toFixed(2))}`
  let d = `M${at(points[0]!)}`
  for (let i = 1; i < points.length - 1; i++) {
    const [bend, next] = [points[i]!, points[i + 1]!]
    const to: Point = i === points.length - 2 ? next : [(bend[0] + next[0]) / 2, (bend[1] + next[1]) / 2]
    d += `Q${at(bend)} ${at(to)}`
  }
  return d
}

/** Triangle activates, tee inhibits, dot unknown. */
function arrowhead(sign: EdgeSign, tip: Point, from: Point): Markup {
  const length = Math.hypot(tip[0] - from[0], tip[1] - from[1]) || 1
  const [ux, uy] = [(tip[0] - from[0]) / length, (tip[1] - from[1]) / length]
  const at = (back: number, side: number): Point => [
    tip[0] - ux * back - uy * side,
    tip[1] - uy * back + ux * side,
  ]
  const colour = COLOUR[sign]
  if (sign === 'activates') return path(`${polyline([at(0, 0), at(10, 5), at(10, -5)])}Z`, { fill: colour })
  if (sign === 'inhibits')
    return path(polyline([at(2, 6), at(2, -6)]), { stroke: colour, 'stroke-width': 3.2 })
  const [x, y] = at(4, 0)
  return circle(x, y, 3.8, { fill: colour })
}

function nodeMarkup([x, y]: Point, node: LayoutNode, name: string, experiments: readonly string[]): Markup {
  const hit = experiments.length > 0
  const where = hit ? `: direct target in ${experiments.map(cleanText).join(', ')}` : ''
  return element(
    'g',
    { 'data-gene': node.id },
    element('title', {}, `${name}${where}`),
    rect(x - node.width / 2, y - node.height / 2, node.width, node.height, {
      rx: 5,
      fill: hit ? COLOUR.accentSoft : COLOUR.node,
      stroke: hit ? COLOUR.accent : COLOUR.nodeLine,
      'stroke-width': hit ? 2 : 1.2,
    }),
    text(x, y + 4, shortName(name, MOST_LABEL_CHARACTERS), 'middle', {
      'font-size': LABEL_SIZE,
      'font-style': 'italic',
      'font-weight': 500,
      fill: COLOUR.text,
    }),
  )
}

const signEntry = (sign: EdgeSign, label: string): LegendEntry => ({
  label,
  width: 28,
  symbol: (x, y) => [
    line(x, y, x + 22, y, { stroke: COLOUR[sign], 'stroke-width': 2.5 }),
    arrowhead(sign, [x + 28, y], [x, y]),
  ],
})

const LEGEND: readonly LegendEntry[] = [
  signEntry('activates', 'activates'),
  signEntry('inhibits', 'inhibits'),
  signEntry('unknown', 'sign unknown'),
  {
    label: 'width: probability',
    width: 26,
    symbol: (x, y) =>
      path(`M${x} ${y - 0.5}L${x + 26} ${y - 2.5}V${y + 2.5}L${x} ${y + 0.5}Z`, { fill: COLOUR.unknown }),
  },
  {
    label: 'below 0.50',
    width: 26,
    symbol: (x, y) =>
      line(x, y, x + 26, y, { stroke: COLOUR.unknown, 'stroke-width': 2, 'stroke-dasharray': '5 4' }),
  },
  {
    label: 'direct target of an experiment',
    width: 24,
    symbol: (x, y) =>
      rect(x, y - 7, 24, 14, { rx: 4, fill: COLOUR.accentSoft, stroke: COLOUR.accent, 'stroke-width': 2 }),
  },
]

/** What the caption says about edges that are not drawn. */
export function networkCaption(result: AnalysisResult, findings: Findings, drawn: NetworkFigure): string {
  const left = findings.edges.length - drawn.drawnEdges
  const lowest = findings.edges[drawn.drawnEdges - 1]!.probability
  const without = result.genes.length - drawn.drawnGenes
  const shown =
    left > 0
      ? `The ${count(drawn.drawnEdges)} most probable edges (probability ≥ ${lowest.toFixed(2)}); ${count(left)} more reach 0.30 and are in the data.`
      : `Every edge with probability ≥ 0.30 (${count(drawn.drawnEdges)}).`
  return without > 0
    ? `${shown} ${plural(without, 'gene')} without such an edge ${without === 1 ? 'is' : 'are'} not drawn.`
    : shown
}
