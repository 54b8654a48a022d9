import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { AppError } from '../../src-shared/contract/errors'
import { cudaFiles, runtimeFolder } from './cuda-files'

/**
 * Fetches the CUDA files of the installed ONNX Runtime with its own script: about 300 MB from nuget.org. The only
 * thing of this program that uses the network, and only when it is asked to.
 *
 * @param onLine what the script says on the way
 * @param options.script ONNX Runtime's own by default
 * @throws AppError INVALID_PARAMS where there is nothing to install, FILE_ACCESS when it does not arrive, CANCELLED
 */
export async function installCudaFiles(
  onLine: (line: string) => void,
  { signal, script = installScript() }: { readonly signal?: AbortSignal; readonly script?: string } = {},
): Promise<void> {
  const { supported } = cudaFiles()
  if (!supported)
    throw new AppError(
      'INVALID_PARAMS',
      `ONNX Runtime for Node has no CUDA provider on ${process.platform}-${process.arch}; it exists for linux-x64.`,
    )
  if (!existsSync(script))
    throw new AppError(
      'FILE_ACCESS',
      'This package comes without the installer of ONNX Runtime. Copy the CUDA files by hand: docs/gpu.md.',
    )
  const child = spawn(process.execPath, [script], {
    env: scriptEnvironment(process.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  const complaints: string[] = []
  createInterface(child.stdout).on('line', onLine)
  createInterface(child.stderr).on('line', (line) => complaints.push(line))
  const ended = await new Promise<number | string | null>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', resolve)
  })
  if (signal?.aborted) throw new AppError('CANCELLED', 'The installation was cancelled.')
  const { missing } = cudaFiles()
  if (ended === 0 && missing.length === 0) return
  throw new AppError(
    'FILE_ACCESS',
    `The CUDA files did not arrive (${reasonOf(complaints) ?? `the script ended with ${ended}`}). Without a network, copy them by hand: docs/gpu.md.`,
    { output: complaints.join('\n'), missing },
  )
}

const installScript = (): string => join(runtimeFolder(), 'script', 'install.js')

/**
 * The script looks for its orders in the environment first. Below `npm run` it would take itself for a part of
 * an install that was told to skip, and its flag `=cuda12` is read as no flag at all in 1.30.0; `true` is
 * everything that this platform may have, which is the CUDA files.
 */
function scriptEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries(env).filter(([name]) => !/^npm_/i.test(name))
  return { ...Object.fromEntries(own), ONNXRUNTIME_NODE_INSTALL: 'true' }
}

const reasonOf = (lines: readonly string[]): string | undefined =>
  lines
    .find((line) => line.startsWith('Error: '))
    ?.slice('Error: '.length)
    .trim()
