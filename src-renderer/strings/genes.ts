import { formatCount, formatNoun } from './format'

/** Texts of the step in which the genes of the network are chosen. */
export const genes = {
  title: 'Genes of the network',
  lead: 'Differential expression covers every gene of the file; the network is learned among the genes kept here.',
  noData: 'No genes yet',
  noDataText: 'Open a table first; the genes of the network are chosen here.',
  loading: 'Listing the genes',
  blocked: 'The genes cannot be chosen yet',
  count: (kept: number, all: number) => `${formatCount(kept)} of ${formatNoun(all, 'gene')} kept`,
  save: 'Save the left-out genes (TSV)',
  howMany: 'How many',
  number: 'Number of genes',
  automatic: 'Choose the number for me',
  automaticHelp: 'All genes of a table of up to 200, else 50.',
  upTo: (most: number, limit: 'file' | 'memory') =>
    limit === 'file'
      ? `The file has ${formatNoun(most, 'gene')} that can be used.`
      : `Up to ${formatCount(most)} fit into the memory of this computer; up to 200 run well.`,
  estimate: 'A run with this number',
  estimating: 'Estimating',
  noEstimate: 'An estimate comes when the data are ready to run.',
  keep: 'Always keep',
  pinned: 'Pinned genes',
  pinnedPlaceholder: 'Symbol, alias or Ensembl ID',
  pasteList: 'Paste a list…',
  pasteTitle: 'Genes to keep in any case',
  pasteLabel: 'Names, separated by commas, spaces or lines',
  pasteSave: 'Look them up',
  clearPinned: 'Unpin all',
  targets: 'Known targets',
  targetsNone: 'None is named. Targets named in the step Experiments are always kept.',
  inExperiment: (gene: string, experiments: readonly string[]) => `${gene}: ${experiments.join(', ')}`,
  pin: (gene: string) => `Pin ${gene}`,
  unpin: (gene: string) => `Unpin ${gene}`,
  found: {
    title: 'Looked up',
    pinned: (count: number) => `${formatNoun(count, 'gene')} pinned.`,
    by: {
      name: '',
      similar: 'other spelling',
      symbol: 'current symbol',
      previous: 'older symbol',
      alias: 'alias',
      ensembl: 'Ensembl',
      entrez: 'Entrez',
    },
    as: (query: string, gene: string, how: string) => `${query} is ${gene} (${how})`,
    several: (query: string) => `${query} can be:`,
    known: (query: string, symbols: readonly string[]) =>
      symbols.length === 1 && symbols[0] === query
        ? `${query} is a gene, but not in the file.`
        : `${query} is ${symbols.join(' or ')}, which is not in the file.`,
    unknown: (query: string) => `${query} is not in the file and not a known name.`,
  },
  rule: 'How they are chosen',
  rules: [
    'Pinned genes and known targets, in any case.',
    'Transcription factors that shift in any experiment, up to a fifth.',
    'Genes with the largest shift against the control, up to half.',
    'Genes with the largest variance, for the rest.',
  ],
  ruleNever:
    'Genes that never change, are nearly always zero or have missing values are never chosen by the rule.',
  table: 'Genes of the file',
  gene: 'Gene',
  id: 'In the file',
  state: 'State',
  kept: 'Kept',
  left: 'Left out',
  why: 'Why',
  shift: 'Shift',
  shiftHelp:
    'Largest shift of any experiment against the control, over the spread within experiments plus its median',
  variance: 'Variance',
  varianceHelp: 'Over all samples, on the scale of the analysis',
  show: 'Show',
  filters: { all: 'All genes', kept: 'Kept', left: 'Left out' },
  filter: 'Find a gene',
  empty: 'No gene matches.',
  named: 'The command named the genes to analyse; the choice here has no effect on them.',
} as const
