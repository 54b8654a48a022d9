import { formatCount } from './format'

/** Texts of the evidence for an edge, experiment by experiment, and of its alternatives. */
export const support = {
  title: 'Experiments for and against',
  control: 'control',
  counts: (supporting: number, against: number, all: number) =>
    `${formatCount(supporting)} of ${formatCount(all)} support the edge, ${formatCount(against)} contradict it; the control counts as one.`,
  supports: 'supports the edge',
  contradicts: 'contradicts the edge',
  neutral: 'says little',
  replaced: 'The effect gene left its mechanism here, so the samples say nothing about its causes.',
  allOf: (count: number) => `Show all ${formatCount(count)}`,
  fewer: 'Show fewer',
  help: {
    removing:
      'ln of how much better the samples are predicted from all others with this cause than without it (2.3 = ten times). Press one to mark its samples.',
    adding:
      'No kept set of causes holds the edge: it was added to them. ln of how much better the samples are predicted from all others with it than without.',
    nothing: 'No set of causes is kept, so nothing can be compared.',
  },
  alternatives: 'Alternatives',
  sharedCause: 'No edge, but a common cause',
  neither: 'Neither',
  possibleCauses: 'May cause both if there is no edge:',
  latent: 'A common cause that was not measured is not among these; it can look like an edge.',
} as const
