import type { Dataset } from '../../../src-shared/domain/dataset'
import { DEFAULT_SETTINGS } from '../../../src-shared/domain/run-settings'
import { targetPrior } from '../../core/evidence/hyperparameters'
import { BETWEEN_VARIANCE, studyOfScaled } from '../../core/evidence/study'
import { largestTie } from '../../core/features/gene-scale'
import { scaleExpression } from '../../core/features/preprocess'
import type { TrainingStudy } from '../../core/simulate/training'
import type { ClosedFormLogOdds } from '../../io/shards'
import { averageGene } from './average-gene'
import { compileConstraints } from './gene-constraints'
import { createInlinePool } from './inline-pool'
import { compileKnownTargets, targetPriorOf } from './known-targets'
import { DROPOUT_TIE, planRun } from './plan'
import { buildLocalScores, searchOrders } from './search-orders'

/** As in results: finite for probabilities of exactly 0 and 1. */
const LARGEST_LOG_ODDS = 700

/**
 * What a run with default settings says of a simulated study, on the calling thread: log-odds of the edges,
 * and of the targets before the prior on their number. The same numbers as `runAnalysis`.
 */
export async function closedFormLogOdds(study: TrainingStudy): Promise<ClosedFormLogOdds> {
  const settings = DEFAULT_SETTINGS
  const { genes: d, experiments: K, starts, values } = study
  const dataset = asDataset(study)
  const constraints = compileConstraints(settings.constraints, dataset.genes)
  const given = compileKnownTargets(settings.knownTargets, dataset.environments.slice(1), dataset.genes)
  const scaled = scaleExpression(values, starts.at(-1)!, d, starts[1]!, settings.seed)
  const dropoutGenes = scaled.scales.filter((scale) => largestTie(scale) >= DROPOUT_TIE).length
  const plan = planRun(dataset, settings, dropoutGenes)
  const prepared = studyOfScaled(scaled, d, starts, BETWEEN_VARIANCE[plan.preset])
  const pool = createInlinePool(prepared.study)
  const prior = targetPrior(d)
  const genes = await Promise.all(
    dataset.genes.map((_, j) =>
      pool.scoreGene({
        gene: j,
        allowed: constraints.allowed[j]!,
        required: constraints.required[j]!,
        candidates: plan.candidates,
        maxParents: plan.maxParents,
        prior: targetPriorOf(given, j, d, prior),
      }),
    ),
  )
  const local = buildLocalScores(genes, settings.evidenceWeight)
  const orders = await searchOrders(local, plan, settings.seed, constraints.requiredPairs, pool, [], {
    onShare: () => undefined,
    onState: () => undefined,
  })
  const edge = new Float64Array(d * d)
  const target = new Float64Array(K * d)
  genes.forEach((gene, j) => {
    const average = averageGene(prepared.study, prepared.basis, gene, local, orders)
    average.edgeProbability.forEach((p, i) => {
      const logOdds = Math.log(p) - Math.log1p(-p)
      edge[i * d + j] = Math.max(-LARGEST_LOG_ODDS, Math.min(LARGEST_LOG_ODDS, logOdds))
    })
    average.targetLogOdds.forEach((logOdds, k) => (target[k * d + j] = logOdds))
  })
  return { edge, target }
}

/** The study as the importer would hand it over. */
export function asDataset({ genes: d, experiments: K, starts, values }: TrainingStudy): Dataset {
  const environmentOf = new Int32Array(starts.at(-1)!)
  for (let k = 0; k <= K; k++) environmentOf.fill(k, starts[k], starts[k + 1])
  return {
    name: 'simulated',
    genes: Array.from({ length: d }, (_, j) => `G${j + 1}`),
    samples: Array.from(environmentOf, (_, s) => `s${s + 1}`),
    values,
    environmentOf,
    environments: Array.from({ length: K + 1 }, (_, k) =>
      k > 0 ? `env${k}` : starts[1]! > 0 ? 'control' : '',
    ),
    transform: 'none',
    files: [],
  }
}
