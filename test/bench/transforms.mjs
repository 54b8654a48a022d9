/**
 * `npm run bench:transforms [-- --manifest PATH --family NAME --studies N --mode closed-form|full|instant]`
 * `npm run bench:transforms -- --simulated [--choices none,log1p,median-of-ratios]`
 *
 * Whether the importer's own choice of transform is as good as the best that a person could have made: area under
 * precision–recall of targets and edges for every choice. On the public set it only measures; the rule is judged on
 * the simulated studies of count-studies.json (docs/decisions/023-transform-of-counts.md).
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt } from '../../build/ensure-built.mjs'
import { importBench } from './build-entry.mjs'

const root = resolve(import.meta.dirname, '../..')
const { values } = parseArgs({
  options: {
    manifest: { type: 'string', default: resolve(root, '../shared/bench/public/manifest.json') },
    family: { type: 'string', default: 'grncounts' },
    studies: { type: 'string', default: '8' },
    mode: { type: 'string', default: 'closed-form' },
    simulated: { type: 'boolean', default: false },
    choices: { type: 'string' },
  },
})
async function simulated() {
  ensureBuilt()
  const folder = mkdtempSync(join(tmpdir(), 'metacadi-counts-'))
  execFileSync(process.execPath, [
    join(root, 'out/main/cli.js'),
    'simulate',
    join(import.meta.dirname, 'count-studies.json'),
    '--out',
    folder,
  ])
  return { manifest: join(folder, 'manifest.json'), family: '', most: Infinity }
}
const { CHOICES, scoreTransforms } = await importBench('transforms', ['worker'])
const choices = values.choices?.split(',') ?? CHOICES
const scores = []
const source = values.simulated
  ? await simulated()
  : { manifest: values.manifest, family: values.family, most: Number(values.studies) }
const modelFolder = join(root, 'models/metacadi')
for await (const score of scoreTransforms({ ...source, mode: values.mode, choices, modelFolder })) {
  scores.push(score)
  const { study, choice, transform, targets, edges } = score
  console.log(`${study}\t${choice}\t${transform}\ttargets ${targets.toFixed(3)}\tedges ${edges.toFixed(3)}`)
}

/** of the name of a study: its family and its samples per experiment */
const groupOf = ({ study }) => study.replace(/_d\d+_(n\d+)_s\d+$/, ' $1')
const mean = (own, of) => own.reduce((sum, score) => sum + score[of], 0) / own.length
for (const group of [...new Set(scores.map(groupOf)), 'all']) {
  const own = scores.filter((score) => group === 'all' || groupOf(score) === group)
  console.log(`\n${group}: means over ${own.length / choices.length} studies, mode ${values.mode}`)
  for (const choice of choices) {
    const these = own.filter((score) => score.choice === choice)
    console.log(
      `${choice.padEnd(18)} targets ${mean(these, 'targets').toFixed(3)}  edges ${mean(these, 'edges').toFixed(3)}`,
    )
  }
}
