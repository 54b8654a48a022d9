import { TARGET_KINDS, type AnalysisResult, type TargetKind } from '../../src-shared/domain/result'
import type { KnownTargets } from '../../src-shared/domain/run-settings'

export type EdgeSign = 'activates' | 'inhibits' | 'unknown'

export interface EdgeFinding {
  readonly source: number
  readonly target: number
  readonly probability: number
  readonly effect: number
  readonly effectLow: number
  readonly effectHigh: number
  readonly sign: EdgeSign
  readonly chainDifference: number
  /** a required edge is given, not found */
  readonly required: boolean
}

export interface TargetFinding {
  readonly environment: number
  readonly gene: number
  readonly rank: number
  readonly probability: number
  readonly listFdr: number
  readonly kind: TargetKind
  readonly observedShift: number
  readonly predictedShift: number
  /** on the list that is cut at the chosen false discovery rate */
  readonly confident: boolean
  /** named as a known target in the settings: given, not found */
  readonly known: boolean
}

/** From here on an edge counts as part of the network in words and counts. */
export const NETWORK_THRESHOLD = 0.5
/** From here on an edge is drawn; between the two it is dashed. */
export const DRAWING_THRESHOLD = 0.3
/** 97.5 % quantile of the standard normal distribution. */
const Z_95 = 1.959964

/** The sign is unknown when the 95 % interval of the effect holds 0. */
export function edgeSign(low: number, high: number): EdgeSign {
  if (low > 0) return 'activates'
  if (high < 0) return 'inhibits'
  return 'unknown'
}

/** Edges with at least this probability, the most probable first; ties keep the order of the genes. */
export function edgesFrom(result: AnalysisResult, threshold: number): EdgeFinding[] {
  const d = result.genes.length
  const { probability, effect, effectSd, chainDifference } = result.edges
  const required = new Set(
    result.settings.constraints.required.map((edge) => `${edge.source}\u0000${edge.target}`),
  )
  const edges: EdgeFinding[] = []
  for (let source = 0; source < d; source++)
    for (let target = 0; target < d; target++) {
      const cell = source * d + target
      if (source === target || !(probability[cell]! >= threshold)) continue
      const margin = Z_95 * effectSd[cell]!
      const effectLow = effect[cell]! - margin
      const effectHigh = effect[cell]! + margin
      edges.push({
        source,
        target,
        probability: probability[cell]!,
        effect: effect[cell]!,
        effectLow,
        effectHigh,
        sign: edgeSign(effectLow, effectHigh),
        chainDifference: chainDifference[cell]!,
        required: required.has(`${result.genes[source]}\u0000${result.genes[target]}`),
      })
    }
  return edges.sort((a, b) => b.probability - a.probability || a.source - b.source || a.target - b.target)
}

/** All genes of one perturbed environment (0-based), the most probable target first. */
export function targetsOf(result: AnalysisResult, environment: number): TargetFinding[] {
  const d = result.genes.length
  const { targets, settings } = result
  const name = result.environments[environment]!
  const known = new Set(Object.hasOwn(settings.knownTargets, name) ? settings.knownTargets[name]!.genes : [])
  const offset = environment * d
  const listIsConfident = !targets.noConfidentTarget[environment]
  return result.genes
    .map((geneName, gene) => {
      const listFdr = targets.listFdr[offset + gene]!
      return {
        environment,
        gene,
        rank: targets.rank[offset + gene]!,
        probability: targets.probability[offset + gene]!,
        listFdr,
        kind: TARGET_KINDS[targets.kind[offset + gene]!]!,
        observedShift: targets.observedShift[offset + gene]!,
        predictedShift: targets.predictedShift[offset + gene]!,
        confident: listIsConfident && listFdr <= settings.fdr,
        known: known.has(geneName),
      }
    })
    .sort((a, b) => a.rank - b.rank)
}

export interface ExperimentFinding {
  readonly environment: number
  readonly samples: number
  /** every gene, most probable first */
  readonly ranking: readonly TargetFinding[]
  readonly confident: readonly TargetFinding[]
  readonly noTarget: number
  /** 'no confident target' is the answer; else a target is likely, though no single gene may be certain */
  readonly withoutTarget: boolean
}

export interface Findings {
  readonly experiments: readonly ExperimentFinding[]
  /** edges that may be drawn, most probable first */
  readonly edges: readonly EdgeFinding[]
  /** how many of them have at least `NETWORK_THRESHOLD` */
  readonly networkEdges: number
  readonly controlSamples: number
  readonly totalSamples: number
}

/** What the report says, taken from the result once. */
export function findingsOf(result: AnalysisResult): Findings {
  const edges = edgesFrom(result, DRAWING_THRESHOLD)
  const samples = result.input.samplesPerEnvironment
  return {
    experiments: result.environments.map((_, environment) => {
      const ranking = targetsOf(result, environment)
      return {
        environment,
        samples: samples[environment + 1] ?? 0,
        ranking,
        confident: ranking.filter((target) => target.confident),
        noTarget: result.targets.noTarget[environment]!,
        withoutTarget: result.targets.noConfidentTarget[environment]!,
      }
    }),
    edges,
    networkEdges: edges.filter((edge) => edge.probability >= NETWORK_THRESHOLD).length,
    controlSamples: samples[0] ?? 0,
    totalSamples: samples.reduce((sum, value) => sum + value, 0),
  }
}

/** Positions of the experiments, the one with the surest found target first; given targets do not count. */
export function experimentsByStrength(findings: Findings): number[] {
  const strength = (finding: ExperimentFinding): number =>
    (finding.ranking.find((t) => !t.known) ?? finding.ranking[0])?.probability ?? 0
  return findings.experiments
    .map((finding, position) => ({
      position,
      confident: finding.confident.length > 0,
      strength: strength(finding),
    }))
    .sort(
      (a, b) =>
        Number(b.confident) - Number(a.confident) || b.strength - a.strength || a.position - b.position,
    )
    .map((entry) => entry.position)
}

/** Known targets as given, in the order of the experiments; a stored result may hold them in another. */
export function knownTargetsOf(result: AnalysisResult): { environment: string; targets: KnownTargets }[] {
  const given = new Map(Object.entries(result.settings.knownTargets))
  return result.environments.flatMap((environment) => {
    const targets = given.get(environment)
    return targets ? [{ environment, targets }] : []
  })
}

/** The unit of shifts and effects. */
export function shiftUnit(result: AnalysisResult): string {
  return result.input.control !== null ? 'control sd' : 'sd of all samples'
}
