import type { Finding } from '../../../../src-shared/contract/dataset-summary'
import { count, listed, plural, review } from '../findings'
import type { Groups } from './cell-groups'

/** Groups of experiment and replicate with enough cells to be a sample; the cells of the others are left out. */
export function withoutSmall(groups: Groups, least: number): { groups: Groups; findings: Finding[] } {
  const sizes = new Int32Array(groups.groups.length)
  for (const group of groups.groupOf) if (group >= 0) sizes[group]!++
  const small = groups.groups.filter((_, group) => sizes[group]! < least)
  if (small.length === 0) return { groups, findings: [] }
  const number = new Int32Array(sizes.length).fill(-1)
  const left = groups.groups.filter((_, group) => sizes[group]! >= least)
  let next = 0
  sizes.forEach((size, group) => {
    if (size >= least) number[group] = next++
  })
  const names = small.map(({ experiment, replicate }) =>
    [groups.experiments[experiment]!, replicate].filter((text) => text !== '').join(', '),
  )
  const text = `${plural(small.length, 'replicate')} with fewer than ${count(least)} cells (${listed(names)}) ${small.length === 1 ? 'is' : 'are'} left out.`
  return {
    groups: {
      ...groups,
      groups: left,
      groupOf: groups.groupOf.map((group) => (group < 0 ? -1 : number[group]!)),
    },
    findings: [review('few-cells', text, { count: small.length, examples: names })],
  }
}
