/**
 * node test/bench/new-experiment.mjs [GENES] [SAMPLES]
 *
 * The wait for the targets of one new experiment, asked of a warm engine through the contract: 50 genes, 50 stored
 * experiments, 5 samples each unless told otherwise; median of ten. `answer` is what the app shows beside the targets
 * and is to stay below 150 ms; `call` adds the reading process, which is started for every file. On a busy machine look
 * at the processor time: it is that of the engine for the whole call.
 */
import { importBench } from './build-entry.mjs'

const { timeNewExperiment } = await importBench('new-experiment', ['worker', 'reader', 'memory-guard'])
const [genes = 50, samples = 5] = process.argv.slice(2).map(Number)
for (const mode of ['instant', 'full']) {
  const { answer, call, processor } = await timeNewExperiment(genes, samples, mode)
  console.log(
    `${mode.padEnd(8)} d = K = ${genes}, n = ${samples}: answer ${answer.toFixed(0)} ms, call ${call.toFixed(0)} ms,`,
    `processor time of the engine ${processor.toFixed(0)} ms`,
  )
}
