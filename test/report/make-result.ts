import { createHash } from 'node:crypto'
import type { EdgeEvidence, TargetEvidence } from '../../src-shared/domain/evidence'
import { groupDesign } from '../../src-main/core/differential/group-design'
import { moderatedT } from '../../src-main/core/differential/moderated-t'
import type { DifferentialExpression } from '../../src-shared/domain/differential'
import { GENE_FATES, GENE_REASONS, type MeasuredGenes } from '../../src-shared/domain/measured-genes'
import { TARGET_KINDS, type AnalysisResult } from '../../src-shared/domain/result'
import { RunSettings, type RunSettingsInput } from '../../src-shared/domain/run-settings'
import type { SampleQuality } from '../../src-shared/domain/sample-quality'
import { environmentStarts } from '../../src-shared/domain/dataset'
import { principalComponents } from '../../src-main/core/linalg/principal-components'
import { replicateSpread } from '../../src-main/core/quality/replicate-spread'
import { rowCorrelation } from '../../src-main/core/quality/row-correlation'
import type { EvidenceSource } from '../../src-main/report/evidence-source'

/**
 * GENERATED results for tests of the report: their numbers come from a seeded generator and not from an analysis. All
 * parts agree with each other (ranks with log-odds, list FDR with probabilities, samples with environments), so that the
 * report can be checked for what it says about them. What a real run gives is tested in real-run.test.ts.
 */
export interface ResultOptions {
  readonly seed?: number
  readonly genes?: number | readonly string[]
  readonly environments?: number | readonly string[]
  readonly samplesPerExperiment?: number
  readonly controlSamples?: number
  readonly name?: string
  readonly settings?: RunSettingsInput
  readonly warnings?: readonly string[]
  readonly control?: string
  /** environments (0-based) in which every gene looks like noise */
  readonly withoutTarget?: readonly number[]
  readonly diagnostics?: Partial<AnalysisResult['diagnostics']>
}

type Random = () => number

/** genes of the file that were not analysed */
const OUTSIDE = 4

const measuredGenes = (genes: readonly string[]): MeasuredGenes => ({
  names: [...genes, ...Array.from({ length: OUTSIDE }, (_, index) => `OUTSIDE${index + 1}`)],
  ids: null,
  fate: Uint8Array.from({ length: genes.length + OUTSIDE }, (_, at) =>
    at < genes.length ? 0 : GENE_FATES.indexOf('not-chosen'),
  ),
  reason: Uint8Array.from({ length: genes.length + OUTSIDE }, (_, at) =>
    at < genes.length ? GENE_REASONS.indexOf('shift') : 0,
  ),
})

/** Every third gene of an experiment changes. */
function makeDifferential(
  genes: number,
  K: number,
  samplesPerEnvironment: readonly number[],
  next: Random,
): DifferentialExpression | null {
  const design = groupDesign(K + 1, 1, Int32Array.from(samplesPerEnvironment))
  if (!design) return null
  return moderatedT(
    {
      genes: Int32Array.from({ length: genes }, (_, gene) => gene),
      logFoldChange: Float32Array.from({ length: K * genes }, () =>
        next() < 1 / 3 ? 3 * normal(next) : 0.2 * normal(next),
      ),
      averageExpression: Float32Array.from({ length: genes }, () => 5 + normal(next)),
      variance: Float64Array.from({ length: genes }, () => 0.05 + 0.1 * next()),
    },
    design,
  )
}

