import { thresholdOf, type Exporter } from './exporter'
import { exportText } from './names'
import { INTERACTION, networkOf } from './network'

type Value = string | number | null

interface Key {
  readonly id: string
  readonly for: 'graph' | 'node' | 'edge'
  readonly name: string
  readonly type: 'string' | 'double' | 'int'
}

const key = (owner: Key['for'], name: string, type: Key['type']): Key => ({
  id: `${owner[0]}_${name}`,
  for: owner,
  name,
  type,
})

const KEYS = {
  graph: [key('graph', 'name', 'string'), key('graph', 'description', 'string')],
  node: [
    key('node', 'name', 'string'),
    key('node', 'gene_id', 'string'),
    key('node', 'direct_target_in', 'string'),
    key('node', 'direct_target_count', 'int'),
  ],
  edge: [
    key('edge', 'interaction', 'string'),
    key('edge', 'probability', 'double'),
    key('edge', 'effect', 'double'),
    key('edge', 'effect_low', 'double'),
    key('edge', 'effect_high', 'double'),
    key('edge', 'constraint', 'string'),
    key('edge', 'experiments', 'int'),
  ],
}

/** GraphML 1.0: typed keys, ids that are no names, and no data element where a value is missing. */
export const graphml: Exporter = (input) => {
  const network = networkOf(input, thresholdOf('graphml', input.options))
  const nodes = network.nodes.map(
    ({ gene, name, targetIn }) =>
      `    <node id="n${gene}">${data(KEYS.node, [name, exportText(input.result.genes[gene]!), targetIn.length > 0 ? targetIn.join('; ') : null, targetIn.length])}</node>`,
  )
  const edges = network.edges.map((edge, index) => {
    const { probability, effect, effectLow, effectHigh, constraint, experiments } = edge
    const values = [
      INTERACTION[edge.sign],
      probability,
      effect,
      effectLow,
      effectHigh,
      constraint === '' ? null : constraint,
      experiments,
    ]
    return `    <edge id="e${index}" source="n${edge.source}" target="n${edge.target}">${data(KEYS.edge, values)}</edge>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">',
    ...Object.values(KEYS)
      .flat()
      .map(
        ({ id, for: owner, name, type }) =>
          `  <key id="${id}" for="${owner}" attr.name="${name}" attr.type="${type}"/>`,
      ),
    '  <graph id="metacadi" edgedefault="directed">',
    `    ${data(KEYS.graph, [network.name, network.description])}`,
    ...nodes,
    ...edges,
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n')
}

function data(keys: readonly Key[], values: readonly Value[]): string {
  return keys
    .map(({ id }, index) => {
      const value = values[index] ?? null
      if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return ''
      return `<data key="${id}">${typeof value === 'number' ? value : xmlText(value)}</data>`
    })
    .join('')
}

/** Text and attribute content of XML; characters that XML forbids are replaced. */
export function xmlText(text: string): string {
  return exportText(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
