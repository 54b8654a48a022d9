import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadModel } from '../../src-main/model'
import { makeSummary } from './make-summary'
import { copyOfGood, fixture, manifestOf, modelLoader } from './tiny-model'

const load = modelLoader()

describe('a good model folder', () => {
  it('gives a model with its manifest, its combiner and the provider that runs it', async () => {
    const model = await load(fixture('good'))
    expect(model.manifest.featureVersion).toBe(1)
    expect(model.combiner?.edges.trees).toHaveLength(1)
    expect(model.provider).toEqual({ used: 'cpu', tried: [{ provider: 'cpu', reason: null }] })
  })

  it('gives the reference answers of numpy', async () => {
    const { selfTest } = manifestOf(fixture('good'))
    const model = await load(fixture('good'))
    const answer = await model.infer({
      genes: selfTest.genes,
      experiments: selfTest.experiments,
      pair: Float32Array.from(selfTest.pair),
      experiment: Float32Array.from(selfTest.env),
      global: Float32Array.from(selfTest.glob),
    })
    for (const output of ['edge', 'ancestor', 'target'] as const)
      answer[output].forEach((value, at) => expect(value).toBeCloseTo(selfTest[output][at]!, 5))
  })

  it('answers studies of any number of genes and experiments, a single pair and a single row included', async () => {
    const model = await load(fixture('good'))
    for (const [d, K] of [
      [1, 1],
      [2, 7],
      [31, 1],
    ] as const) {
      const answer = await model.infer(makeSummary(d, K))
      expect([answer.edge.length, answer.ancestor.length, answer.target.length]).toEqual([
        d * d,
        d * d,
        K * d,
      ])
    }
  })

  it('gives the same bytes for the same summary, for any number of threads', async () => {
    const summary = makeSummary(40, 30)
    const one = await (await load(fixture('good'), { threads: 1 })).infer(summary)
    const model = await load(fixture('good'), { threads: 4 })
    expect(await model.infer(summary)).toEqual(one)
    expect(await model.infer(summary)).toEqual(one)
  })
})

describe('calls', () => {
  it('that are made at once give what they give one after another', async () => {
    const model = await load(fixture('good'))
    const summaries = [makeSummary(12, 5, 1), makeSummary(30, 2, 2), makeSummary(3, 9, 3)]
    const alone = []
    for (const summary of summaries) alone.push(await model.infer(summary))
    expect(await Promise.all(summaries.map((summary) => model.infer(summary)))).toEqual(alone)
  })

  it('after one that failed are answered', async () => {
    const model = await load(fixture('with-nan'))
    const failing = model.infer(makeSummary(4, 2, 1, 1000))
    const next = model.infer(makeSummary(4, 2))
    await expect(failing).rejects.toMatchObject({ code: 'NUMERIC_FAILURE' })
    expect((await next).edge.every(Number.isFinite)).toBe(true)
  })

  it('that are running when the model is closed are answered; later ones say that it was released', async () => {
    const model = await loadModel({ folder: fixture('good'), provider: 'cpu' })
    const running = model.infer(makeSummary(20, 3))
    const closing = model.close()
    await expect(model.infer(makeSummary(2, 1))).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      details: { cause: 'released' },
    })
    expect((await running).edge).toHaveLength(400)
    await closing
    await model.close()
  })

  it('without a row of experiments are a mistake of the caller', async () => {
    const model = await load(fixture('good'))
    await expect(model.infer(makeSummary(3, 0))).rejects.toThrow(RangeError)
  })

  it('that would not fit into memory are refused before they run, with the figures and the way out', async () => {
    const model = await load(fixture('good'), { freeBytes: () => 4e9 })
    const { pair, experiment, global } = makeSummary(2, 1)
    await expect(
      model.infer({ genes: 2000, experiments: 300, pair, experiment, global }),
    ).rejects.toMatchObject({
      code: 'RESOURCE_LIMIT',
      message: expect.stringMatching(/10 GB for 2000 genes and 300 experiments, 4\.0 GB free\. Options: /),
    })
  })
})

describe('a model folder that must not be used', () => {
  let copy: ReturnType<typeof copyOfGood>
  beforeEach(() => (copy = copyOfGood()))
  afterEach(() => copy.remove())

  async function refusal(cause: string, text: RegExp): Promise<void> {
    await expect(load(copy.folder)).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringMatching(text),
      details: { cause },
    })
  }

  it('because there is none', async () => {
    rmSync(join(copy.folder, 'manifest.json'))
    await refusal('missing', /comes without a learned model/)
  })

  it.each(['metacadi.onnx', 'combiner.json'])('because %s is missing', async (name) => {
    rmSync(join(copy.folder, name))
    await refusal('missing', new RegExp(`'${name}'.*cannot be read`))
  })

  it.each(['metacadi.onnx', 'combiner.json'])('because one byte of %s is another', async (name) => {
    const content = readFileSync(join(copy.folder, name))
    content[100]! ^= 1
    writeFileSync(join(copy.folder, name), content)
    await refusal('damaged', new RegExp(`'${name}'.*damaged`))
  })

  it.each(['{"format":', '{"format": "metacadi-result"}', '[]'])(
    'because its manifest is %s',
    async (text) => {
      writeFileSync(join(copy.folder, 'manifest.json'), text)
      await refusal('damaged', /'manifest\.json'.*not a file of this program/)
    },
  )

  it('because its manifest points outside the folder', async () => {
    copy.changeManifest({ combiner: { file: '../combiner.json', sha256: '0'.repeat(64) } })
    await refusal('damaged', /'manifest\.json'/)
  })

  it('because it reads features of another version', async () => {
    copy.changeManifest({ featureVersion: 2 })
    await refusal('other-features', /version 2; this program writes version 1/)
  })

  it('because it reads the same number of features in another order', async () => {
    const { inputs } = manifestOf(copy.folder)
    copy.changeManifest({ inputs: { ...inputs, env: [...inputs.env].reverse() } })
    await refusal('other-features', /other features \('env'\)/)
  })

  it('because the network reads another number of features than its manifest promises', async () => {
    await expect(load(fixture('narrow'))).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringContaining("'pair' has 21 features instead of 22"),
      details: { cause: 'other-features' },
    })
  })

  it('because its answers are not the reference answers', async () => {
    const { selfTest } = manifestOf(copy.folder)
    copy.changeManifest({
      selfTest: {
        ...selfTest,
        target: selfTest.target.map((x) => x + 0.01),
      },
    })
    await refusal('self-test', /self-test failed: the largest difference .* is 0\.010/)
  })

  it('because its reference answers have another size', async () => {
    const { selfTest } = manifestOf(copy.folder)
    copy.changeManifest({
      selfTest: { ...selfTest, edge: selfTest.edge.slice(1) },
    })
    await refusal('self-test', /self-test failed/)
  })

  it('because its self-test does not fit its own sizes', async () => {
    const { selfTest } = manifestOf(copy.folder)
    copy.changeManifest({ selfTest: { ...selfTest, pair: selfTest.pair.slice(1) } })
    await refusal('self-test', /self-test cannot be run/)
  })
})
