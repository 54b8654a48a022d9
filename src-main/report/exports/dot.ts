import { COLOUR } from '../figures/palette'
import { thresholdOf, type Exporter } from './exporter'
import { networkOf } from './network'

const ARROWHEAD = { activates: 'normal', inhibits: 'tee', unknown: 'dot' } as const

/** Graphviz DOT: ids are numbers of genes, names are labels. */
export const dot: Exporter = (input) => {
  const network = networkOf(input, thresholdOf('dot', input.options))
  const nodes = network.nodes.map(({ gene, name, targetIn }) => {
    const look = targetIn.length > 0 ? `, fillcolor="${COLOUR.accentSoft}", color="${COLOUR.accent}"` : ''
    return `  n${gene} [label=${quoted(name)}${look}];`
  })
  const edges = network.edges.map((edge) => {
    const numbers = Object.entries({
      probability: edge.probability,
      effect: edge.effect,
      effectLow: edge.effectLow,
      effectHigh: edge.effectHigh,
      experiments: edge.experiments,
    })
      .filter(([, value]) => Number.isFinite(value))
      .map(([name, value]) => `${name}="${value}"`)
    const constraint = edge.constraint === '' ? [] : [`prior="${edge.constraint}"`]
    const look = [
      `sign="${edge.sign}"`,
      `arrowhead=${ARROWHEAD[edge.sign]}`,
      `color="${COLOUR[edge.sign]}"`,
      `penwidth=${(1 + 3 * edge.probability).toFixed(2)}`,
      ...(edge.probability < 0.5 ? ['style=dashed'] : []),
    ]
    return `  n${edge.source} -> n${edge.target} [${[...numbers, ...constraint, ...look].join(', ')}];`
  })
  return [
    `digraph metacadi {`,
    `  graph [label=${quoted(network.name)}, comment=${quoted(network.description)}, charset="UTF-8"];`,
    `  node [shape=box, style="rounded,filled", fillcolor="${COLOUR.node}", color="${COLOUR.nodeLine}", fontname="Helvetica"];`,
    ...nodes,
    ...edges,
    '}',
    '',
  ].join('\n')
}

/**
 * A quoted string as a label: Graphviz reads backslashes as escapes (`\N`, `\l`) and ampersands as entities in labels, so
 * both are written so that they show as themselves.
 */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;')}"`
}
