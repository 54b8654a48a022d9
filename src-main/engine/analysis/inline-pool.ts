import { createDirectKernel } from '../../core/evidence/direct'
import type { EvidenceStudy } from '../../core/evidence/study'
import { createWasmKernel, wasmKernelAvailable } from '../../core/evidence/wasm/wasm-kernel'
import { createOrderChain } from '../../core/search/order-mcmc'
import { scoreGene } from './gene-scores'
import type { WorkerPool } from './worker-pool'

/** The work of a run on the calling thread: for callers that are worker threads themselves. */
export function createInlinePool(study: EvidenceStudy): WorkerPool {
  const kernel = wasmKernelAvailable() ? createWasmKernel(study) : createDirectKernel(study)
  return {
    scoreGene: (task) => Promise.resolve(scoreGene(kernel, study, task)),
    runChain: ({ scores, sweeps, burnIn, seed, stream, requiredPairs, resumeFrom }, onSweeps) => {
      const chain = createOrderChain(scores, sweeps, burnIn, seed, stream, requiredPairs, resumeFrom)
      onSweeps(chain.advance(sweeps))
      return Promise.resolve({ counts: chain.counts, trace: chain.trace, sweeps })
    },
    close: () => Promise.resolve(),
  }
}
