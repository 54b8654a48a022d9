import type { Constraints, Edge } from '../../../src-shared/domain/constraints'
import type { Exporter } from './exporter'
import { uniqueNames } from './names'

export const tetradKnowledge: Exporter = ({ result }) =>
  writeTetradKnowledge(result.settings.constraints, result.genes)

/**
 * Knowledge in the text form of Tetrad: tiers (`addtemporal`), forbidden and required edges. Names with white space stand in
 * quotes, and Tetrad itself reads the spaces in them as points. It has no roots and leaves: their edges are forbidden one by one.
 */
export function writeTetradKnowledge(constraints: Constraints, genes: readonly string[]): string {
  const { required, tiers, roots = [], leaves = [] } = constraints
  const pair = (source: string, target: string): [string, Edge] => [
    `${source}\u0000${target}`,
    { source, target },
  ]
  const forbidden = new Map([
    ...constraints.forbidden.map(({ source, target }) => pair(source, target)),
    ...roots.flatMap((target) => genes.map((source) => pair(source, target))),
    ...leaves.flatMap((source) => genes.map((target) => pair(source, target))),
  ])
  const names = uniqueNames(genes.map((gene) => gene.replaceAll('"', "'")))
  const nameOf = new Map(genes.map((gene, index) => [gene, token(names[index]!)]))
  const known = (gene: string): string => nameOf.get(gene) ?? token(gene.replaceAll('"', "'"))
  const pairs = (edges: Iterable<Edge>): string[] =>
    [...edges]
      .filter(({ source, target }) => source !== target)
      .map(({ source, target }) => `${known(source)} ${known(target)}`)
  return [
    '/knowledge',
    'addtemporal',
    '',
    ...tiers.map((tier, index) => [String(index + 1), ...tier.map(known)].join(' ')),
    '',
    'forbiddirect',
    '',
    ...pairs(forbidden.values()),
    '',
    'requiredirect',
    '',
    ...pairs(required),
    '',
  ].join('\n')
}

/** Quoted where a reader would split it or take it for a comment. */
const token = (name: string): string => (/[\s,;]|^\/\/|^$/u.test(name) ? `"${name}"` : name)
