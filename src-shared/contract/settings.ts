import { DEFAULT_SETTINGS, type RunSettings } from '../domain/run-settings'

export type ScalarSetting = Exclude<keyof RunSettings, 'knownTargets' | 'constraints'>

export interface SettingInfo<K extends ScalarSetting = ScalarSetting> {
  readonly label: string
  readonly help: string
  /** heading in docs/method.md */
  readonly anchor: string
  readonly default: RunSettings[K]
  readonly choices?: readonly { value: RunSettings[K]; label: string }[]
  readonly min?: number
  readonly max?: number
  readonly step?: number
  /** value that means "decide from the data" */
  readonly auto?: RunSettings[K]
}

const d = DEFAULT_SETTINGS

/** The one registry of settings: feeds the settings form, `metacadi analyze --help` and the docs. */
export const SETTINGS: { readonly [K in ScalarSetting]: SettingInfo<K> } = {
  mode: {
    label: 'Method',
    help: 'Full: closed-form evidence, the learned network, and their combination. Instant: the network alone, within a second, without evidence views. Closed form: exact analytical evidence and a posterior over graphs, nothing learned from simulations.',
    anchor: '4-combining-the-parts',
    default: d.mode,
    choices: [
      { value: 'full', label: 'Full' },
      { value: 'instant', label: 'Instant' },
      { value: 'closed-form', label: 'Closed form' },
    ],
  },
  preset: {
    label: 'Kind of data',
    help: 'Noisy counts: expect measurement noise in every gene (single-cell counts, many zeros). Automatic decides from the share of ties.',
    anchor: '1-closed-form-evidence',
    default: d.preset,
    choices: [
      { value: 'auto', label: 'Automatic' },
      { value: 'clean', label: 'Clean (bulk, arrays, log values)' },
      { value: 'noisy-counts', label: 'Noisy counts' },
    ],
  },
  seed: {
    label: 'Seed',
    help: 'The same data, settings and seed give the same result on every computer and any number of threads.',
    anchor: '2-posterior-over-graphs',
    default: d.seed,
    min: 0,
    max: 2 ** 31 - 1,
    step: 1,
  },
  maxParents: {
    label: 'Direct causes per gene, at most',
    help: 'Largest parent set that is considered. Automatic: 4 up to 20 genes, otherwise 3.',
    anchor: '2-posterior-over-graphs',
    default: d.maxParents,
    min: 0,
    max: 4,
    step: 1,
    auto: 0,
  },
  candidates: {
    label: 'Candidate causes per gene',
    help: 'How many genes are kept as possible causes of each gene after screening. More is slower and more thorough.',
    anchor: '2-posterior-over-graphs',
    default: d.candidates,
    min: 0,
    max: 14,
    step: 1,
    auto: 0,
  },
  chains: {
    label: 'Chains',
    help: 'Independent searches. Their agreement is reported.',
    anchor: '2-posterior-over-graphs',
    default: d.chains,
    min: 2,
    max: 8,
    step: 1,
  },
  sweeps: {
    label: 'Sweeps per chain',
    help: 'Length of each search. Automatic chooses by the number of genes.',
    anchor: '2-posterior-over-graphs',
    default: d.sweeps,
    min: 0,
    max: 200_000,
    step: 100,
    auto: 0,
  },
  evidenceWeight: {
    label: 'Weight of the evidence (α)',
    help: 'Below 1 guards against over-confidence when the model does not fit the data exactly.',
    anchor: '2-posterior-over-graphs',
    default: d.evidenceWeight,
    min: 0.05,
    max: 1,
    step: 0.05,
  },
  targetsPrior: {
    label: 'Number of targets per experiment',
    help: 'Learned: estimated from all experiments of the study. Independent: each gene on its own. At least one: every experiment has a target.',
    anchor: '2-posterior-over-graphs',
    default: d.targetsPrior,
    choices: [
      { value: 'learned', label: 'Learned from the study' },
      { value: 'independent', label: 'Independent' },
      { value: 'at-least-one', label: 'At least one' },
    ],
  },
  fdr: {
    label: 'False discovery rate of the target list',
    help: 'Where the target list is cut.',
    anchor: '2-posterior-over-graphs',
    default: d.fdr,
    min: 0.001,
    max: 0.5,
    step: 0.01,
  },
}
