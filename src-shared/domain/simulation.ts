import { z } from 'zod'

/** Families of how the parents of a gene act on it in the additive-noise model. */
export const MECHANISM_FAMILIES = [
  'linear',
  'gaussian-process',
  'perceptron',
  'sigmoid',
  'polynomial',
  'step',
  'bump',
  'interaction',
] as const
export type MechanismFamily = (typeof MECHANISM_FAMILIES)[number]

export const NOISE_SHAPES = ['normal', 'student-t', 'laplace'] as const
export type NoiseShape = (typeof NOISE_SHAPES)[number]

export const MODEL_INTERVENTIONS = ['hard', 'shift', 'scale'] as const
export const KINETIC_INTERVENTIONS = ['knock-out', 'knock-down', 'over-expression'] as const
export type SimulatedKind = (typeof MODEL_INTERVENTIONS)[number] | (typeof KINETIC_INTERVENTIONS)[number]

/** [low, high] of a uniform draw. */
const Range = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low <= high, 'The first number of a range must not be larger than the second.')
const PositiveRange = Range.refine(([low]) => low >= 0, 'A range of factors must not begin below zero.')

const RandomGraph = z.strictObject({
  kind: z.enum(['erdos-renyi', 'scale-free']).default('erdos-renyi'),
  /** expected edges per gene, both ends counted: genes × meanDegree / 2 edges */
  meanDegree: z.number().min(0).max(10).default(2),
  /** scale-free only: hubs regulate many genes, are regulated by many, or one of both per study by a coin */
  hubs: z.enum(['causes', 'effects', 'either']).default('causes'),
})

const TargetDesign = z.strictObject({
  /** relative weight of 0, 1, 2, 3 targets in an environment */
  countWeights: z
    .array(z.number().min(0))
    .min(1)
    .max(4)
    .refine((weights) => weights.some((weight) => weight > 0), 'One of the weights must be above zero.')
    .default([0, 1, 1, 1]),
  /** balanced: all genes are hit once before any is hit again; independent: each environment draws anew */
  design: z.enum(['balanced', 'independent']).default('balanced'),
})

/** x = f(parents) + noise; every gene has about unit variance in control. Values are unbounded, no transform is due. */
const AdditiveNoiseModel = z.strictObject({
  kind: z.literal('additive-noise'),
  mechanism: z.enum(MECHANISM_FAMILIES).default('linear'),
  noise: z.enum(NOISE_SHAPES).default('normal'),
  /** the noise grows and shrinks with the parents */
  heteroscedastic: z.boolean().default(false),
  /** share of the noise in the variance of a gene with parents, drawn per gene */
  noiseShare: PositiveRange.refine(([, high]) => high <= 1, 'A share is at most 1.').default([0.2, 0.6]),
  interventions: z.array(z.enum(MODEL_INTERVENTIONS)).min(1).default(['hard']),
  /** size of an intervention in control sd; its sign is a coin; a scale intervention multiplies the noise by 1 + size */
  strength: PositiveRange.default([1, 3]),
})

const Measurement = z.discriminatedUnion('kind', [
  /** molecule rates without measurement error */
  z.strictObject({ kind: z.literal('rates') }),
  /** normalised expression as of arrays or bulk sequencing: log2(1 + depth × rate) + normal error */
  z.strictObject({
    kind: z.literal('log-expression'),
    depth: z.number().positive().default(20),
    errorSd: z.number().min(0).max(2).default(0.15),
  }),
  /** UMI counts: Poisson around rate × library size × depth, some cells losing a gene altogether */
  z.strictObject({
    kind: z.literal('counts'),
    depth: z.number().positive().default(4),
    /** sd of the log library size */
    librarySd: z.number().min(0).max(2).default(0.3),
    /** quantile of log(1 + rate) at which half the values drop out; 0 = no dropout */
    dropoutQuantile: z.number().min(0).max(0.95).default(0),
    dropoutSteepness: z.number().positive().default(2),
  }),
])

/** Hill-kinetics gene regulation observed near steady state; values are non-negative rates or counts. */
const KineticsModel = z.strictObject({
  kind: z.literal('kinetics'),
  /** cell types differ in the production of the genes without regulators; samples mix them */
  cellTypes: z.number().int().min(1).max(50).default(1),
  interventions: z
    .array(z.enum(KINETIC_INTERVENTIONS))
    .min(1)
    .default([...KINETIC_INTERVENTIONS]),
  /** factors on the production rate */
  knockDown: PositiveRange.default([0.1, 0.4]),
  overExpression: PositiveRange.default([2, 4]),
  /** scale of the chemical Langevin noise; 0 = deterministic */
  intrinsicNoise: z.number().min(0).max(2).default(0.5),
  /** log sd of the production of the genes without regulators, sample to sample */
  extrinsicNoise: z.number().min(0).max(2).default(0.3),
  measurement: Measurement.default({ kind: 'rates' }),
})

/** A simulated study as data: with a seed it determines every number of the study. */
export const SimulationSpec = z.strictObject({
  genes: z.number().int().min(2).max(1000).default(20),
  environments: z.number().int().min(0).max(5000).default(20),
  controlSamples: z.number().int().min(0).max(100_000).default(100),
  samplesPerEnvironment: z.number().int().min(1).max(100_000).default(10),
  graph: RandomGraph.prefault({}),
  targets: TargetDesign.prefault({}),
  model: z
    .discriminatedUnion('kind', [AdditiveNoiseModel, KineticsModel])
    .prefault({ kind: 'additive-noise' }),
})
export type SimulationSpec = z.infer<typeof SimulationSpec>
export type SimulationSpecInput = z.input<typeof SimulationSpec>
export type RandomGraphSpec = z.infer<typeof RandomGraph>
export type TargetDesign = z.infer<typeof TargetDesign>
export type AdditiveNoiseModel = z.infer<typeof AdditiveNoiseModel>
export type KineticsModel = z.infer<typeof KineticsModel>
export type MeasurementSpec = z.infer<typeof Measurement>
