export { drawTrainingStudy, type DrawOptions } from './draw-training-study'
export {
  DISTRIBUTIONS,
  FAMILY_NAMES,
  SIMULATOR_VERSION,
  TRAINING_FAMILIES,
  type Distribution,
  type FamilyName,
  type TrainingFamily,
} from './families'
export type { StudyShape, TrainingStudy } from './training-study'
export { ancestors } from './truth'
