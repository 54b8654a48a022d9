import { formatCount, formatNoun, formatNumber } from './format'

/** Texts of the step in which samples are looked at before a run. */
export const quality = {
  title: 'Quality of the samples',
  lead: 'Samples beside each other, over the genes of the file that vary most. Leave out what failed, with a reason.',
  noData: 'No samples yet',
  noDataText: 'Open a table first; its samples are compared here.',
  blocked: 'The samples cannot be compared yet',
  blockedText: 'Settle the blocking points of the import first.',
  toImport: 'Go to Import',
  loading: 'Comparing the samples',
  missing: 'These data came with a result and hold no quality measures. Open their table to see them.',
  tooMany: (samples: number, most: number) =>
    `${formatCount(samples)} samples are too many to be measured one by one; that is done for up to ${formatCount(most)}. The analysis takes all of them.`,
  flagged: (count: number) => `${formatNoun(count, 'sample')} to look at`,
  nothingFlagged: 'No sample stands out',
  strips: {
    title: 'By experiment',
    note: 'One dot is one sample; the dashed line is the usual value, a triangle a sample to look at.',
    total: { counts: 'Library size (counts)', other: 'Sum of the values' },
    detected: 'Genes above zero',
    spread: 'Distance from replicates',
    dot: (sample: string, value: string) => `${sample}: ${value}`,
    rows: (experiment: string) => `Samples of ${experiment}`,
    help: {
      total: 'Sum of the values of the file in each sample',
      detected: 'Genes of the file with a value above zero',
      spread:
        'Root mean square distance from the mean of the other samples of the experiment, over the compared genes, on the scale of the analysis',
    },
  },
  pca: {
    title: 'Principal components',
    axis: (component: number, share: number) =>
      `PC ${component} (${formatNumber(100 * share, 1)}\u00A0% of the variance)`,
    label: (samples: number, genes: number) =>
      `${formatNoun(samples, 'sample')} on the first two principal components of ${formatNoun(genes, 'gene')}`,
    legend: 'Experiments; press one to see it alone',
    drawn: (shown: number, all: number) => `${formatCount(shown)} of ${formatNoun(all, 'sample')} are drawn.`,
    genes: (count: number) => `over the ${formatNoun(count, 'gene')} that vary most`,
  },
  correlation: {
    title: { samples: 'Correlation of samples', experiments: 'Correlation of experiments' },
    label: (count: number) =>
      `Pearson correlation of ${formatCount(count)} rows; arrow keys move from pair to pair`,
    pair: (a: string, b: string, r: string) => `${a} × ${b}: r = ${r}`,
    hint: 'Point at a cell, or move with the arrow keys.',
    means: 'There are too many samples for a row each: these are the means of the experiments.',
  },
  engagement: {
    title: 'Known targets',
    none: 'No target is known. Where one is, this shows whether it moves in its experiment.',
    toExperiments: 'Name targets',
    change: 'Change',
    spreads: 'in spreads',
    spreadsHelp: 'Change in standard deviations of the control',
    states: {
      moves: 'Moves',
      'hardly-moves': 'Hardly moves',
      'other-way': 'Moves the other way',
      'not-analysed': 'Not analysed',
      'no-control': 'No control to compare with',
    },
    expected: { up: 'should go up', down: 'should go down' },
    plot: (gene: string, experiment: string) =>
      `${gene}: control (hollow) and ${experiment} (filled), one dot per sample`,
  },
  table: {
    title: 'Samples',
    sample: 'Sample',
    experiment: 'Experiment',
    total: 'Total',
    detected: 'Genes',
    spread: 'Dist.',
    note: 'To look at',
    exclude: 'Leave out',
    excludeNamed: (sample: string) => `Leave out ${sample}`,
    only: 'Only samples to look at',
    filter: 'Find a sample',
    empty: 'No sample matches.',
  },
  flags: {
    'low-total': (value: string, usual: string) => `Low total: ${value}, usually ${usual}`,
    'few-genes': (value: string, usual: string) => `Few genes: ${value}, usually ${usual}`,
    'far-from-replicates': (value: string, usual: string) =>
      `Far from its replicates: ${value}, usually ${usual}`,
    'near-other': (other: string) => `Lies with ${other}`,
  },
  short: {
    'low-total': 'low total',
    'few-genes': 'few genes',
    'far-from-replicates': 'far from replicates',
    'near-other': 'lies with another experiment',
  },
  excluded: {
    title: 'Left out',
    none: 'No sample is left out.',
    include: 'Include',
    includeNamed: (sample: string) => `Include ${sample}`,
    noReason: 'no reason given',
    question: (sample: string) => `Leave out ${sample}`,
    reason: 'Reason',
    save: 'Leave out',
    note: 'The reason is kept in the project, the methods text and the report.',
  },
} as const
