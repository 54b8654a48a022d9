import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cudaFiles } from '../../src-main/model'
import { whyItDoesNotLoad } from '../../src-main/model/cuda-files'
import { openSession } from '../../src-main/model/open-session'
import { loadRuntime, type Runtime } from '../../src-main/model/runtime'
import { readModelFiles } from '../../src-main/model/model-files'
import { fixture, modelLoader } from './tiny-model'

const load = modelLoader()

/** A runtime on which CUDA can be asked for, with an answer of the test's own. */
async function runtimeWith(
  create: (provider: string, real: Runtime) => ReturnType<Runtime['InferenceSession']['create']>,
): Promise<{ runtime: Runtime; network: Uint8Array }> {
  const real = await loadRuntime()
  const InferenceSession = {
    create: (_: unknown, options: { executionProviders: string[] }) =>
      create(options.executionProviders[0]!, real),
  } as unknown as Runtime['InferenceSession']
  const { network } = await readModelFiles(fixture('good'))
  return { runtime: { ...real, InferenceSession }, network }
}

const NO_FILES = { supported: true, folder: '', missing: ['libonnxruntime_providers_cuda.so'] }
const ALL_FILES = { supported: true, folder: '', missing: [] }
const fine = (): Promise<null> => Promise.resolve(null)

describe('the choice of a provider', () => {
  it.each(['auto', 'cuda'] as const)(
    '%s ends on the CPU and records why CUDA does not run',
    async (provider) => {
      const { missing } = cudaFiles()
      if (missing.length === 0) {
        console.log('skipped: the CUDA files are installed here')
        return
      }
      const model = await load(fixture('good'), { provider })
      expect(model.provider.used).toBe('cpu')
      expect(model.provider.tried).toEqual([
        { provider: 'cuda', reason: expect.stringMatching(/not installed|no CUDA provider/) },
        { provider: 'cpu', reason: null },
      ])
    },
  )

  it('cpu asks for nothing else', async () => {
    const model = await load(fixture('good'), { provider: 'cpu' })
    expect(model.provider.tried).toHaveLength(1)
  })

  it('does not ask ONNX Runtime for CUDA when its files are missing', async () => {
    const asked: string[] = []
    const { runtime, network } = await runtimeWith((provider, real) => {
      asked.push(provider)
      return real.InferenceSession.create(network, { executionProviders: ['cpu'] })
    })
    const opened = await openSession(runtime, network, { choice: 'auto', cuda: NO_FILES }, fine)
    await opened.session.release()
    expect(asked).toEqual(['cpu'])
  })

  it('keeps the first line of what ONNX Runtime throws', async () => {
    const { runtime, network } = await runtimeWith((provider, real) =>
      provider === 'cuda'
        ? Promise.reject(new Error('Failed to load shared library: libcudnn.so.9\n at 0x1'))
        : real.InferenceSession.create(network, { executionProviders: ['cpu'] }),
    )
    const opened = await openSession(runtime, network, { choice: 'auto', cuda: ALL_FILES }, fine)
    await opened.session.release()
    expect(opened.provider).toEqual({
      used: 'cpu',
      tried: [
        { provider: 'cuda', reason: 'Failed to load shared library: libcudnn.so.9' },
        { provider: 'cpu', reason: null },
      ],
    })
  })

  it('goes on, and releases the session, when a provider gives wrong answers', async () => {
    let released = 0
    const { runtime, network } = await runtimeWith(async (provider, real) => {
      const session = await real.InferenceSession.create(network, { executionProviders: ['cpu'] })
      if (provider === 'cuda') {
        const release = session.release.bind(session)
        session.release = () => {
          released++
          return release()
        }
      }
      return session
    })
    let checks = 0
    const opened = await openSession(runtime, network, { choice: 'cuda', cuda: ALL_FILES }, () =>
      Promise.resolve(checks++ === 0 ? 'the self-test failed' : null),
    )
    await opened.session.release()
    expect(released).toBe(1)
    expect(opened.provider.used).toBe('cpu')
    expect(opened.provider.tried[0]).toEqual({ provider: 'cuda', reason: 'the self-test failed' })
  })

  it('takes CUDA when it works, and tries nothing after it', async () => {
    const { runtime, network } = await runtimeWith((_, real) =>
      real.InferenceSession.create(network, { executionProviders: ['cpu'] }),
    )
    const opened = await openSession(runtime, network, { choice: 'auto', cuda: ALL_FILES }, fine)
    await opened.session.release()
    expect(opened.provider).toEqual({ used: 'cuda', tried: [{ provider: 'cuda', reason: null }] })
  })
})

describe('the CUDA files', () => {
  it.skipIf(process.platform === 'win32')('that do not load are told with the words of the system', () => {
    expect(whyItDoesNotLoad(import.meta.filename)).toMatch(
      /invalid ELF header|not a mach-o|no suitable image/i,
    )
    expect(whyItDoesNotLoad('/nowhere/libcudnn.so')).toContain('/nowhere/libcudnn.so')
  })

  it('are looked for beside the library that is loaded', () => {
    expect(existsSync(cudaFiles().folder)).toBe(true)
  })
})
