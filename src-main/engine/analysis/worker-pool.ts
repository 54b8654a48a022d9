import { Worker } from 'node:worker_threads'
import { AppError } from '../../../src-shared/contract/errors'
import type { EvidenceStudy } from '../../core/evidence/study'
import type { OrderChainState } from '../../core/search/order-mcmc'
import { bundledFile } from '../bundled-file'
import type { GeneScores, GeneTask } from './gene-scores'
import type { ChainResult, ChainTask, WorkerReply, WorkerRequest } from './worker-messages'

/**
 * Threads that share the work of one run. Tasks are handed out one at a time, so fast and slow ones balance;
 * every task depends only on its own input, so results do not depend on the number of threads.
 */
export interface WorkerPool {
  scoreGene(task: GeneTask): Promise<GeneScores>
  runChain(task: ChainTask, onSweeps: (done: number, state?: OrderChainState) => void): Promise<ChainResult>
  /** Stops at once, whatever is running; open tasks fail as CANCELLED. */
  close(): Promise<void>
}

interface Pending {
  readonly request: WorkerRequest & { id: number }
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
  readonly onSweeps?: (done: number, state?: OrderChainState) => void
}

export function createWorkerPool(study: EvidenceStudy, threads: number): WorkerPool {
  const waiting: Pending[] = []
  const running = new Map<Worker, Pending>()
  let nextId = 0
  let closed = false
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(bundledFile('worker.js'))
    worker.on('message', (message: WorkerReply) => onReply(worker, message))
    worker.on('error', (error) => fail(worker, error))
    worker.postMessage({ type: 'study', study } satisfies WorkerRequest)
    return worker
  })

  function onReply(worker: Worker, message: WorkerReply): void {
    const pending = running.get(worker)
    if (pending?.request.id !== message.id) return
    if (message.type === 'sweeps') {
      pending.onSweeps?.(message.done, message.state)
      return
    }
    running.delete(worker)
    if (message.type === 'failed')
      pending.reject(Object.assign(new Error(message.message), { stack: message.stack }))
    else pending.resolve((message.type === 'gene' ? message.scores : message.result) as never)
    dispatch()
  }

  function fail(worker: Worker, error: Error): void {
    const text = error.message.includes('memory')
      ? new AppError(
          'RESOURCE_LIMIT',
          'A calculation ran out of memory. Choose fewer genes or fewer threads.',
          { error: error.message },
        )
      : error
    running.get(worker)?.reject(text)
    running.delete(worker)
    for (const pending of waiting.splice(0)) pending.reject(text)
  }

  function dispatch(): void {
    for (const worker of workers) {
      if (running.has(worker)) continue
      const next = waiting.shift()
      if (!next) return
      running.set(worker, next)
      worker.postMessage(next.request)
    }
  }

  function submit<T>(
    make: (id: number) => WorkerRequest & { id: number },
    onSweeps?: Pending['onSweeps'],
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (closed) {
        reject(new AppError('CANCELLED', 'The job was cancelled.'))
        return
      }
      waiting.push({
        request: make(nextId++),
        resolve: resolve,
        reject,
        ...(onSweeps ? { onSweeps } : {}),
      })
      dispatch()
    })
  }

  return {
    scoreGene: (task) => submit((id) => ({ type: 'gene', id, task })),
    runChain: (task, onSweeps) => submit((id) => ({ type: 'chain', id, task }), onSweeps),
    async close() {
      closed = true
      const error = new AppError('CANCELLED', 'The job was cancelled.')
      for (const pending of [...waiting.splice(0), ...running.values()]) pending.reject(error)
      running.clear()
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
