import { explanationOf, type ExplainedChange } from '../../src-shared/domain/explanation'
import { formatCount, formatNoun, formatPercent } from './format'

/** What changed in an experiment, and what the targets account for. */
export const volcano = {
  title: 'What changed',
  loading: 'Reading what changed',
  none: 'No differential expression: it needs a control and replicates.',
  headline: (summary: ExplainedChange) => {
    const { changed, others } = summary
    if (changed === 0) return 'No gene changed.'
    const all = `${formatNoun(changed, 'gene')} changed`
    const found = explanationOf(summary)
    const one = summary.targets.length === 1
    const who = one
      ? 'the direct target explains'
      : `${formatNoun(summary.targets.length, 'direct target')} explain`
    const rest =
      others === 1 ? 'of the other one in the network' : `of the other ${formatCount(others)} in the network`
    switch (found.kind) {
      case 'unchanged':
      case 'not-fitted':
        return `${all}.`
      case 'no-target':
        return `${all}; no confident target to explain ${changed === 1 ? 'it' : 'them'}.`
      case 'alone':
        return `${all}; apart from the direct ${one ? 'target' : 'targets'} none in the network.`
      case 'nothing':
        return `${all}; ${who} nothing ${rest}.`
      case 'little':
        return `${all}; ${who} less than 1\u00A0% ${rest}.`
      case 'share':
        return `${all}; ${who} ${formatPercent(found.share)} ${rest}.`
    }
  },
  label: (experiment: string, headline: string) => `Volcano plot of ${experiment}: ${headline}`,
  classes: {
    unchanged: 'unchanged',
    direct: 'direct',
    downstream: 'downstream',
    unexplained: 'unexplained',
    outside: 'outside the network',
  },
  foldChange: { log2: 'log₂ fold change', value: 'change' },
  logP: '−log₁₀ p',
  adjusted: 'Adjusted p',
  explained: 'Change is',
  asTable: 'The most changed genes as a table',
  point: (gene: string, what: string, change: string, p: string) =>
    `${gene}: ${what}, change ${change}, adjusted p ${p}`,
  note: (level: string) =>
    `Changed: adjusted p up to ${level}. Explained: the share of the squared shifts of the changed network genes that the effects of the targets account for.`,
} as const

export const honesty = {
  title: 'Check on your own data',
  check: 'Run the check',
  checking: 'Checking',
  lead: 'Judges control samples as if they were an experiment (every target named there is a false alarm), and hides known targets to see whether they are found again.',
  short: 'false alarms on the control; known targets hidden and found again',
  needsSearch: 'The check needs the mechanisms of the full search.',
  alarms: (alarms: number, splits: number, samples: number, fdr: string) =>
    `False alarms: in ${formatCount(alarms)} of ${formatCount(splits)} random draws of ${formatNoun(samples, 'control sample')} a gene was named at ${fdr} FDR.`,
  noTarget: (probability: string) => `Mean P(no target) ${probability}.`,
  noControl:
    'False alarms cannot be counted: it takes at least three times as many control samples as an experiment has.',
  noKnown:
    'No target is known, so none could be hidden. Name known targets in Experiments and run again to see whether they are found.',
  recovered: (found: number, all: number, fdr: string) =>
    `Known targets: ${formatCount(found)} of ${formatCount(all)} found again at ${fdr} FDR when they were hidden.`,
  hidden: 'Hidden target',
  rank: 'Rank',
  found: 'Found',
  yes: 'yes',
  no: 'no',
  note: 'By the closed form, with the network as it was learned from these samples, which favours the method. Draws share samples. Batch effects between experiments are not tested.',
} as const
