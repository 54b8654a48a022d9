import { formatCount, formatNoun } from './format'

/** A new table under a learned network. */
export const newExperimentText = {
  reading: (name: string) => `Reading ${name}`,
  coverageFile: (shared: number, file: number) =>
    `${formatCount(shared)} of the ${formatNoun(file, 'gene')} in the file are used.`,
  fewShared: (shared: number, network: number) =>
    `Only ${formatCount(shared)} of ${formatNoun(network, 'gene')} of the network ${shared === 1 ? 'is' : 'are'} in the file. The others cannot be told, and causes among them count as unchanged.`,
  control: 'Control of this file',
  noControl: 'No control',
  group: (name: string, samples: number) => `${name} (${formatNoun(samples, 'sample')})`,
  withoutControl:
    'No control in the file: its values are taken as they are, so a batch effect looks like a hit.',
  join: 'Add to project and re-learn',
  joinHelp:
    'Joins these samples with those of the project, on the same genes, and starts a run. This result stays in the list.',
  joining: 'Joining the samples',
  noTable: 'The table of this result is not open. Open it first; then the samples can join it.',
  running: 'A run is under way. Wait for it, or cancel it.',
  notRead: 'The file has not been read yet.',
  joined: (name: string) => `Add ${name}`,
  nothingNew: 'All samples of the file are in the study already; there is nothing to join.',
  settled: 'Join the controls',
  repeated: (count: number) =>
    `${formatNoun(count, 'sample')} of the file ${count === 1 ? 'is' : 'are'} in the study already; on joining ${count === 1 ? 'it is' : 'they are'} counted once.`,
  sameName: (names: readonly string[]) =>
    `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} in the project already: on joining, the samples are added to ${names.length === 1 ? 'it' : 'them'}.`,
  choose: 'Choose another file…',
  kept: 'The earlier answer is still shown.',
  targets: 'Targets',
  verdict: 'Answer',
} as const
