import type { ConstraintMark } from '../../../src-shared/domain/constraints'
import { constraintMarks } from '../../../src-shared/domain/constraint-marks'
import { edgesFrom, findingsOf, type EdgeFinding } from '../findings'
import type { ExportInput } from './exporter'
import { uniqueNames } from './names'

export interface ExportNode {
  /** number of the gene in the result */
  readonly gene: number
  /** cleaned and unique */
  readonly name: string
  /** experiments in which it is on the list of direct targets, cleaned */
  readonly targetIn: readonly string[]
}

export interface ExportEdge extends EdgeFinding {
  readonly sign: 'activates' | 'inhibits' | 'unknown'
  readonly constraint: ConstraintMark
  readonly experiments: number
}

export interface ExportNetwork {
  readonly name: string
  readonly description: string
  readonly nodes: readonly ExportNode[]
  /** most probable first; `source` and `target` are numbers of genes */
  readonly edges: readonly ExportEdge[]
}

/** How an edge is called in formats that name the interaction. */
export const INTERACTION = { activates: 'activates', inhibits: 'inhibits', unknown: 'acts on' } as const

/** The graph that all network formats write. */
export function networkOf({ result, options }: ExportInput, threshold: number): ExportNetwork {
  const names = uniqueNames(result.genes)
  const experimentNames = uniqueNames(result.environments)
  const edges = exportEdges(result, threshold).filter((edge) => options.edges === 'all' || !edge.required)
  const connected = new Set(edges.flatMap((edge) => [edge.source, edge.target]))
  const targetIn = new Map<number, string[]>()
  for (const experiment of findingsOf(result).experiments)
    for (const { gene } of experiment.confident)
      targetIn.set(gene, [...(targetIn.get(gene) ?? []), experimentNames[experiment.environment]!])
  return {
    name: uniqueNames([result.input.name])[0]!,
    description: `Causal network by ${result.app.name} ${result.app.version}: edges with a probability of at least ${threshold}. Result ${result.resultHash}.`,
    nodes: names.flatMap((name, gene) =>
      options.genes === 'all' || connected.has(gene)
        ? [{ gene, name, targetIn: targetIn.get(gene) ?? [] }]
        : [],
    ),
    edges,
  }
}

/** Edges from a probability on, the most probable first. */
export function exportEdges(result: ExportInput['result'], threshold: number): ExportEdge[] {
  const d = result.genes.length
  const marks = constraintMarks(result.settings.constraints, result.genes)
  const experiments = informingExperiments(result)
  return edgesFrom(result, threshold).map((edge) => ({
    ...edge,
    constraint: marks[edge.source * d + edge.target]!,
    experiments: experiments[edge.target]!,
  }))
}

/**
 * Perturbed experiments whose samples speak about the causes of each gene: those in which the gene itself was probably not
 * hit.
 */
function informingExperiments({ genes, environments, targets }: ExportInput['result']): number[] {
  const d = genes.length
  return genes.map(
    (_, gene) => environments.filter((__, k) => targets.probability[k * d + gene]! < 0.5).length,
  )
}
