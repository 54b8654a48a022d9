import { COLOUR } from '../figures/palette'
import { thresholdOf, type Exporter } from './exporter'
import { exportText } from './names'
import { INTERACTION, networkOf, type ExportEdge, type ExportNetwork } from './network'
import { positionsOf } from './positions'

const string = { d: 'string' }
const double = { d: 'double' }
const integer = { d: 'integer' }

/** Every attribute that is used below; a value without a declaration is an error in CX2. */
const DECLARATIONS = {
  networkAttributes: {
    name: string,
    description: string,
    resultHash: string,
    software: string,
    date: string,
  },
  nodes: {
    name: string,
    geneId: string,
    directTargetIn: { d: 'list_of_string' },
    directTargetCount: integer,
  },
  edges: {
    name: string,
    interaction: string,
    probability: double,
    effect: double,
    effectLow: double,
    effectHigh: double,
    constraint: string,
    experiments: integer,
  },
}

/** CX2 (Cytoscape Exchange format, version 2): the order of the aspects is part of the format. */
export const cx2: Exporter = (input) => {
  const { result } = input
  const network = networkOf(input, thresholdOf('cx2', input.options))
  const positions = positionsOf(network)
  const names = new Map(network.nodes.map((node) => [node.gene, node.name]))
  const nodes = network.nodes.map((node) => ({
    id: node.gene,
    ...positions?.get(node.gene),
    v: {
      name: node.name,
      geneId: exportText(result.genes[node.gene]!),
      directTargetIn: node.targetIn,
      directTargetCount: node.targetIn.length,
    },
  }))
  const edges = network.edges.map((edge, id) => ({
    id,
    s: edge.source,
    t: edge.target,
    v: {
      name: `${names.get(edge.source)} (${INTERACTION[edge.sign]}) ${names.get(edge.target)}`,
      interaction: INTERACTION[edge.sign],
      ...edgeNumbers(edge),
      ...(edge.constraint === '' ? {} : { constraint: edge.constraint }),
      experiments: edge.experiments,
    },
  }))
  const aspects: [string, readonly object[]][] = [
    ['attributeDeclarations', [DECLARATIONS]],
    ['networkAttributes', [attributesOf(network, result)]],
    ['nodes', nodes],
    ['edges', edges],
    ['visualProperties', [STYLE]],
  ]
  const metaData = aspects.map(([name, content]) => ({ name, elementCount: content.length }))
  const parts: object[] = [
    { CXVersion: '2.0', hasFragments: false },
    { metaData },
    ...aspects.map(([name, content]) => ({ [name]: content })),
    { status: [{ success: true }] },
  ]
  return `[\n${parts.map((part) => JSON.stringify(part)).join(',\n')}\n]\n`
}

/** CX2 has no NaN: what is not known is left out. */
function edgeNumbers(edge: ExportEdge): Record<string, number> {
  const { probability, effect, effectLow, effectHigh } = edge
  return Object.fromEntries(
    Object.entries({ probability, effect, effectLow, effectHigh }).filter(([, value]) =>
      Number.isFinite(value),
    ),
  )
}

function attributesOf(
  { name, description }: ExportNetwork,
  { app, resultHash, createdAt }: Parameters<Exporter>[0]['result'],
): Record<string, string> {
  return { name, description, resultHash, software: `${app.name} ${app.version}`, date: createdAt }
}

/** The look of the app: rounded boxes, direct targets tinted, sign by arrow and colour, probability by width. */
const STYLE = {
  default: {
    network: { NETWORK_BACKGROUND_COLOR: COLOUR.surface },
    node: {
      NODE_SHAPE: 'round-rectangle',
      NODE_WIDTH: 90,
      NODE_HEIGHT: 36,
      NODE_BACKGROUND_COLOR: COLOUR.node,
      NODE_BORDER_COLOR: COLOUR.nodeLine,
      NODE_BORDER_WIDTH: 1,
      NODE_LABEL_COLOR: COLOUR.text,
      NODE_LABEL_FONT_SIZE: 12,
    },
    edge: {
      EDGE_LINE_COLOR: COLOUR.unknown,
      EDGE_WIDTH: 2,
      EDGE_TARGET_ARROW_SHAPE: 'circle',
      EDGE_TARGET_ARROW_COLOR: COLOUR.unknown,
      EDGE_CURVED: true,
    },
  },
  nodeMapping: {
    NODE_LABEL: { type: 'PASSTHROUGH', definition: { attribute: 'name', type: 'string' } },
    NODE_BACKGROUND_COLOR: {
      type: 'CONTINUOUS',
      definition: {
        attribute: 'directTargetCount',
        type: 'integer',
        map: [
          {
            min: 0,
            max: 1,
            includeMin: true,
            includeMax: true,
            minVPValue: COLOUR.node,
            maxVPValue: COLOUR.accentSoft,
          },
          { min: 1, includeMin: false, includeMax: false, minVPValue: COLOUR.accentSoft },
        ],
      },
    },
  },
  edgeMapping: {
    EDGE_LINE_COLOR: bySign(COLOUR.activates, COLOUR.inhibits, COLOUR.unknown),
    EDGE_TARGET_ARROW_COLOR: bySign(COLOUR.activates, COLOUR.inhibits, COLOUR.unknown),
    EDGE_TARGET_ARROW_SHAPE: bySign('triangle', 'tee', 'circle'),
    EDGE_WIDTH: {
      type: 'CONTINUOUS',
      definition: {
        attribute: 'probability',
        type: 'double',
        map: [{ min: 0, max: 1, includeMin: true, includeMax: true, minVPValue: 1, maxVPValue: 4 }],
      },
    },
  },
}

function bySign(activates: string, inhibits: string, unknown: string): object {
  return {
    type: 'DISCRETE',
    definition: {
      attribute: 'interaction',
      type: 'string',
      map: [
        { v: INTERACTION.activates, vp: activates },
        { v: INTERACTION.inhibits, vp: inhibits },
        { v: INTERACTION.unknown, vp: unknown },
      ],
    },
  }
}
