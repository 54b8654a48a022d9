import { thresholdOf, type Exporter } from './exporter'
import { exportText } from './names'
import { INTERACTION, networkOf } from './network'
import { positionsOf } from './positions'

/** Elements of Cytoscape.js in the file form that Cytoscape reads; selection and other states of a view are not in it. */
export const cytoscapeJson: Exporter = (input) => {
  const { result } = input
  const network = networkOf(input, thresholdOf('cyjs', input.options))
  const positions = positionsOf(network)
  const content = {
    format_version: '1.0',
    generated_by: `${result.app.name} ${result.app.version}`,
    target_cytoscapejs_version: '~3.3',
    data: {
      name: network.name,
      shared_name: network.name,
      description: network.description,
      result_hash: result.resultHash,
      date: result.createdAt,
    },
    elements: {
      nodes: network.nodes.map(({ gene, name, targetIn }) => ({
        data: {
          id: `n${gene}`,
          name,
          shared_name: name,
          gene_id: exportText(result.genes[gene]!),
          direct_target_in: targetIn,
          direct_target_count: targetIn.length,
        },
        ...(positions ? { position: positions.get(gene)! } : {}),
      })),
      edges: network.edges.map((edge, index) => ({
        data: {
          id: `e${index}`,
          source: `n${edge.source}`,
          target: `n${edge.target}`,
          interaction: INTERACTION[edge.sign],
          probability: edge.probability,
          effect: finite(edge.effect),
          effect_low: finite(edge.effectLow),
          effect_high: finite(edge.effectHigh),
          constraint: edge.constraint === '' ? undefined : edge.constraint,
          experiments: edge.experiments,
        },
      })),
    },
  }
  return `${JSON.stringify(content, null, 1)}\n`
}

/** A member that is undefined is left out of the file. */
const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined)