/** mulberry32: small, seeded, good enough to fill a page. */
function random(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const normal = (next: Random): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const names = (given: number | readonly string[] | undefined, fallback: number, prefix: string): string[] =>
  typeof given === 'object'
    ? [...given]
    : Array.from({ length: given ?? fallback }, (_, index) => `${prefix}${index + 1}`)

export function makeResult(options: ResultOptions = {}): AnalysisResult {
  const next = random(options.seed ?? 1)
  const genes = names(options.genes, 12, 'GENE')
  const environments = names(options.environments, 4, 'Drug ')
  const settings = RunSettings.parse(options.settings ?? {})
  const [d, K] = [genes.length, environments.length]
  const parents = genes.map((_, gene) =>
    [...new Set(Array.from({ length: Math.floor(next() * 3) }, () => Math.floor(next() * gene)))].filter(
      (p) => p < gene,
    ),
  )
  const edges = makeEdges(genes, parents, settings, next)
  const hit = Array.from({ length: K }, (_, k) =>
    options.withoutTarget?.includes(k) ? -1 : Math.floor(next() * d),
  )
  const known = environments.map(
    (name) =>
      new Set(
        Object.hasOwn(settings.knownTargets, name)
          ? settings.knownTargets[name]!.genes.map((gene) => genes.indexOf(gene))
          : [],
      ),
  )
  const targets = makeTargets(d, K, hit, known, settings.fdr, next)
  const samplesPerEnvironment = [
    options.controlSamples ?? 10,
    ...environments.map(() => options.samplesPerExperiment ?? 5),
  ]
  const total = samplesPerEnvironment.reduce((sum, value) => sum + value, 0)
  const values = new Float64Array(total * d)
  const hasControl = samplesPerEnvironment[0]! > 0
  let row = 0
  samplesPerEnvironment.forEach((samples, environment) => {
    for (let i = 0; i < samples; i++, row++)
      for (let gene = 0; gene < d; gene++)
        values[row * d + gene] =
          normal(next) + (environment > 0 ? targets.observedShift[(environment - 1) * d + gene]! : 0)
  })
  return {
    format: 'metacadi-result',
    version: 3,
    app: { name: 'MetaCaDI Desktop', version: '0.1.0', kernel: 'wasm-simd' },
    createdAt: '2026-11-23T12:04:00.000Z',
    input: {
      name: options.name ?? 'generated study',
      files: [{ name: 'expression.csv', bytes: total * d * 7, sha256: sha256(`file ${options.seed ?? 1}`) }],
      transform: 'log1p',
      control: hasControl ? (options.control ?? 'control') : null,
      samplesPerEnvironment,
      samples: Array.from({ length: total }, (_, index) => `sample_${index + 1}`),
      values,
    },
    settings,
    mode: 'closed-form',
    model: null,
    parts: null,
    genes,
    environments,
    edges,
    targets,
    measured: measuredGenes(genes),
    differential: hasControl
      ? makeDifferential(genes.length + OUTSIDE, K, samplesPerEnvironment, next)
      : null,
    quality: makeQuality(values, d, samplesPerEnvironment, next),
    diagnostics: {
      preset: 'clean',
      maxParents: 3,
      candidates: 8,
      parentSetsPerGene: 93,
      sweeps: 2000,
      chains: 2,
      exactOrders: false,
      maxChainDifference: 0.034,
      effectiveOrders: 1480,
      targetCountPrior: [0.12, 0.55, 0.22, 0.11],
      seconds: { preparing: 0.02, scoring: 1.31, searching: 2.4, averaging: 0.2 },
      threads: 2,
      peakMemoryBytes: 142_000_000,
      ...options.diagnostics,
    },
    warnings: options.warnings ?? [],
    learned: {
      preprocessing: {
        responseNoise: 'none',
        basisHalfWidth: 4,
        basisMeans: new Float64Array(d * 5),
        betweenVariance: 0.1,
        hasControl,
        genes: genes.map(() => ({
          kind: 'linear',
          mean: 0,
          sd: 1,
          tailMean: 0,
          tailSd: 1,
          knots: new Float64Array(0),
          scores: new Float64Array(0),
        })),
      },
      genes: genes.map(() => ({ parentSets: [] })),
      priorTarget: Math.min(0.3, 2 / d),
    },
    resultHash: sha256(`result ${options.seed ?? 1}`),
  }
}

/** The measures of the generated values; the last sample has a low total. */
function makeQuality(
  values: Float64Array,
  d: number,
  samplesPerEnvironment: readonly number[],
  next: Random,
): SampleQuality {
  const n = values.length / d
  const environmentOf = Int32Array.from(
    samplesPerEnvironment.flatMap((size, k) => Array<number>(size).fill(k)),
  )
  const starts = environmentStarts(environmentOf, samplesPerEnvironment.length)
  return {
    totals: Float64Array.from({ length: n }, (_, i) => (i === n - 1 ? 0.2 : 1) * (9e5 + 2e5 * next())),
    detected: Int32Array.from({ length: n }, () => 8000 + 200 * next()),
    genes: d + OUTSIDE,
    compared: d,
    ...principalComponents(values, n, d),
    spread: replicateSpread(values, d, starts),
    correlated: 'samples',
    correlation: rowCorrelation(values, n, d),
  }
}

function makeEdges(
  genes: readonly string[],
  parents: readonly number[][],
  settings: RunSettings,
  next: Random,
): AnalysisResult['edges'] {
  const d = genes.length
  const array = (): Float64Array => new Float64Array(d * d)
  const edges = {
    probability: array(),
    logOdds: array(),
    effect: array(),
    effectSd: array(),
    chainDifference: array(),
  }
  const key = (source: string, target: string): string => JSON.stringify([source, target])
  const required = new Set(settings.constraints.required.map((edge) => key(edge.source, edge.target)))
  const forbidden = new Set(settings.constraints.forbidden.map((edge) => key(edge.source, edge.target)))
  for (let source = 0; source < d; source++)
    for (let target = 0; target < d; target++) {
      if (source === target) continue
      const cell = source * d + target
      const real = parents[target]!.includes(source)
      const logOdds = real ? 2.5 + 1.8 * normal(next) : -4.5 + 0.9 * normal(next)
      const names = key(genes[source]!, genes[target]!)
      edges.logOdds[cell] = required.has(names) ? 700 : forbidden.has(names) ? -700 : logOdds
      edges.probability[cell] = required.has(names) ? 1 : forbidden.has(names) ? 0 : sigmoid(logOdds)
      edges.effect[cell] = (next() < 0.5 ? -1 : 1) * (real ? 0.4 + 0.5 * next() : 0.1 * next())
      edges.effectSd[cell] = 0.05 + 0.12 * next()
      edges.chainDifference[cell] = 0.03 * next() * edges.probability[cell] * (1 - edges.probability[cell])
    }
  return edges
}

function makeTargets(
  d: number,
  K: number,
  hit: readonly number[],
  known: readonly ReadonlySet<number>[],
  fdr: number,
  next: Random,
): AnalysisResult['targets'] {
  const array = (): Float64Array => new Float64Array(K * d)
  const targets = {
    probability: array(),
    logOdds: array(),
    rank: new Int32Array(K * d),
    kind: new Uint8Array(K * d),
    listFdr: array(),
    observedShift: array(),
    predictedShift: array(),
    noTarget: new Float64Array(K),
    noConfidentTarget: new Array<boolean>(K).fill(false),
  }
  for (let k = 0; k < K; k++) {
    for (let gene = 0; gene < d; gene++) {
      const cell = k * d + gene
      const real = gene === hit[k]
      targets.logOdds[cell] = real ? 4 + 1.5 * normal(next) : -5 + 1.2 * normal(next)
      if (known[k]!.has(gene)) targets.logOdds[cell] = 700
      targets.probability[cell] = sigmoid(targets.logOdds[cell])
      targets.kind[cell] = Math.floor(next() * TARGET_KINDS.length)
      targets.predictedShift[cell] = 0.5 * normal(next)
      targets.observedShift[cell] = targets.predictedShift[cell] + (real ? -3 : 0.3 * normal(next))
    }
    const order = Array.from({ length: d }, (_, gene) => k * d + gene).sort(
      (a, b) => targets.logOdds[b]! - targets.logOdds[a]!,
    )
    let expectedFalse = 0
    let none = 1
    order.forEach((cell, index) => {
      expectedFalse += 1 - targets.probability[cell]!
      none *= 1 - targets.probability[cell]!
      targets.rank[cell] = index + 1
      targets.listFdr[cell] = expectedFalse / (index + 1)
    })
    targets.noTarget[k] = none
    targets.noConfidentTarget[k] = targets.listFdr[order[0]!]! > fdr
  }
  return targets
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Evidence views that fit a generated result, in place of the engine's own. */
export const GENERATED_EVIDENCE = {
  edge(result, source, target): EdgeEvidence {
    const d = result.genes.length
    const cell = source * d + target
    const { effect, effectSd, probability, chainDifference } = result.edges
    const slope = effect[cell]!
    const n = result.input.samples.length
    const environment = new Int32Array(n)
    let row = 0
    result.input.samplesPerEnvironment.forEach((samples, k) => {
      for (let i = 0; i < samples; i++) environment[row++] = k
    })
    const x = Float64Array.from({ length: n }, (_, i) => result.input.values[i * d + source]!)
    const grid = Float64Array.from({ length: 40 }, (_, i) => -3 + (6 * i) / 39)
    return {
      source: result.genes[source]!,
      target: result.genes[target]!,
      probability: probability[cell]!,
      reverseProbability: probability[target * d + source]!,
      effect: slope,
      effectLow: slope - 1.96 * effectSd[cell]!,
      effectHigh: slope + 1.96 * effectSd[cell]!,
      chainDifference: chainDifference[cell]!,
      curve: {
        x: grid,
        mean: grid.map((value) => slope * value + 0.1 * Math.sin(value)),
        low: grid.map((value) => slope * value - 0.4 - 0.05 * value * value),
        high: grid.map((value) => slope * value + 0.4 + 0.05 * value * value),
      },
      points: {
        samples: result.input.samples,
        environment,
        x,
        y: Float64Array.from(
          { length: n },
          (_, i) => slope * x[i]! + 0.3 * result.input.values[i * d + target]!,
        ),
        unused: Uint8Array.from({ length: n }, (_, i) => Number(environment[i] === 1)),
      },
      parentSets: [{ parents: [result.genes[source]!], weight: probability[cell]! }],
    }
  },
  target(result, environment, gene): TargetEvidence {
    const d = result.genes.length
    const cell = environment * d + gene
    const { targets, input } = result
    const start = input.samplesPerEnvironment.slice(0, environment + 1).reduce((sum, value) => sum + value, 0)
    const observed = targets.observedShift[cell]!
    const predicted = targets.predictedShift[cell]!
    return {
      environment: result.environments[environment]!,
      gene: result.genes[gene]!,
      probability: targets.probability[cell]!,
      logOdds: targets.logOdds[cell]!,
      rank: targets.rank[cell]!,
      listFdr: targets.listFdr[cell]!,
      kind: TARGET_KINDS[targets.kind[cell]!]!,
      observedShift: observed,
      predictedShift: predicted,
      samples: Array.from({ length: input.samplesPerEnvironment[environment + 1]! }, (_, i) => ({
        sample: input.samples[start + i]!,
        observed: input.values[(start + i) * d + gene]!,
        notHit: { mean: predicted, low: predicted - 1.8, high: predicted + 1.8 },
        hit: { mean: observed, low: observed - 1.4, high: observed + 1.4 },
      })),
      parents: result.genes.slice(0, Math.min(2, gene)).map((name, parent) => ({
        gene: name,
        weight: 0.8 - 0.3 * parent,
        observedShift: targets.observedShift[environment * d + parent]!,
      })),
      logBayesFactor: targets.logOdds[cell]! + 1.5,
    }
  },
} satisfies EvidenceSource
