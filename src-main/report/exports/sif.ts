import { thresholdOf, type Exporter } from './exporter'
import { INTERACTION, networkOf, type ExportEdge, type ExportNetwork } from './network'
import { numberCell, tableText } from './table-text'

/** SIF: source, interaction and target between tabs; a gene without an edge has a line of its own. */
export const sif: Exporter = (input) => {
  const network = networkOf(input, thresholdOf('sif', input.options))
  const nameOf = names(network)
  const connected = new Set(network.edges.flatMap((edge) => [edge.source, edge.target]))
  const lines = [
    ...network.edges.map((edge) =>
      [nameOf(edge.source), INTERACTION[edge.sign], nameOf(edge.target)].join('\t'),
    ),
    ...network.nodes.filter((node) => !connected.has(node.gene)).map((node) => node.name),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

const COLUMNS = [
  'shared name',
  'source',
  'interaction',
  'target',
  'probability',
  'effect',
  'effect_low',
  'effect_high',
  'constraint',
  'experiments',
]

/** What SIF cannot hold, by the name that Cytoscape gives an edge of the SIF file. */
export const sifEdges: Exporter = (input) => {
  const network = networkOf(input, thresholdOf('sif-edges-tsv', input.options))
  const nameOf = names(network)
  const row = (edge: ExportEdge): string[] => {
    const [source, target] = [nameOf(edge.source), nameOf(edge.target)]
    const interaction = INTERACTION[edge.sign]
    return [
      `${source} (${interaction}) ${target}`,
      source,
      interaction,
      target,
      numberCell(edge.probability),
      numberCell(edge.effect),
      numberCell(edge.effectLow),
      numberCell(edge.effectHigh),
      edge.constraint,
      String(edge.experiments),
    ]
  }
  // For Cytoscape, which matches on names: they stay as they are in the SIF file.
  return tableText('tsv', COLUMNS, network.edges.map(row))
}

function names({ nodes }: ExportNetwork): (gene: number) => string {
  const byGene = new Map(nodes.map((node) => [node.gene, node.name]))
  return (gene) => byGene.get(gene)!
}
