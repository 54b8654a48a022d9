import { describe, expect, it } from 'vitest'
import { cudaReason } from '../../src-main/model/cuda-reason'
import { runNetwork } from '../../src-main/model/network'
import { loadRuntime, type Session } from '../../src-main/model/runtime'
import { makeSummary } from './make-summary'

/** As ONNX Runtime 1.30.0 throws them; seen on a computer without a driver, without a card and with a full one. */
const wrapped = (failure: string): string =>
  '/onnxruntime_src/onnxruntime/core/providers/cuda/cuda_call.cc:154 std::conditional_t<THRW, void, onnxruntime::common::Status> ' +
  'onnxruntime::CudaCall(ERRTYPE, const char*, const char*, SUCCTYPE, const char*, const char*, int) [with ERRTYPE = cudaError; ' +
  `bool THRW = true] ${failure} ; GPU=-1 ; hostname=the-computer ; file=/onnxruntime_src/onnxruntime/core/providers/cuda/` +
  'cuda_execution_provider.cc ; line=352 ; expr=cudaSetDevice(info_.device_id);\n\n'
const NOT_LOADED = 'OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library'
const NO_ROOM =
  "Non-zero status code returned while running Concat node. Name:'' Status Message: /onnxruntime_src/onnxruntime/core/framework/" +
  'bfc_arena.cc:360 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, onnxruntime::Stream*) ' +
  'Failed to allocate memory for requested buffer of size 196000000\n'

describe('why CUDA does not run', () => {
  it.each([
    'CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version',
    'CUDA failure 100: no CUDA-capable device is detected',
    'CUDA failure 2: out of memory',
    'CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED',
  ])('is told without source files and the name of the computer: %s', (failure) => {
    expect(cudaReason(wrapped(failure), null)).toBe(failure)
  })

  it.each([
    ['libcublasLt.so.13', 'CUDA 13'],
    ['libcudart.so.12', 'CUDA 12'],
    ['libcurand.so.10', 'A part of CUDA'],
    ['libcudnn.so.9', 'cuDNN 9'],
    ['libcuda.so.1', 'The NVIDIA driver'],
  ])('names what %s belongs to', (library, product) => {
    const system = `${library}: cannot open shared object file: No such file or directory`
    expect(cudaReason(NOT_LOADED, system)).toBe(
      `${product} is not installed or not on the library path: ${library} is missing (docs/gpu.md).`,
    )
  })

  it('keeps the first line of everything else', () => {
    expect(cudaReason('Failed to do it\n at 0x1', null)).toBe('Failed to do it')
    expect(cudaReason('Failed to do it\n at 0x1', 'invalid ELF header\n')).toBe(
      'Failed to do it (invalid ELF header)',
    )
  })
})

describe('a pass that fails', () => {
  const ask = async (provider: 'cpu' | 'cuda', thrown: string): Promise<unknown> => {
    const session = { run: () => Promise.reject(new Error(thrown)) } as unknown as Session
    return runNetwork(await loadRuntime(), { session, provider }, makeSummary(5, 3), 8e9)
  }

  it('on a full card asks for room on the card, not in the computer', async () => {
    await expect(ask('cuda', NO_ROOM)).rejects.toMatchObject({
      code: 'RESOURCE_LIMIT',
      message: expect.stringMatching(/^The card has too little free memory: .* let the CPU compute it/),
    })
  })

  it('on a full computer tells what is free', async () => {
    await expect(ask('cpu', NO_ROOM)).rejects.toMatchObject({
      code: 'RESOURCE_LIMIT',
      message: expect.stringContaining('8.0 GB free'),
    })
  })

  it('on a card that fails leaves the closed form to go on', async () => {
    await expect(
      ask('cuda', wrapped('CUDA failure 700: an illegal memory access was encountered')),
    ).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message:
        'The learned model failed on the card: CUDA failure 700: an illegal memory access was encountered',
    })
  })

  it('on the CPU for a reason that nobody foresaw is a bug, and stays one', async () => {
    await expect(ask('cpu', 'unexpected')).rejects.not.toHaveProperty('code')
  })
})
