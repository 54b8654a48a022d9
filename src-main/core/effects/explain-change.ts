/** A path from a source down to the gene that is looked at, and what one unit at its start does at its end. */
export interface WeightedPath {
  /** from the source to the gene */
  readonly genes: readonly number[]
  readonly weight: number
}

export interface SourceOfChange {
  readonly gene: number
  /** the shift that acts: of a target all of it, of another gene what its causes leave open; its control sd */
  readonly own: number
  /** `own` times the sum over all paths; control sd of the gene that is looked at */
  readonly contribution: number
  /** strongest first */
  readonly paths: readonly WeightedPath[]
}

/**
 * Where the shift of a gene comes from, in the linear model that `propagateTargets` follows: with w_ij = P(i → j) β_ij, a
 * target carries its whole observed shift (its causes act through it), another gene only e_i = x_i − Σ_k w_ki x_k, and
 *
 *   x_j = Σ_{i above j} own_i · Σ_{paths i → … → j that pass through no target} Π w  +  e_j,
 *
 * which is exact: substitute x_i = Σ_k w_ki x_k + e_i for every gene upstream that is not a target, until only targets and own
 * changes are left. The targets' part is the shift that `propagateTargets` gives. Cost: edges upstream × `mostPaths`.
 *
 * @param parents [d] causes of each gene without cycles, of `acyclicParents`
 * @param probability [d*d] P(i → j)
 * @param effect [d*d] control sd of the effect per control sd of the cause
 * @param observed [d] shift of each gene, in control sd
 * @param isTarget [d] 1 = a direct target, whose causes are not looked at; of `gene` itself it does not matter
 * @returns sources by the size of their contribution, and what is left for the gene itself, e_j
 */
export function explainChange(
  parents: readonly (readonly number[])[],
  probability: Float64Array,
  effect: Float64Array,
  observed: ArrayLike<number>,
  isTarget: Uint8Array,
  gene: number,
  mostPaths: number,
): { sources: SourceOfChange[]; own: number } {
  const d = observed.length
  const weight = (from: number, to: number): number => probability[from * d + to]! * effect[from * d + to]!
  const ownChange = (of: number): number =>
    observed[of]! - parents[of]!.reduce((sum, cause) => sum + weight(cause, of) * observed[cause]!, 0)

  const total = new Map<number, number>([[gene, 1]])
  const paths = new Map<number, WeightedPath[]>([[gene, [{ genes: [gene], weight: 1 }]]])
  for (const current of upwards(parents, isTarget, gene)) {
    if (isTarget[current] === 1 && current !== gene) continue
    const below = paths.get(current)
    // Every way down from here has an edge without effect.
    if (below === undefined) continue
    for (const cause of parents[current]!) {
      const w = weight(cause, current)
      if (w === 0) continue
      total.set(cause, (total.get(cause) ?? 0) + w * total.get(current)!)
      const longer = below.map((path) => ({ genes: [cause, ...path.genes], weight: w * path.weight }))
      paths.set(
        cause,
        [...(paths.get(cause) ?? []), ...longer]
          .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
          .slice(0, mostPaths),
      )
    }
  }
  total.delete(gene)
  const sources = [...total].map(([source, reach]): SourceOfChange => {
    const own = isTarget[source] === 1 ? observed[source]! : ownChange(source)
    return { gene: source, own, contribution: own * reach, paths: paths.get(source)! }
  })
  sources.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution) || a.gene - b.gene)
  return { sources, own: ownChange(gene) }
}

/** The gene and all genes above it, effects before their causes; nothing above a target. */
function upwards(
  parents: readonly (readonly number[])[],
  isTarget: Uint8Array,
  gene: number,
): readonly number[] {
  const seen = new Set<number>()
  const causesFirst: number[] = []
  const visit = (current: number): void => {
    if (seen.has(current)) return
    seen.add(current)
    if (isTarget[current] !== 1 || current === gene) for (const cause of parents[current]!) visit(cause)
    causesFirst.push(current)
  }
  visit(gene)
  return causesFirst.reverse()
}
