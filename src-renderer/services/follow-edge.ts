import type { Edge } from '../../src-shared/domain/constraints'

export type Step = 'up' | 'down' | 'left' | 'right'

/** Where the keyboard stands in the graph. `anchor` is the gene an edge was reached from. */
export type Place =
  | { readonly kind: 'gene'; readonly gene: string }
  | { readonly kind: 'edge'; readonly edge: Edge; readonly anchor: string }

/**
 * One arrow key on the graph. Down goes to effects, up to causes: gene → its strongest edge → the gene at the
 * other end. Left and right go through the other edges of the anchor in the same direction, or, on a gene,
 * through all genes.
 * @param edges shown edges, most probable first
 */
export function follow(
  place: Place | null,
  step: Step,
  edges: readonly Edge[],
  genes: readonly string[],
): Place | null {
  if (!place) return genes[0] === undefined ? null : { kind: 'gene', gene: genes[0] }
  if (place.kind === 'gene') return fromGene(place.gene, step, edges, genes)
  const { edge, anchor } = place
  const outgoing = edge.source === anchor
  if (step === 'down') return { kind: 'gene', gene: edge.target }
  if (step === 'up') return { kind: 'gene', gene: edge.source }
  const siblings = edges.filter((other) => (outgoing ? other.source : other.target) === anchor)
  const at = siblings.findIndex((other) => other.source === edge.source && other.target === edge.target)
  const next = siblings[wrap(at + (step === 'right' ? 1 : -1), siblings.length)]
  return next ? { kind: 'edge', edge: next, anchor } : place
}

function fromGene(gene: string, step: Step, edges: readonly Edge[], genes: readonly string[]): Place {
  const here: Place = { kind: 'gene', gene }
  if (step === 'left' || step === 'right') {
    const next = genes[wrap(genes.indexOf(gene) + (step === 'right' ? 1 : -1), genes.length)]
    return next === undefined ? here : { kind: 'gene', gene: next }
  }
  const edge = edges.find((other) => (step === 'down' ? other.source : other.target) === gene)
  return edge ? { kind: 'edge', edge, anchor: gene } : here
}

const wrap = (index: number, length: number): number => (length === 0 ? 0 : (index + length) % length)
