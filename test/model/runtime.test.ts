import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadModel } from '../../src-main/model'
import { fixture } from './tiny-model'

describe('ONNX Runtime that does not load', () => {
  afterEach(() => {
    vi.doUnmock('onnxruntime-node')
  })

  it('leaves the program without a model, and says on which platform', async () => {
    vi.doMock('onnxruntime-node', () => {
      throw new Error('GLIBC_2.99 not found')
    })
    await expect(loadModel({ folder: fixture('good'), provider: 'auto' })).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringContaining(`does not load on ${process.platform}-${process.arch}`),
      details: { cause: 'runtime', error: expect.any(String) },
    })
  })
})
