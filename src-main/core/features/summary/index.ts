export {
  EXPERIMENT_FEATURES,
  FEATURE_CLIP,
  FEATURE_VERSION,
  GLOBAL_CENTRES,
  GLOBAL_FEATURES,
  PAIR_FEATURES,
} from './names'
export { createSummariser, summariseStudy, type StudySummary, type Summariser } from './summarise-study'
