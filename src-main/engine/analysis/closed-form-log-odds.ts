import type { Dataset } from '../../../src-shared/domain/dataset'
import { DEFAULT_SETTINGS } from '../../../src-shared/domain/run-settings'
import type { TrainingStudy } from '../../core/simulate/training'
import type { ClosedFormLogOdds } from '../../io/shards'
import { runClosedForm } from './closed-form'
import { compileRun } from './prepare-run'
import { createProgressMeter } from './progress-meter'
import { scaleStudy } from './scale-study'
import { createStopwatch } from './stopwatch'

/**
 * What the closed form says of a simulated study with default settings, on the calling thread: log-odds of the edges,
 * and of the targets before the prior on their number.
 */
export async function closedFormLogOdds(study: TrainingStudy): Promise<ClosedFormLogOdds> {
  const run = compileRun(asDataset(study), DEFAULT_SETTINGS)
  const { edges, targets } = await runClosedForm(run, scaleStudy(run), {
    hooks: { inline: true },
    meter: createProgressMeter([], () => undefined),
    watch: createStopwatch(),
  })
  return { edge: edges.logOdds, target: targets.logOdds }
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
