import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { integerStudies } from './integer-studies'
import { modelLoader } from './tiny-model'

/** Made by `python -m metacadi_training export --fixture`: what JAX answers, and a few numbers of each output. */
interface ParityFixture {
  readonly model: string
  readonly tolerance: number
  readonly cases: readonly ParityCase[]
}
interface ParityCase {
  readonly seed: number
  readonly batch: number
  readonly genes: number
  readonly experiments: number
  readonly outputs: Record<'edge' | 'ancestor' | 'target', ParityOutput>
}
interface ParityOutput {
  readonly indices: readonly number[]
  readonly values: readonly number[]
  readonly mean: number
  readonly meanSquare: number
}

const folder = resolve('models/metacadi')
const file = resolve('test/fixtures/model/parity.json.gz')
const missing = [folder, file].filter((path) => !existsSync(path))
if (missing.length > 0) console.log(`parity with JAX: skipped, ${missing.join(' and ')} not there`)

const load = modelLoader()
const readFixture = (): ParityFixture =>
  JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as ParityFixture

describe.skipIf(missing.length > 0)('the shipped network', () => {
  it('answers as the training code does, at ten shapes of study', async () => {
    const { cases, model: trained, tolerance } = readFixture()
    const model = await load(folder)
    expect(model.manifest.sha256).toBe(trained)
    expect(cases).toHaveLength(10)
    for (const { seed, batch, genes, experiments, outputs } of cases) {
      const answers = []
      for (const study of integerStudies(seed, batch, genes, experiments))
        answers.push(await model.infer(study))
      for (const name of ['edge', 'ancestor', 'target'] as const) {
        const values = answers.flatMap((answer) => Array.from(answer[name]))
        const { indices, values: expected, mean, meanSquare } = outputs[name]
        indices.forEach((at, i) =>
          expect(Math.abs(values[at]! - expected[i]!)).toBeLessThanOrEqual(tolerance),
        )
        const average = (of: (value: number) => number): number =>
          values.reduce((sum, value) => sum + of(value), 0) / values.length
        expect(Math.abs(average((value) => value) - mean)).toBeLessThanOrEqual(tolerance)
        const scale = Math.max(1, Math.sqrt(meanSquare))
        expect(Math.abs(average((value) => value * value) - meanSquare)).toBeLessThanOrEqual(
          2 * scale * tolerance,
        )
      }
    }
  })
})
