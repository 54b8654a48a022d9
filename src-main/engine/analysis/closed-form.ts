import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import type { AnalysisResult, LearnedState, RunDiagnostics } from '../../../src-shared/domain/result'
import { experimentShifts } from '../../core/effects/predicted-shift'
import type { EvidenceStudy } from '../../core/evidence/study'
import { averageGene, type GeneAverage } from './average-gene'
import { checkpointKey, readCheckpoint } from './checkpoint'
import { createSaver, type CheckpointSaver } from './checkpoint-saver'
import { checkGene } from './checks'
import { parentSetsOf, type GeneScores } from './gene-scores'
import { createInlinePool } from './inline-pool'
import { targetPriorOf } from './known-targets'
import { logOddsOf } from './log-odds'
import type { PreparedRun } from './prepare-run'
import type { ProgressMeter } from './progress-meter'
import { throwIfAborted, type RunHooks } from './run-hooks'
import type { ScaledRun } from './scale-study'
import { buildLocalScores, searchOrders } from './search-orders'
import type { Stopwatch } from './stopwatch'
import type { TargetInputs } from './target-summary'
import { createWorkerPool, type WorkerPool } from './worker-pool'

/** What exact evidence and the posterior over graphs say, before the prior on the number of targets. */
export interface ClosedForm {
  readonly edges: AnalysisResult['edges']
  readonly targets: TargetInputs
  readonly diagnostics: SearchDiagnostics
  readonly learned: LearnedState
}

export type SearchDiagnostics = Omit<RunDiagnostics, 'targetCountPrior' | 'seconds' | 'peakMemoryBytes'>

/** What a run needs from the outside while it works. */
export interface Surroundings {
  readonly hooks: RunHooks
  readonly meter: ProgressMeter
  readonly watch: Stopwatch
}

/**
 * Scores all parent sets of every gene, searches orders, averages (docs/method.md, sections 1 and 2).
 * @throws AppError NUMERIC_FAILURE, RESOURCE_LIMIT, CANCELLED
 */
export async function runClosedForm(
  run: PreparedRun,
  scaled: ScaledRun,
  { hooks, meter, watch }: Surroundings,
): Promise<ClosedForm> {
  const { dataset, settings, genes: d } = run
  const { study, plan } = scaled
  const key = hooks.checkpointFile ? checkpointKey(dataset, settings) : ''
  const stored =
    hooks.checkpointFile && hooks.resume ? await readCheckpoint(hooks.checkpointFile, key) : undefined
  const scored: (GeneScores | undefined)[] = new Array<GeneScores | undefined>(d)
  for (const gene of stored?.genes ?? []) scored[gene.gene] = gene
  const chains = [...(stored?.chains ?? [])]
  const saver = createSaver(hooks.checkpointFile, key, () => ({
    genes: scored.filter((gene) => gene !== undefined),
    chains,
  }))

  const threads = Math.max(1, Math.min(hooks.threads || availableParallelism(), Math.max(d, plan.chains)))
  const pool = hooks.inline ? createInlinePool(study) : createWorkerPool(study, threads)
  const abort = (): void => void pool.close()
  hooks.signal?.addEventListener('abort', abort, { once: true })
  try {
    const genes = await scoreGenes(run, scaled, scored, pool, saver, meter)
    watch.lap('scoring')
    await saver.save()

    const local = buildLocalScores(genes, settings.evidenceWeight)
    const { requiredPairs } = run.constraints
    const orders = await searchOrders(
      local,
      plan,
      settings.seed,
      requiredPairs,
      pool,
      chains,
      {
        onFound: (share) => meter.found('searching', share),
        onShare: (share) => meter.report('searching', share),
        onState: (chain, state) => {
          chains[chain] = state
          void saver.maybeSave()
        },
      },
      hooks.endSearch,
    )
    const endedEarly = !plan.exactOrders && orders.sweeps < plan.sweeps
    watch.lap('searching')

    const averages: GeneAverage[] = []
    for (const gene of genes) {
      averages.push(averageGene(study, scaled.basis, gene, local, orders))
      meter.report('averaging', averages.length / d)
      await setImmediate()
      throwIfAborted(hooks.signal)
    }
    const edges = collectEdges(averages, d)
    const targets = collectTargets(study, averages, run)
    watch.lap('averaging')
    return {
      edges,
      targets,
      diagnostics: {
        preset: plan.preset,
        maxParents: plan.maxParents,
        candidates: plan.candidates,
        parentSetsPerGene: Math.max(0, ...genes.map(parentSetCount)),
        sweeps: orders.sweeps,
        ...(endedEarly ? { plannedSweeps: plan.sweeps } : {}),
        chains: plan.exactOrders ? 0 : plan.chains,
        exactOrders: plan.exactOrders,
        maxChainDifference: edges.chainDifference.reduce((a, b) => Math.max(a, b), 0),
        effectiveOrders: orders.effectiveOrders,
        threads,
      },
      learned: {
        preprocessing: scaled.preprocessing,
        genes: averages.map((average) => average.learned),
        priorTarget: run.prior,
      },
    }
  } finally {
    hooks.signal?.removeEventListener('abort', abort)
    await saver.settled()
    await pool.close()
  }
}

