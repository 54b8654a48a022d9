import type { Dataset } from '../../src-shared/domain/dataset'
import { isLearned, type LearnedResult } from '../../src-shared/domain/result'
import { RunSettings } from '../../src-shared/domain/run-settings'
import { SimulationSpec } from '../../src-shared/domain/simulation'
import { simulateStudy } from '../../src-main/core/simulate/simulate-study'
import type { SimulatedStudy } from '../../src-main/core/simulate/study'
import { runAnalysis } from '../../src-main/engine/analysis/run-analysis'
import { nextExperiments } from '../../src-main/engine/runs/next-experiments'

/** Means over studies; falls of what is open, in bits. */
export interface PlanningScore {
  /** open before, in bits, and pairs */
  readonly openBits: number
  readonly openPairs: number
  /** expected, and seen after the experiment was done and the network learned again, of the gene named first */
  readonly expected: number
  readonly first: number
  /** seen: of a gene taken by chance, and of the best of all genes */
  readonly chance: number
  readonly best: number
  /** the same for −log₂ of the probability of the true states: first, chance, best */
  readonly truth: readonly [number, number, number]
  /** rank correlation of expected and seen falls over genes, and the share of genes that do worse than the first */
  readonly correlation: number
  readonly beaten: number
}

const GENES = 10
const SAMPLES = 5
const LEVEL = 2

/**
 * Whether the gene that is named first is worth perturbing: studies with a few experiments are analysed, every gene is then
 * really perturbed, each in an experiment of its own, and the network is learned again with it.
 *
 * @param before experiments that the study begins with
 */
export async function scorePlanning(
  mechanism: 'linear' | 'sigmoid' | 'gaussian-process',
  before: number,
  seeds: readonly number[],
): Promise<PlanningScore> {
  const scores: PlanningScore[] = []
  for (const seed of seeds) scores.push(await scoreStudy(mechanism, before, seed))
  const mean = (of: (score: PlanningScore) => number): number =>
    scores.reduce((sum, score) => sum + of(score), 0) / scores.length
  return {
    openBits: mean((s) => s.openBits),
    openPairs: mean((s) => s.openPairs),
    expected: mean((s) => s.expected),
    first: mean((s) => s.first),
    chance: mean((s) => s.chance),
    best: mean((s) => s.best),
    truth: [mean((s) => s.truth[0]), mean((s) => s.truth[1]), mean((s) => s.truth[2])],
    correlation: mean((s) => s.correlation),
    beaten: mean((s) => s.beaten),
  }
}

async function scoreStudy(
  mechanism: 'linear' | 'sigmoid' | 'gaussian-process',
  before: number,
  seed: number,
): Promise<PlanningScore> {
  const spec = SimulationSpec.parse({
    genes: GENES,
    // every gene once to begin with, as far as they are used, and every gene once more to be tried
    environments: 2 * GENES,
    controlSamples: 50,
    samplesPerEnvironment: SAMPLES,
    targets: { countWeights: [0, 1], design: 'balanced' },
    model: { kind: 'additive-noise', mechanism, interventions: ['hard'], strength: [LEVEL, LEVEL] },
  })
  const study = simulateStudy(spec, seed)
  const start = Array.from({ length: before }, (_, k) => k + 1)
  const base = await analyse(study, start)
  const answer = await nextExperiments(
    base,
    { level: -LEVEL, samples: SAMPLES },
    new AbortController().signal,
    () => undefined,
  )
  const expected = study.genes.map(
    (gene) => answer.candidates.find((candidate) => candidate.gene === gene)?.bits ?? 0,
  )
  const pairs = openPairs(base)
  const edges = new Set(study.edges.map(([i, j]) => i * GENES + j))
  const seen: number[] = []
  const truth: number[] = []
  for (let gene = 0; gene < GENES; gene++) {
    const environment = study.perturbations.findLast((each) => each.gene === gene)!.environment
    const after = await analyse(study, [...start, environment])
    seen.push(sum(pairs, (pair) => entropy(base, pair) - entropy(after, pair)))
    truth.push(sum(pairs, (pair) => surprise(base, pair, edges) - surprise(after, pair, edges)))
  }
  const first = expected.indexOf(Math.max(...expected))
  const mean = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0) / x.length
  return {
    openBits: answer.openBits,
    openPairs: answer.openPairs,
    expected: expected[first]!,
    first: seen[first]!,
    chance: mean(seen),
    best: Math.max(...seen),
    truth: [truth[first]!, mean(truth), Math.max(...truth)],
    correlation: spearman(expected, seen),
    beaten: seen.filter((fall) => fall < seen[first]!).length / (GENES - 1),
  }
}

/** The closed form of the control and some experiments, their targets known. */
async function analyse(study: SimulatedStudy, environments: readonly number[]): Promise<LearnedResult> {
  const used = [0, ...environments]
  const rows = used.flatMap((environment) =>
    Array.from(study.environmentOf.keys()).filter((row) => study.environmentOf[row] === environment),
  )
  const dataset: Dataset = {
    name: 'plan',
    genes: study.genes,
    samples: rows.map((row) => `s${row}`),
    values: Float64Array.from(
      rows.flatMap((row) => [...study.values.subarray(row * GENES, (row + 1) * GENES)]),
    ),
    environmentOf: Int32Array.from(rows, (row) => used.indexOf(study.environmentOf[row]!)),
    environments: used.map((environment) => study.environments[environment]!),
    transform: 'none',
    files: [],
  }
  const knownTargets = Object.fromEntries(
    environments.map((environment) => [
      study.environments[environment]!,
      {
        genes: study.perturbations
          .filter((each) => each.environment === environment)
          .map(({ gene }) => study.genes[gene]!),
        complete: true,
      },
    ]),
  )
  const result = await runAnalysis(dataset, RunSettings.parse({ mode: 'closed-form', knownTargets }), {
    threads: 0,
  })
  if (!isLearned(result)) throw new Error('the closed form learned no mechanisms')
  return result
}

type Pair = readonly [number, number]

function states({ edges }: LearnedResult, [i, j]: Pair): readonly [number, number, number] {
  const [there, back] = [edges.probability[i * GENES + j]!, edges.probability[j * GENES + i]!]
  return [Math.max(0, 1 - there - back), there, back]
}

function openPairs(result: LearnedResult): Pair[] {
  return Array.from({ length: GENES }, (_, i) => i).flatMap((i) =>
    Array.from({ length: GENES - i - 1 }, (_, at): Pair => [i, i + 1 + at]).filter(
      (pair) => Math.max(...states(result, pair)) < 0.9,
    ),
  )
}

const entropy = (result: LearnedResult, pair: Pair): number =>
  sum(states(result, pair), (p) => (p > 0 ? -p * Math.log2(p) : 0))

function surprise(result: LearnedResult, [i, j]: Pair, edges: ReadonlySet<number>): number {
  const [absent, there, back] = states(result, [i, j])
  const p = edges.has(i * GENES + j) ? there : edges.has(j * GENES + i) ? back : absent
  return -Math.log2(Math.max(p, 1e-3))
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)]
  const middle = (a.length + 1) / 2
  let [xy, xx, yy] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    xy += (x[i]! - middle) * (y[i]! - middle)
    xx += (x[i]! - middle) ** 2
    yy += (y[i]! - middle) ** 2
  }
  return xy / Math.sqrt(xx * yy || 1)
}

/** Equal values share their mean rank; 1 = least. */
const ranks = (values: readonly number[]): number[] =>
  values.map(
    (value) =>
      0.5 +
      values.filter((other) => other < value).length +
      values.filter((other) => other === value).length / 2,
  )
