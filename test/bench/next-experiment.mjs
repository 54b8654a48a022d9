/**
 * node test/bench/next-experiment.mjs [STUDIES]
 *
 * Whether the gene that "next experiment" names first is worth perturbing. Simulated studies of 10 genes that begin with three
 * experiments of 5 samples (targets known); then every gene is really held at a level in an experiment of its own, the network is learned
 * again, and the fall of what was open is measured. Ten studies per family unless told otherwise; about ten seconds each.
 */
import { importBench } from './build-entry.mjs'

const { scorePlanning } = await importBench('next-experiment', ['worker'])
const [studies = 10] = process.argv.slice(2).map(Number)
const seeds = Array.from({ length: studies }, (_, seed) => seed + 1)
const f = (value) => value.toFixed(2).padStart(6)
for (const mechanism of ['linear', 'sigmoid', 'gaussian-process']) {
  const score = await scorePlanning(mechanism, 3, seeds)
  console.log(
    `${mechanism.padEnd(17)} open ${f(score.openBits)} bits in ${score.openPairs.toFixed(1)} pairs;`,
    `expected of the first${f(score.expected)}, seen${f(score.first)}; by chance${f(score.chance)}, best${f(score.best)};`,
    `truth: first${f(score.truth[0])}, chance${f(score.truth[1])}, best${f(score.truth[2])};`,
    `rank correlation${f(score.correlation)}, better than${f(score.beaten)} of the others`,
  )
}
