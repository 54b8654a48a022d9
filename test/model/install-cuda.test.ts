import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cudaFiles, installCudaFiles } from '../../src-main/model'
import { scratchFolder, type Scratch } from '../support/simulated-table'

let scratch: Scratch
beforeEach(() => (scratch = scratchFolder()))
afterEach(() => {
  vi.unstubAllEnvs()
  scratch.remove()
})

const { supported, missing } = cudaFiles()
if (!supported) console.log('skipped: ONNX Runtime has no CUDA provider on this platform')
if (missing.length === 0) console.log('skipped: the CUDA files are installed here')

describe.skipIf(!supported || missing.length === 0)('the installation of the CUDA files', () => {
  const attempt = (script: string, options: { signal?: AbortSignal } = {}) => {
    const lines: string[] = []
    const done = installCudaFiles((line) => lines.push(line), {
      script: scratch.file('install.cjs', script),
      ...options,
    })
    return { done, lines }
  }

  it('orders the files in the environment, and hides that npm was told to skip them', async () => {
    vi.stubEnv('npm_config_onnxruntime_node_install', 'skip')
    vi.stubEnv('npm_package_json', '/project/package.json')
    const { done, lines } = attempt(
      "const { env } = process; console.log(env.ONNXRUNTIME_NODE_INSTALL, Object.keys(env).filter((n) => n.startsWith('npm_')).length)",
    )
    await expect(done).rejects.toMatchObject({ code: 'FILE_ACCESS' })
    expect(lines).toEqual(['true 0'])
  })

  it('without a network says so in one sentence, and where to read on', async () => {
    const { done } = attempt("throw new Error('getaddrinfo ENOTFOUND api.nuget.org')")
    await expect(done).rejects.toMatchObject({
      code: 'FILE_ACCESS',
      message:
        'The CUDA files did not arrive (getaddrinfo ENOTFOUND api.nuget.org). Without a network, copy them by hand: docs/gpu.md.',
    })
  })

  it('is not believed when the script ends well but the files are not there', async () => {
    await expect(attempt('process.exit(0)').done).rejects.toMatchObject({
      code: 'FILE_ACCESS',
      details: { missing },
    })
  })

  it('is cancelled with the command', async () => {
    const abort = new AbortController()
    const { done } = attempt('setTimeout(() => {}, 60_000)', { signal: abort.signal })
    abort.abort()
    await expect(done).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('says when a package comes without the installer', async () => {
    await expect(
      installCudaFiles(() => undefined, { script: join(scratch.folder, 'none.js') }),
    ).rejects.toMatchObject({
      code: 'FILE_ACCESS',
      message: expect.stringContaining('without the installer'),
    })
  })
})
