import type { ElementDefinition } from 'cytoscape'
import type { Constraints } from '../../../src-shared/domain/constraints'
import { edgeId, type EdgeRow } from '../../services/edge-list'

export const nodeKey = (gene: string): string => `n ${gene}`
export const edgeKey = (id: string): string => `e ${id}`

const CHARACTER_WIDTH = 8
const LEAST_WIDTH = 54
export const NODE_HEIGHT = 28

/** Wide enough for the name in 13 px medium, without measuring text for every gene. */
export const nodeWidth = (gene: string): number =>
  Math.max(LEAST_WIDTH, Math.round(gene.length * CHARACTER_WIDTH + 16))

export interface GraphInput {
  readonly genes: readonly string[]
  readonly shown: readonly EdgeRow[]
  readonly constraints: Constraints
  readonly targets: ReadonlySet<string>
  /** genes without a shown edge stay in the picture */
  readonly keepLonely: boolean
  /** only this gene and what it is joined to */
  readonly focusGene: string | null
}

/** What is drawn: shown edges, plus edges the user named that are below the threshold, and the genes they join. */
export function graphElements(input: GraphInput): ElementDefinition[] {
  const { genes, shown, constraints, targets, keepLonely, focusGene } = input
  const known = new Set(genes)
  const state = new Map<string, 'required' | 'forbidden'>()
  for (const edge of constraints.required) state.set(edgeId(edge), 'required')
  for (const edge of constraints.forbidden) state.set(edgeId(edge), 'forbidden')

  const joined = new Set<string>()
  const drawn = new Set<string>()
  const edges: ElementDefinition[] = shown.map((row) => {
    joined.add(row.source).add(row.target)
    drawn.add(row.id)
    return edgeElement(row.source, row.target, row.probability, row.sign, state.get(row.id) ?? '')
  })
  for (const edge of [...constraints.required, ...constraints.forbidden]) {
    const outside = focusGene !== null && edge.source !== focusGene && edge.target !== focusGene
    if (outside || drawn.has(edgeId(edge)) || !known.has(edge.source) || !known.has(edge.target)) continue
    if (edge.source === edge.target) continue
    joined.add(edge.source).add(edge.target)
    edges.push(edgeElement(edge.source, edge.target, 0, 'named', state.get(edgeId(edge)) ?? ''))
  }
  const kept = genes.filter(
    (gene) => joined.has(gene) || gene === focusGene || (keepLonely && focusGene === null),
  )
  const nodes = kept.map((gene): ElementDefinition => ({
    group: 'nodes',
    data: { id: nodeKey(gene), gene, w: nodeWidth(gene) },
    classes: [targets.has(gene) ? 'target' : '', joined.has(gene) ? '' : 'lonely'].filter(Boolean).join(' '),
  }))
  return [...nodes, ...edges]
}

function edgeElement(
  source: string,
  target: string,
  p: number,
  sign: string,
  constraint: string,
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
      constraint,
    },
    classes: [sign, p < 0.5 && sign !== 'named' ? 'weak' : '', constraint].filter(Boolean).join(' '),
  }
}
