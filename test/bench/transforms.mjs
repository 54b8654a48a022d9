/**
 * `npm run bench:transforms [-- --manifest PATH --family NAME --studies N]`
 *
 * Whether the importer's own choice of transform is as good as the best that a person could have made: area under
 * precision–recall of targets and edges for every choice, closed form. Only measures; nothing is chosen by it.
 */
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../..')
const { values } = parseArgs({
  options: {
    manifest: { type: 'string', default: resolve(root, '../shared/bench/public/manifest.json') },
    family: { type: 'string', default: 'grncounts' },
    studies: { type: 'string', default: '8' },
  },
})
const out = join(root, 'out/bench')
await build({
  root,
  configFile: false,
  logLevel: 'error',
  ssr: { noExternal: true, external: ['onnxruntime-node'] },
  build: {
    ssr: true,
    outDir: out,
    target: 'node20',
    rollupOptions: {
      input: {
        transforms: join(import.meta.dirname, 'transforms.ts'),
        worker: join(root, 'src-main/engine/analysis/worker.ts'),
      },
      output: { entryFileNames: '[name].js' },
    },
  },
})
const { CHOICES, scoreTransforms } = await import(pathToFileURL(join(out, 'transforms.js')).href)
const scores = []
for await (const score of scoreTransforms(values.manifest, values.family, Number(values.studies))) {
  scores.push(score)
  const { study, choice, transform, targets, edges } = score
  console.log(`${study}\t${choice}\t${transform}\ttargets ${targets.toFixed(3)}\tedges ${edges.toFixed(3)}`)
}
const mean = (of, choice) => {
  const own = scores.filter((score) => score.choice === choice)
  return own.reduce((sum, score) => sum + score[of], 0) / own.length
}
console.log(`\nMeans over ${scores.length / CHOICES.length} studies of ${values.family}`)
for (const choice of CHOICES)
  console.log(
    `${choice.padEnd(18)} targets ${mean('targets', choice).toFixed(3)}  edges ${mean('edges', choice).toFixed(3)}`,
  )
