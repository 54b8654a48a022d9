import type { ElementDefinition } from 'cytoscape'
import type { Constraints, Edge } from '../../../src-shared/domain/constraints'
import type { GeneGroup } from '../../../src-shared/domain/network-look'
import { edgeId, type EdgeRow } from '../../services/edge-list'
import type { BoxSize, NamedEdge } from './node-box'

export const nodeKey = (gene: string): string => `n ${gene}`
export const edgeKey = (id: string): string => `e ${id}`
export const groupKey = (name: string): string => `g ${name}`

const CHARACTER_WIDTH = 8
const LEAST_WIDTH = 54
export const NODE_HEIGHT = 28
/** how much larger than the others the largest gene is drawn */
const LARGEST = 1.9

/** Wide enough for the name in 13 px medium, without measuring text for every gene. */
export const nodeWidth = (gene: string): number =>
  Math.max(LEAST_WIDTH, Math.round(gene.length * CHARACTER_WIDTH + 16))

export interface GraphInput {
  /** genes that may be drawn, in the order of the data */
  readonly genes: readonly string[]
  readonly shown: readonly EdgeRow[]
  readonly constraints: Constraints
  readonly targets: ReadonlySet<string>
  /** genes without a shown edge stay in the picture */
  readonly keepLonely: boolean
  /** these stay in the picture in any case */
  readonly centre: readonly string[]
  readonly groups: readonly GeneGroup[]
  /** ids of edges with a note */
  readonly noted: ReadonlySet<string>
  /** what the size of a gene tells; absent = all equal */
  readonly sizeOf?: (gene: string) => number
  /** 0 … 1, what the width of an edge tells */
  readonly widthOf: (row: EdgeRow) => number
}

/** What is drawn: shown edges, plus edges the user named that are below the threshold, and the genes they join. */
export function graphElements(input: GraphInput): ElementDefinition[] {
  const { genes, shown, constraints, targets, keepLonely, widthOf } = input
  const known = new Set(genes)
  const centre = new Set(input.centre)
  const state = new Map<string, 'required' | 'forbidden'>()
  for (const edge of constraints.required) state.set(edgeId(edge), 'required')
  for (const edge of constraints.forbidden) state.set(edgeId(edge), 'forbidden')

  const said = (id: string): string =>
    [state.get(id) ?? '', input.noted.has(id) ? 'noted' : ''].filter(Boolean).join(' ')

  const joined = new Set<string>()
  const drawn = new Set<string>()
  const edges: ElementDefinition[] = shown.map((row) => {
    joined.add(row.source).add(row.target)
    drawn.add(row.id)
    return edgeElement(row, row.probability, widthOf(row), row.sign, said(row.id))
  })
  for (const edge of [...constraints.required, ...constraints.forbidden]) {
    if (drawn.has(edgeId(edge)) || !known.has(edge.source) || !known.has(edge.target)) continue
    if (edge.source === edge.target) continue
    joined.add(edge.source).add(edge.target)
    drawn.add(edgeId(edge))
    edges.push(edgeElement(edge, 0, 0, 'named', said(edgeId(edge))))
  }
  const kept = genes.filter((gene) => keepLonely || joined.has(gene) || centre.has(gene))
  const scale = sizes(kept, input.sizeOf)
  const groupOf = new Map(
    input.groups.flatMap(({ name, genes }) => genes.map((gene) => [gene, name] as const)),
  )
  const used = new Set(kept.flatMap((gene) => groupOf.get(gene) ?? []))
  const nodes = kept.map((gene): ElementDefinition => {
    const group = groupOf.get(gene)
    return {
      group: 'nodes',
      data: {
        id: nodeKey(gene),
        gene,
        w: Math.round(nodeWidth(gene) * scale(gene)),
        h: Math.round(NODE_HEIGHT * scale(gene)),
        f: Math.round(13 * scale(gene)),
        ...(group === undefined ? {} : { parent: groupKey(group) }),
      },
      classes: [targets.has(gene) ? 'target' : '', joined.has(gene) ? '' : 'lonely']
        .filter(Boolean)
        .join(' '),
    }
  })
  const groups = [...used].map((name): ElementDefinition => ({
    group: 'nodes',
    data: { id: groupKey(name), label: name },
    classes: 'group',
  }))
  return [...groups, ...nodes, ...edges]
}

export interface GeneBox extends BoxSize {
  readonly gene: string
}

/** The genes among the elements, as large as they are drawn. */
export const boxSizes = (elements: readonly ElementDefinition[]): GeneBox[] =>
  elements.flatMap(({ data: { id, gene, w, h } }) =>
    gene === undefined
      ? []
      : [{ id: String(id), gene: String(gene), halfWidth: Number(w) / 2, halfHeight: Number(h) / 2 }],
  )

/** The edges among the elements. */
export const namedEdges = (elements: readonly ElementDefinition[]): NamedEdge[] =>
  elements.flatMap(({ data: { id, source, target } }) =>
    source === undefined ? [] : [{ id: String(id), source: String(source), target: String(target) }],
  )

/** Area grows with the value, so that twice as many effects look twice as large. */
function sizes(genes: readonly string[], sizeOf: GraphInput['sizeOf']): (gene: string) => number {
  if (!sizeOf) return () => 1
  const most = Math.max(1, ...genes.map(sizeOf))
  return (gene) => Math.sqrt(1 + (LARGEST * LARGEST - 1) * (sizeOf(gene) / most))
}

function edgeElement(
  { source, target }: Edge,
  p: number,
  width: number,
  sign: string,
  said: string,
): ElementDefinition {
  return {
    group: 'edges',
    data: {
      id: edgeKey(edgeId({ source, target })),
      source: nodeKey(source),
      target: nodeKey(target),
      from: source,
      to: target,
      p,
      width,
    },
    classes: [sign, p < 0.5 && sign !== 'named' ? 'weak' : '', said].filter(Boolean).join(' '),
  }
}
