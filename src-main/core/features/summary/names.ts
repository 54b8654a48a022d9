/** Version of the meaning, order and scaling of the features; a trained network works with one version only. */
export const FEATURE_VERSION = 1

/** Features of an ordered pair of genes (row = cause i, column = effect j), in the order of the tensor. */
export const PAIR_FEATURES = [
  'r0',
  'zr0',
  'pc0',
  'rw',
  'pcw',
  'cosD',
  'pcD',
  'coshift',
  'slopeD',
  'invgain_w',
  'noninv_w',
  'invgain',
  'm21',
  'm31',
  'm22',
  'mth',
  'etagain',
  'het',
  'slopediff',
  'eye',
  'dirshift',
  'zeroShare',
] as const

/** Features of a gene in an experiment, in the order of the tensor. */
export const EXPERIMENT_FEATURES = [
  'z',
  'absz',
  'D',
  'lvr',
  'lvrz',
  'rk',
  'ratio',
  'u',
  'absu',
  'rku',
  'ratiou',
  'rlvr',
  'rke',
  'ratioe',
  'tmin',
  'clean',
  'zeroShift',
] as const

/** Features of an experiment and its study, in the order of the tensor. */
export const GLOBAL_FEATURES = ['log_n0', 'log_nk', 'log_d', 'log_K', 'noControl'] as const

/** What is subtracted from ln n0, ln n_k, ln d and ln K, so that usual studies lie around zero. */
export const GLOBAL_CENTRES = { samples: 5, experimentSamples: 2.3, genes: 2.7, experiments: 2.3 } as const

/** Bound of every pair and experiment feature. */
export const FEATURE_CLIP = 8
