export { combine, combineTargets, meanOfLogOdds } from './combine'
export type {
  Cells,
  ClosedFormAnswer,
  CombinedAnswer,
  Combiner,
  NetworkAnswer,
  TrainedRange,
  Tree,
  TreeEnsemble,
} from './combiner'
export { disagreements, type Disagreement } from './disagreement'
export { EDGE_CELL_FEATURES, edgeCells } from './edge-cells'
export { outOfDistribution, type OutOfDistributionFlag } from './out-of-distribution'
export { describeStudy, STUDY_QUANTITIES, type StudyQuantity } from './study-quantities'
export { TARGET_CELL_FEATURES, targetCells } from './target-cells'
