import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Provider, ProviderChoice, ProviderReport } from '../../src-shared/domain/learned-model'
import { CUDA_LIBRARY, cudaFiles, whyItDoesNotLoad, type CudaFiles } from './cuda-files'
import { cudaReason } from './cuda-reason'
import type { Runtime, Session } from './runtime'
import { messageOf, unavailable } from './unavailable'

export interface OpenSession {
  readonly session: Session
  readonly provider: ProviderReport
}

export interface SessionChoice {
  readonly choice: ProviderChoice
  /** of one operation on the CPU; the answer does not depend on it */
  readonly threads?: number
  readonly cuda?: CudaFiles
}

/** More threads than this do not make networks of a few hundred genes faster. */
const MOST_THREADS = 8
const ORDER: Readonly<Record<ProviderChoice, readonly Provider[]>> = {
  auto: ['cuda', 'cpu'],
  cuda: ['cuda', 'cpu'],
  cpu: ['cpu'],
}

/**
 * Opens the network on the first provider that works. Asking ONNX Runtime for several at once would throw
 * when one is missing, so each has a `create` of its own; the reason why one is refused is kept.
 *
 * @param check tells what is wrong with the answers of a session, or null; throws what no provider can mend
 * @throws AppError MODEL_UNAVAILABLE when not even the CPU works
 */
export async function openSession(
  runtime: Runtime,
  network: Uint8Array,
  { choice, threads, cuda = cudaFiles() }: SessionChoice,
  check: (session: Session, provider: Provider) => Promise<string | null>,
): Promise<OpenSession> {
  const tried: { provider: Provider; reason: string | null }[] = []
  for (const provider of ORDER[choice]) {
    const outcome =
      (provider === 'cuda' && whyNoCuda(cuda)) || (await open(runtime, network, provider, threads, check))
    if (typeof outcome !== 'string')
      return {
        session: outcome,
        provider: { used: provider, tried: [...tried, { provider, reason: null }] },
      }
    tried.push({ provider, reason: outcome })
  }
  throw unavailable(
    'self-test',
    `The learned model does not work on this computer: ${tried.at(-1)?.reason ?? ''}`,
    { tried },
  )
}

/** @returns the session, or the reason why there is none */
async function open(
  runtime: Runtime,
  network: Uint8Array,
  provider: Provider,
  threads: number | undefined,
  check: (session: Session, provider: Provider) => Promise<string | null>,
): Promise<Session | string> {
  let session: Session
  try {
    session = await runtime.InferenceSession.create(network, {
      executionProviders: [provider],
      intraOpNumThreads: threads ?? Math.min(availableParallelism(), MOST_THREADS),
      interOpNumThreads: 1,
      executionMode: 'sequential',
      // Plans for one shape do not fit the next: every study has its own d and K.
      enableMemPattern: false,
      logSeverityLevel: 4,
    })
  } catch (error) {
    return provider === 'cuda'
      ? cudaReason(messageOf(error), whyTheLibraryDoesNotLoad())
      : firstLine(messageOf(error))
  }
  let wrong: string | null
  try {
    wrong = await check(session, provider)
  } catch (error) {
    await session.release()
    throw error
  }
  if (wrong === null) return session
  await session.release()
  return wrong
}

function whyNoCuda({ supported, missing }: CudaFiles): string | null {
  if (!supported)
    return `ONNX Runtime for Node has no CUDA provider on ${process.platform}-${process.arch}; it exists for linux-x64.`
  return missing.length === 0
    ? null
    : `The CUDA files are not installed (${missing.join(', ')}); 'metacadi gpu install' fetches them.`
}

const whyTheLibraryDoesNotLoad = (): string | null => {
  const { folder, missing } = cudaFiles()
  return missing.length > 0 ? null : whyItDoesNotLoad(join(folder, CUDA_LIBRARY))
}

const firstLine = (text: string): string => text.split('\n')[0]!.trim()
