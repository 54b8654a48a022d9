/** Worker thread of a run: pure calculation on a shared study, no files, no native modules. */
import { constants, setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { createDirectKernel } from '../../core/evidence/direct'
import type { EvidenceKernel } from '../../core/evidence/kernel'
import type { EvidenceStudy } from '../../core/evidence/study'
import { createWasmKernel, wasmKernelAvailable } from '../../core/evidence/wasm/wasm-kernel'
import { createOrderChain } from '../../core/search/order-mcmc'
import { scoreGene } from './gene-scores'
import type { ChainTask, WorkerReply, WorkerRequest } from './worker-messages'

/** Length of one slice of the search between two reports. */
const SLICE_MILLISECONDS = 100
/** Chain states are sent for the checkpoint this often. */
const STATE_MILLISECONDS = 2000

let study: EvidenceStudy | undefined
let kernel: EvidenceKernel | undefined

const reply = (message: WorkerReply, transfer: ArrayBuffer[] = []): void =>
  parentPort!.postMessage(message, transfer)

// The window and the engine's own thread come first. On Linux this is the priority of the calling thread alone;
// elsewhere it would be that of the whole engine.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL)

parentPort!.on('message', (request: WorkerRequest) => {
  if (request.type === 'study') {
    study = request.study
    kernel = undefined
    return
  }
  try {
    if (request.type === 'gene') {
      kernel ??= wasmKernelAvailable() ? createWasmKernel(study!) : createDirectKernel(study!)
      reply({ type: 'gene', id: request.id, scores: scoreGene(kernel, study!, request.task) })
    } else runChain(request.id, request.task)
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error))
    reply({ type: 'failed', id: request.id, message: cause.message, stack: cause.stack ?? '' })
  }
})

/** The burn-in and a twentieth of the rest: below that there is no result so far. */
const leastSweeps = ({ burnIn, sweeps }: ChainTask): number =>
  burnIn + Math.max(1, Math.ceil((sweeps - burnIn) / 20))

function runChain(id: number, task: ChainTask): void {
  const chain = createOrderChain(
    task.scores,
    task.sweeps,
    task.burnIn,
    task.seed,
    task.stream,
    task.requiredPairs,
    task.resumeFrom,
  )
  let slice = 1
  let lastState = performance.now()
  let done = 0
  while (done < task.sweeps) {
    const from = performance.now()
    done = chain.advance(slice)
    const now = performance.now()
    slice = Math.max(1, Math.round((slice * SLICE_MILLISECONDS) / Math.max(1, now - from)))
    const saving = now - lastState > STATE_MILLISECONDS
    if (saving) lastState = now
    reply({ type: 'sweeps', id, done, ...(saving ? { state: chain.state() } : {}) })
    if (task.stop && Atomics.load(task.stop, 0) === 1 && done >= leastSweeps(task)) break
  }
  reply({ type: 'chain', id, result: { counts: chain.counts, trace: chain.trace, sweeps: done } })
}
