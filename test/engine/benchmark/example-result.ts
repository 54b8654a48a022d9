import { DEFAULT_SETTINGS } from '../../../src-shared/domain/run-settings'
import type { AnalysisResult } from '../../../src-shared/domain/result'

export interface ResultNumbers {
  readonly genes: readonly string[]
  readonly environments: readonly string[]
  /** [d][d] */
  readonly edges: readonly (readonly number[])[]
  /** [K][d] */
  readonly targets: readonly (readonly number[])[]
  /** [K][d]; by default the logit of the probability */
  readonly logOdds?: readonly (readonly number[])[]
}

const logit = (p: number): number => Math.log(p) - Math.log1p(-p)

/** A complete result with the given probabilities; what no score looks at is empty. */
export function resultWith({ genes, environments, edges, targets, logOdds }: ResultNumbers): AnalysisResult {
  const d = genes.length
  const edgeProbability = Float64Array.from(edges.flat())
  const probability = Float64Array.from(targets.flat())
  const listFdr = Float64Array.from(
    targets.flatMap((row) =>
      row.map((p) => {
        const listed = row.filter((other) => other >= p)
        return listed.reduce((sum, other) => sum + 1 - other, 0) / listed.length
      }),
    ),
  )
  const cells = environments.length * d
  return {
    format: 'metacadi-result',
    version: 2,
    app: { name: 'MetaCaDI', version: '0.0.0', kernel: 'typescript' },
    createdAt: '2020-01-01T00:00:00.000Z',
    input: {
      name: 'example',
      files: [],
      transform: 'none',
      control: 'control',
      samplesPerEnvironment: [],
      samples: [],
      values: new Float64Array(),
    },
    settings: DEFAULT_SETTINGS,
    mode: 'closed-form',
    model: null,
    parts: null,
    measured: null,
    differential: null,
    genes,
    environments,
    edges: {
      probability: edgeProbability,
      logOdds: edgeProbability.map(logit),
      effect: new Float64Array(d * d),
      effectSd: new Float64Array(d * d),
      chainDifference: new Float64Array(d * d),
    },
    targets: {
      probability,
      logOdds: logOdds ? Float64Array.from(logOdds.flat()) : probability.map(logit),
      rank: new Int32Array(cells),
      kind: new Uint8Array(cells),
      listFdr,
      observedShift: new Float64Array(cells),
      predictedShift: new Float64Array(cells),
      noTarget: new Float64Array(environments.length),
      noConfidentTarget: environments.map(() => false),
    },
    diagnostics: {
      preset: 'clean',
      maxParents: 2,
      candidates: 2,
      parentSetsPerGene: 4,
      sweeps: 0,
      chains: 0,
      exactOrders: true,
      maxChainDifference: 0.02,
      effectiveOrders: 6,
      targetCountPrior: [],
      seconds: {},
      threads: 1,
      peakMemoryBytes: 0,
    },
    warnings: [],
    learned: {
      preprocessing: {
        responseNoise: 'none',
        basisHalfWidth: 3,
        basisMeans: new Float64Array(5 * d),
        betweenVariance: 0.1,
        hasControl: true,
        genes: [],
      },
      genes: [],
      priorTarget: 0.3,
    },
    resultHash: 'example',
  }
}
