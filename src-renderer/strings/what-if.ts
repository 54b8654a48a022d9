import { formatCount, formatNoun } from './format'

/** The view that predicts what happens when genes are held or shifted. */
export const whatIf = {
  question: 'What is done',
  gene: (number: number) => `Gene ${formatCount(number)}`,
  choose: 'Choose a gene',
  kind: (gene: string) => `What is done to ${gene}`,
  kinds: { shift: 'shifted by', hold: 'held at' },
  amount: (gene: string) => `Amount for ${gene}, in control sd`,
  unit: 'control sd',
  remove: (gene: string) => `Remove ${gene}`,
  thisGene: 'this gene',
  add: 'Add a gene',
  as: 'As in an experiment',
  asNone: 'As in an experiment…',
  emptyTitle: 'What happens if a gene changes?',
  emptyText:
    'Choose a gene to shift or to hold at a level, or an experiment to predict. The learned network then says which other genes follow, how far, and how sure that is.',
  loading: 'Predicting',
  follow: (following: number, certain: number, others: number) =>
    following === 0
      ? `None of the other ${formatNoun(others, 'gene')} probably follows (P below 0.50).`
      : `${formatCount(following)} of the other ${formatNoun(others, 'gene')} probably ${following === 1 ? 'follows' : 'follow'} (P from 0.50); ${certain === 0 ? 'none' : formatCount(certain)} beyond doubt (interval without 0).`,
  outside: (gene: string, low: string, high: string) =>
    `${gene} is taken beyond all samples (${low} to ${high}): the mechanisms are extrapolated there.`,
  onlyFollowing: 'These only',
  table: 'Predicted shifts',
  columns: {
    gene: 'Gene',
    plot: 'Predicted shift',
    shift: 'Mean',
    interval: '95\u00A0% interval',
    downstream: 'P(follows)',
    observed: (experiment: string) => `In ${experiment}`,
  },
  shiftHelp: 'Mean over networks and mechanisms, in control sd of the gene',
  intervalHelp: 'Of the mean shift; the spread of single samples is not in it',
  downstreamHelp: 'Share of the drawn networks in which the gene lies downstream of what is done',
  observedHelp: 'Observed mean minus control mean, in control sd',
  acted: 'set',
  legend: {
    moves: 'interval without 0',
    still: 'interval holds 0',
    observed: (experiment: string) => `observed in ${experiment}`,
  },
  none: 'No other gene probably follows.',
  note: (draws: number) =>
    `${formatCount(draws)} drawn networks. Shifts are against the control, in its sd; intervals are for the mean.`,
  noTest: 'The network was learned from these samples too: agreement is no independent test.',
  open: 'What if it changes?',
} as const

/** Where the change of a gene in an experiment comes from. */
export const sources = {
  title: 'Where its change comes from',
  observed: (gene: string, shift: string, experiment: string) =>
    `${gene} moved by ${shift} control sd in ${experiment}.`,
  alone: 'No gene upstream accounts for any of it.',
  source: 'Upstream gene',
  contribution: 'Adds',
  share: 'Share',
  target: 'direct target',
  lead: (probability: string) => `own change; P(target) ${probability}`,
  others: 'Others upstream',
  ownTarget: 'The direct hit, and what is not explained',
  own: 'Not explained by the network',
  paths: (count: number) => (count === 1 ? 'Path' : 'Strongest paths'),
  note: 'By mean slopes along edges from P 0.10. A target carries its whole shift, another gene only what its own causes leave open; the parts add up to what was observed.',
} as const
