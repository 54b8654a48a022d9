import { z } from 'zod'
import { TRANSFORMS } from '../../../src-shared/domain/dataset'
import { GENE_FATES, GENE_REASONS } from '../../../src-shared/domain/measured-genes'
import { TARGET_KINDS, type AnalysisResult } from '../../../src-shared/domain/result'
import { ReliabilityCurve } from '../../../src-shared/domain/reliability'
import { RUN_MODES, RunSettings } from '../../../src-shared/domain/run-settings'

const float64 = z.instanceof(Float64Array)
const float32 = z.instanceof(Float32Array)
const int32 = z.instanceof(Int32Array)
const uint8 = z.instanceof(Uint8Array)
const count = z.number().int().min(0)
const name = z.string().max(10_000)
const names = z.array(name).max(1_000_000)

const GeneScale = z.object({
  kind: z.enum(['linear', 'normal-scores', 'tied']),
  mean: z.number(),
  sd: z.number(),
  tailMean: z.number(),
  tailSd: z.number(),
  knots: float64,
  scores: float64,
})

const ParentSet = z.object({
  parents: z.array(count).max(20),
  weight: z.number(),
  pooledCount: z.number(),
  pool: float64,
  states: uint8,
  targetLogOdds: float64,
})

/** A NaN or an infinity is a legal number of a result file (see canonical-json), so plain `z.number()` is too strict there. */
const anyNumber = z.custom<number>((value) => typeof value === 'number', 'not a number')

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const PartLogOdds = z.object({ network: float64, closedForm: float64.nullable() })

const AnswerParts = z.object({
  edges: PartLogOdds,
  targets: PartLogOdds,
  outside: z
    .array(
      z.object({
        quantity: name,
        environment: count.nullable(),
        value: anyNumber,
        low: anyNumber,
        high: anyNumber,
      }),
    )
    .max(1000),
})

const ModelRecord = z.object({
  sha256,
  combinerSha256: sha256.nullable(),
  featureVersion: count,
  reliability: z.array(ReliabilityCurve).max(100),
  provider: z.enum(['cpu', 'cuda']),
})

const indexInto = (names: readonly string[]): z.ZodType<Uint8Array> =>
  uint8.refine((indices) => indices.every((index) => index < names.length), 'unknown kind')

const MeasuredGenes = z.object({
  names,
  ids: names.nullable(),
  fate: indexInto(GENE_FATES),
  reason: indexInto(GENE_REASONS),
})

const DifferentialExpression = z.object({
  genes: int32,
  tested: count,
  logFoldChange: float32,
  averageExpression: float32,
  sd: float64,
  errorFactor: float64,
  freedom: anyNumber,
  priorFreedom: anyNumber,
  priorVariance: anyNumber,
  adjusted: float32.nullable(),
  batches: count,
})

const SampleQuality = z.object({
  totals: float64.nullable(),
  detected: int32.nullable(),
  genes: count,
  compared: count,
  scores: float64,
  explained: z.tuple([anyNumber, anyNumber]),
  spread: float64,
  correlated: z.enum(['samples', 'experiments']),
  correlation: float32,
})

/** What all versions hold. */
const COMMON = {
  format: z.literal('metacadi-result'),
  app: z.object({ name, version: name, kernel: z.enum(['wasm-simd', 'typescript']) }),
  createdAt: z.string().max(100),
  input: z.object({
    name,
    files: z.array(z.object({ name, bytes: count, sha256 })).max(100),
    transform: z.enum(TRANSFORMS),
    repairs: z
      .array(z.object({ rule: name, text: z.string().max(10_000) }))
      .max(1000)
      .optional(),
    choices: z
      .record(
        z.string().max(100),
        z.union([
          z.string(),
          z.number(),
          z.boolean(),
          z.array(z.string()),
          z.record(z.string(), z.string()),
          z.array(z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())]))),
        ]),
      )
      .optional(),
    directions: z.record(name, z.enum(['up', 'down'])).optional(),
    control: name.nullable(),
    samplesPerEnvironment: z.array(count),
    samples: names,
    values: float64,
  }),
  settings: RunSettings,
  genes: names.min(1),
  environments: names,
  edges: z.object({
    probability: float64,
    logOdds: float64,
    effect: float64,
    effectSd: float64,
    chainDifference: float64,
  }),
  targets: z.object({
    probability: float64,
    logOdds: float64,
    rank: int32,
    kind: uint8.refine((kinds) => kinds.every((kind) => kind < TARGET_KINDS.length), 'unknown kind'),
    listFdr: float64,
    observedShift: float64,
    predictedShift: float64,
    noTarget: float64,
    noConfidentTarget: z.array(z.boolean()),
  }),
  diagnostics: z.object({
    preset: z.enum(['clean', 'noisy-counts']),
    maxParents: count,
    candidates: count,
    parentSetsPerGene: anyNumber,
    sweeps: count,
    plannedSweeps: count.optional(),
    chains: count,
    exactOrders: z.boolean(),
    maxChainDifference: anyNumber,
    effectiveOrders: anyNumber,
    targetCountPrior: z.array(anyNumber),
    seconds: z.record(z.string(), anyNumber),
    threads: count,
    peakMemoryBytes: anyNumber,
  }),
  warnings: z.array(z.string()).max(10_000),
  resultHash: sha256,
}

const Learned = z.object({
  preprocessing: z.object({
    responseNoise: z.enum(['none', 'ties']),
    basisHalfWidth: z.number(),
    basisMeans: float64,
    betweenVariance: z.number(),
    hasControl: z.boolean(),
    genes: z.array(GeneScale),
  }),
  genes: z.array(z.object({ parentSets: z.array(ParentSet).max(100_000) })),
  priorTarget: z.number(),
})

const NOT_MEASURED = { measured: null, differential: null }

/** Version 1 knows the closed form only; what later versions add is filled in. */
const VersionOne = z.object({ ...COMMON, version: z.literal(1), learned: Learned }).transform((result) => ({
  ...result,
  mode: 'closed-form' as const,
  model: null,
  parts: null,
  ...NOT_MEASURED,
}))

const FROM_TWO = {
  ...COMMON,
  mode: z.enum(RUN_MODES),
  model: ModelRecord.nullable(),
  parts: AnswerParts.nullable(),
  learned: Learned.nullable(),
}

/** Version 2 knows nothing of the genes that were not analysed. */
const VersionTwo = z
  .object({ ...FROM_TWO, version: z.literal(2) })
  .transform((result) => ({ ...result, ...NOT_MEASURED }))

const VersionThree = z.object({
  ...FROM_TWO,
  version: z.literal(3),
  measured: MeasuredGenes.nullable(),
  differential: DifferentialExpression.nullable(),
  quality: SampleQuality.optional(),
})

/** `result.json` after the typed arrays have been restored. Shapes are checked in parse-result. */
export const ResultSchema: z.ZodType<AnalysisResult> = z.discriminatedUnion('version', [
  VersionOne,
  VersionTwo,
  VersionThree,
])
