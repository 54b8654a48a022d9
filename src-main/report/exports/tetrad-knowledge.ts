import type { Exporter } from './exporter'
import { uniqueNames } from './names'

/**
 * Knowledge in the text form of Tetrad: tiers (`addtemporal`), forbidden and required edges. Names with white space stand in
 * quotes, and Tetrad itself reads the spaces in them as points.
 */
export const tetradKnowledge: Exporter = ({ result }) => {
  const { required, forbidden, tiers } = result.settings.constraints
  const names = uniqueNames(result.genes.map((gene) => gene.replaceAll('"', "'")))
  const nameOf = new Map(result.genes.map((gene, index) => [gene, token(names[index]!)]))
  const known = (gene: string): string => nameOf.get(gene) ?? token(gene.replaceAll('"', "'"))
  const pairs = (edges: typeof required): string[] =>
    edges.map(({ source, target }) => `${known(source)} ${known(target)}`)
  return [
    '/knowledge',
    'addtemporal',
    '',
    ...tiers.map((tier, index) => [String(index + 1), ...tier.map(known)].join(' ')),
    '',
    'forbiddirect',
    '',
    ...pairs(forbidden),
    '',
    'requiredirect',
    '',
    ...pairs(required),
    '',
  ].join('\n')
}

/** Quoted where a reader would split it or take it for a comment. */
const token = (name: string): string => (/[\s,;]|^\/\/|^$/u.test(name) ? `"${name}"` : name)
