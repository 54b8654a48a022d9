import { formatNoun } from './format'

/** The view that says which gene to perturb next. */
export const next = {
  title: 'Which gene to perturb next?',
  lead: 'An experiment that holds one gene at a level is simulated in the learned network, for every gene. The genes at the top are expected to settle most of what is still open in it.',
  question: 'The experiment',
  hold: 'One gene held at',
  level: 'Level of the gene, in control sd',
  unit: 'control sd, in',
  samples: 'Samples of the experiment',
  samplesUnit: 'samples',
  find: 'Find out',
  again: 'Find out again',
  working: 'Simulating experiments',
  changed: 'The list is for another level or number of samples.',
  open: (pairs: number, bits: string) =>
    `${formatNoun(pairs, 'pair')} of genes ${pairs === 1 ? 'is' : 'are'} open: neither a direction nor “no edge” reaches P 0.90. Together ${bits} bits of uncertainty.`,
  nothingOpen: 'Nothing is open: every pair of genes has one relation with P 0.90 or more.',
  nothingToLearn: 'No gene is expected to settle any of what is open. More control samples may.',
  table: 'Genes to perturb next',
  columns: {
    gene: 'Gene',
    gain: 'Expected gain (bits)',
    share: 'Share',
    followers: 'Genes following',
    hitIn: 'Hit before in',
  },
  gainHelp:
    'Expected fall of the entropy of all open pairs, in bits, with its standard error over the simulated outcomes. One bit settles one pair that stood at 50 : 50.',
  shareHelp: 'The gain as a share of the entropy of all open pairs',
  followersHelp: 'Expected number of other genes downstream of it',
  hitInHelp: 'Experiments of this run that probably hit the gene (P from 0.50)',
  plusMinus: (bits: string, error: string) => `${bits} ± ${error}`,
  pairsOf: (gene: string) => `What holding ${gene} would say most about`,
  pair: { pair: 'Open pair', forward: 'P(→)', backward: 'P(←)', bits: 'Gain (bits)' },
  noPairs: 'No single pair stands out.',
  outside: 'beyond all samples',
  outsideHelp: 'No sample has this gene at this level: the mechanisms are extrapolated there',
  whatIf: (gene: string) => `Predict what holding ${gene} does`,
  leftOut: (count: number) =>
    `${formatNoun(count, 'gene')} that can say least ${count === 1 ? 'was' : 'were'} not simulated. `,
  note: 'Expectations under the learned model and its assumptions, by the closed form. As a rule the real gain is larger; the order is what counts, and it is rough where the standard errors overlap.',
} as const
