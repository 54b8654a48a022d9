import type { MechanismFamily } from '../../../../src-shared/domain/simulation'
import { gaussianProcess } from './gaussian-process'
import { linear } from './linear'
import type { MechanismSource } from './mechanism'
import { perceptron } from './perceptron'
import { bump, interaction, polynomial, step } from './shapes'
import { sigmoid } from './sigmoid'

export type { Mechanism, MechanismSource } from './mechanism'

/** A new family is one entry here and one name in `MECHANISM_FAMILIES`. */
export const MECHANISMS: Readonly<Record<MechanismFamily, MechanismSource>> = {
  linear,
  'gaussian-process': gaussianProcess,
  perceptron,
  sigmoid,
  polynomial,
  step,
  bump,
  interaction,
}