async function scoreGenes(
  { dataset, constraints, given, genes: d, prior }: PreparedRun,
  { plan }: ScaledRun,
  scored: (GeneScores | undefined)[],
  pool: WorkerPool,
  saver: CheckpointSaver,
  meter: ProgressMeter,
): Promise<GeneScores[]> {
  let done = scored.filter((gene) => gene !== undefined).length
  meter.found('scoring', done / d)
  await Promise.all(
    dataset.genes.map(async (_, j) => {
      if (scored[j]) return
      scored[j] = await pool.scoreGene({
        gene: j,
        allowed: constraints.allowed[j]!,
        required: constraints.required[j]!,
        candidates: plan.candidates,
        maxParents: plan.maxParents,
        prior: targetPriorOf(given, j, d, prior),
      })
      checkGene(scored[j], dataset)
      meter.report('scoring', ++done / d)
      await saver.maybeSave()
    }),
  )
  return scored as GeneScores[]
}

const parentSetCount = (gene: GeneScores): number =>
  parentSetsOf(gene.candidates.length, gene.maxParents, gene.requiredCount).count

function collectTargets(
  study: EvidenceStudy,
  averages: readonly GeneAverage[],
  { genes: d, environments: K, given, prior }: PreparedRun,
): TargetInputs {
  const at = (): Float64Array => new Float64Array(K * d)
  const inputs = {
    logOdds: at(),
    given,
    prior,
    hardShare: at(),
    observedShift: at(),
    predictedShift: at(),
    shiftZ: at(),
  }
  averages.forEach((average, j) => {
    const shifts = experimentShifts(study, j, average.learned)
    for (let k = 0; k < K; k++) {
      inputs.logOdds[k * d + j] = average.targetLogOdds[k]!
      inputs.hardShare[k * d + j] = average.hardShare[k]!
      inputs.observedShift[k * d + j] = shifts.observed[k]!
      inputs.predictedShift[k * d + j] = shifts.predicted[k]!
      inputs.shiftZ[k * d + j] = shifts.z[k]!
    }
  })
  return inputs
}

function collectEdges(averages: readonly GeneAverage[], d: number): AnalysisResult['edges'] {
  const matrix = (of: (average: GeneAverage) => Float64Array): Float64Array => {
    const out = new Float64Array(d * d)
    averages.forEach((average, j) => of(average).forEach((value, i) => (out[i * d + j] = value)))
    return out
  }
  const probability = matrix((average) => average.edgeProbability)
  return {
    probability,
    logOdds: probability.map(logOddsOf),
    effect: matrix((average) => average.effect),
    effectSd: matrix((average) => average.effectSd),
    chainDifference: matrix((average) => average.chainDifference),
  }
}
