import { knownTargetsOf } from '../findings'
import type { Exporter } from './exporter'

/** What the user knew, with names exactly as in the data, so that it can be read back. */
export const constraintsJson: Exporter = ({ result }) => {
  const { required, forbidden, tiers } = result.settings.constraints
  const content = {
    format: 'metacadi-constraints',
    version: 1,
    required: required.map(({ source, target }) => ({ source, target })),
    forbidden: forbidden.map(({ source, target }) => ({ source, target })),
    tiers,
    knownTargets: knownTargetsOf(result).map(({ environment, targets }) => ({
      experiment: environment,
      genes: targets.genes,
      complete: targets.complete,
    })),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}
