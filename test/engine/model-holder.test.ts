import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createModelHolder, type ModelHolder } from '../../src-main/engine/model-holder'
import type { TargetModel } from '../../src-main/model'
import { makeSummary } from '../model/make-summary'
import { copyOfGood, fixture } from '../model/tiny-model'

const holders: ModelHolder[] = []
afterEach(async () => {
  for (const holder of holders.splice(0)) await holder.close()
})

function hold(folder: string, idleMilliseconds?: number): ModelHolder {
  const holder = createModelHolder({ folder, provider: 'cpu', idleMilliseconds })
  holders.push(holder)
  return holder
}

const itself = (model: TargetModel): Promise<TargetModel> => Promise.resolve(model)

describe('the model holder of an engine', () => {
  it('loads the model once for all who use it', async () => {
    const holder = hold(fixture('good'))
    const [first, second] = await Promise.all([holder.use(itself), holder.use(itself)])
    expect(first).toBe(second)
    expect(await holder.use(itself)).toBe(first)
  })

  it('tells version, feature version and provider, also after the model was released', async () => {
    const holder = hold(fixture('good'))
    const info = await holder.info()
    expect(info).toMatchObject({ available: true, featureVersion: 1, provider: { used: 'cpu' } })
    await holder.close()
    expect(await holder.info()).toEqual(info)
  })

  it('releases an idle model and loads it again when it is asked for', async () => {
    const holder = hold(fixture('good'), 1)
    const first = await holder.use(itself)
    await expect
      .poll(() =>
        first.infer(makeSummary(2, 1)).then(
          () => 'open',
          () => 'released',
        ),
      )
      .toBe('released')
    const answer = await holder.use((model) => model.infer(makeSummary(2, 1)))
    expect(answer.edge).toHaveLength(4)
  })

  it('does not release a model that somebody uses', async () => {
    const holder = hold(fixture('good'), 1)
    const answer = await holder.use(async (model) => {
      await holder.use(itself)
      await sleep(30)
      void holder.close()
      await sleep(5)
      return model.infer(makeSummary(2, 1))
    })
    expect(answer.edge).toHaveLength(4)
  })

  it('remembers why there is no model, without trying again', async () => {
    const copy = copyOfGood()
    rmSync(join(copy.folder, 'metacadi.onnx'))
    const holder = hold(copy.folder)
    const reason = expect.stringContaining("'metacadi.onnx' of the learned model cannot be read")
    await expect(holder.use(itself)).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE', message: reason })
    copy.remove()
    await expect(holder.use(itself)).rejects.toMatchObject({ message: reason })
    expect(await holder.info()).toEqual({ available: false, reason })
  })

  it('hands on what the user of the model throws', async () => {
    const holder = hold(fixture('good'))
    await expect(holder.use(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine')
    expect(await holder.info()).toMatchObject({ available: true })
  })

  it('runs elsewhere from the next use on, says why it does not, and lets what is under way end', async () => {
    const holder = hold(fixture('good'))
    expect(holder.chosen()).toBe('cpu')
    const [under, info] = await holder.use(async (model) => {
      holder.choose('cuda')
      const now = await holder.info()
      return [await model.infer(makeSummary(2, 1)), now] as const
    })
    expect(under.edge).toHaveLength(4)
    expect(holder.chosen()).toBe('cuda')
    // Every computer of the tests has the CPU; whether CUDA works is told with its reason.
    expect(info.available && info.provider.tried[0]!.provider).toBe('cuda')
    expect(info.available && info.provider.tried.at(-1)).toMatchObject({ reason: null })
    holder.choose('cpu')
    const back = await holder.info()
    expect(back.available && back.provider).toEqual({
      used: 'cpu',
      tried: [{ provider: 'cpu', reason: null }],
    })
  })
})
