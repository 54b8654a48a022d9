/**
 * The families of studies that the learned model meets. `training` families are all it is trained on;
 * `held-out` families are never drawn for training and show how far the model carries; `audit` families ask
 * whether it invents directions where data cannot tell them (see `audit-study.ts`).
 */
export interface TrainingFamily {
  readonly name: string
  readonly distribution: Distribution
  readonly model: 'linear-gaussian' | 'additive-noise' | 'hill' | 'langevin'
  /** share within its distribution, relative */
  readonly weight: number
}

/** Raised when the same seed no longer gives the same study. */
export const SIMULATOR_VERSION = 4

export const DISTRIBUTIONS = ['training', 'held-out', 'audit'] as const
export type Distribution = (typeof DISTRIBUTIONS)[number]

/** A study records its family as an index into this list; new families go to the end. */
export const TRAINING_FAMILIES = [
  { name: 'linear-gaussian', distribution: 'training', model: 'linear-gaussian', weight: 10 },
  { name: 'linear-non-gaussian', distribution: 'training', model: 'additive-noise', weight: 9 },
  { name: 'polynomial', distribution: 'training', model: 'additive-noise', weight: 6 },
  { name: 'fourier', distribution: 'training', model: 'additive-noise', weight: 8 },
  { name: 'sigmoid', distribution: 'training', model: 'additive-noise', weight: 9 },
  { name: 'perceptron', distribution: 'training', model: 'additive-noise', weight: 11 },
  { name: 'heteroscedastic', distribution: 'training', model: 'additive-noise', weight: 8 },
  { name: 'mixed', distribution: 'training', model: 'additive-noise', weight: 8 },
  { name: 'hill-additive', distribution: 'training', model: 'hill', weight: 11 },
  { name: 'hill-logic', distribution: 'training', model: 'hill', weight: 9 },
  { name: 'hill-dynamic', distribution: 'training', model: 'hill', weight: 12 },
  { name: 'gp-product', distribution: 'held-out', model: 'additive-noise', weight: 1 },
  { name: 'bump', distribution: 'held-out', model: 'additive-noise', weight: 1 },
  { name: 'step', distribution: 'held-out', model: 'additive-noise', weight: 1 },
  { name: 'interaction', distribution: 'held-out', model: 'additive-noise', weight: 1 },
  { name: 'langevin', distribution: 'held-out', model: 'langevin', weight: 2 },
  { name: 'heavy-tailed', distribution: 'held-out', model: 'additive-noise', weight: 1 },
  { name: 'audit-er', distribution: 'audit', model: 'additive-noise', weight: 1 },
  { name: 'audit-sf-causes', distribution: 'audit', model: 'additive-noise', weight: 1 },
  { name: 'audit-sf-effects', distribution: 'audit', model: 'additive-noise', weight: 1 },
] as const satisfies readonly TrainingFamily[]

export type FamilyName = (typeof TRAINING_FAMILIES)[number]['name']
export const FAMILY_NAMES: readonly FamilyName[] = TRAINING_FAMILIES.map(({ name }) => name)
