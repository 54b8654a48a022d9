import type { ConstraintEntry } from '../../src-shared/domain/constraint-entries'
import { formatCount, formatNoun } from './format'

const name = (entry: ConstraintEntry): string => {
  if ('edge' in entry) return `${entry.edge.source} → ${entry.edge.target} ${entry.kind}`
  return entry.kind === 'tier'
    ? `${entry.gene} in tier ${entry.tier + 1}`
    : `${entry.gene} is a ${entry.kind}`
}

/** Texts of the list of constraints. */
export const constraints = {
  title: 'Constraints',
  lead: 'What is known beforehand. The next run holds every statement exactly.',
  name,
  kind: 'Statement',
  about: 'About',
  kinds: { required: 'Required', forbidden: 'Forbidden', tier: 'Tier', root: 'Root', leaf: 'Leaf' },
  tierNumber: (tier: number) => `Tier ${tier + 1}`,
  kindHelp: {
    required: 'The edge is in every network.',
    forbidden: 'The edge is in no network.',
    tier: 'Genes of a later tier never cause genes of an earlier one.',
    root: 'The gene has no cause among the others.',
    leaf: 'The gene has no effect among the others.',
  },
  inRun: 'P in this run',
  inRunHelp: 'Probability of the edge in the run on screen',
  since: 'Holds from',
  thisRun: 'this run',
  nextRun: 'next run',
  note: 'Note',
  quoted: (what: string) => `“${what}”`,
  noteOf: (what: string) => `Note on ${what}`,
  notePlaceholder: 'Why?',
  remove: (what: string) => `Remove ${what}`,
  removeConflicting: (what: string) => `Remove “${what}”`,
  filter: 'Filter statements',
  allKinds: 'All statements',
  kindLabel: 'Kind of statement',
  rows: (shown: number, all: number) =>
    shown === all ? formatNoun(all, 'statement') : `${formatCount(shown)} of ${formatNoun(all, 'statement')}`,
  empty: 'No constraints yet',
  emptyText:
    'What is known about the network stands here, and the next run holds it exactly. Select an edge and press R to require or X to forbid it, or add a statement. Tetrad knowledge can be imported.',
  noMatch: 'No statement matches the filter.',
  add: 'Add…',
  addTitle: 'Add a statement',
  statement: 'Statement',
  cause: 'Cause',
  effect: 'Effect',
  genes: 'Genes',
  gene: 'Gene',
  chooseGene: 'Type a gene',
  tier: 'Tier',
  addConfirm: 'Add',
  import: 'Import…',
  file: 'Import or save',
  exportAs: {
    'constraints-json': 'Save as JSON, with notes',
    'knowledge-txt': 'Save as Tetrad knowledge',
  },
  clear: 'Remove all',
  imported: (count: number, file: string) => `${formatNoun(count, 'statement')} of ${file} added.`,
  undoImport: (file: string) => `Import ${file}`,
  undoRemove: (what: string) => `Remove ${what}`,
  undoRemoveMany: (count: number) => `Remove ${formatNoun(count, 'statement')}`,
  undoClear: 'Remove all constraints',
  conflicts: (count: number) => `${formatNoun(count, 'point')} to settle before the next run`,
  conflictHere: 'to be settled before the next run',
} as const
