/**
 * node test/bench/new-experiment.mjs [GENES] [SAMPLES]
 *
 * The wait for the targets of one new experiment, asked of a warm engine through the contract: 50 genes, 50 stored
 * experiments, 5 samples each unless told otherwise; median of ten. `answer` is what the app shows beside the targets
 * and is to stay below 150 ms; `call` adds the reading process, which is started for every file. On a busy machine look
 * at the processor time: it is that of the engine for the whole call.
 */
import { join, resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../..')
const out = join(root, 'out/bench')
await build({
  root,
  configFile: false,
  logLevel: 'error',
  ssr: { noExternal: true, external: ['onnxruntime-node'] },
  build: {
    ssr: true,
    outDir: out,
    emptyOutDir: false,
    target: 'node20',
    rollupOptions: {
      input: {
        'new-experiment': join(import.meta.dirname, 'new-experiment.ts'),
        worker: join(root, 'src-main/engine/analysis/worker.ts'),
        reader: join(root, 'src-main/engine/datasets/reading/reader-process.ts'),
        'memory-guard': join(root, 'src-main/engine/datasets/reading/memory-guard.ts'),
      },
      output: { entryFileNames: '[name].js' },
    },
  },
})
const { timeNewExperiment } = await import(join(out, 'new-experiment.js'))
const [genes = 50, samples = 5] = process.argv.slice(2).map(Number)
for (const mode of ['instant', 'full']) {
  const { answer, call, processor } = await timeNewExperiment(genes, samples, mode)
  console.log(
    `${mode.padEnd(8)} d = K = ${genes}, n = ${samples}: answer ${answer.toFixed(0)} ms, call ${call.toFixed(0)} ms,`,
    `processor time of the engine ${processor.toFixed(0)} ms`,
  )
}
