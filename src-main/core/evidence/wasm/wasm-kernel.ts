import { FEATURES_PER_GENE } from '../../features/basis'
import type { ParentSets } from '../../search/parent-sets'
import type { EvidenceKernel, ParentSetEvidence } from '../kernel'
import { temper, type EvidenceStudy } from '../study'
import { decodeBase64 } from './base64'
import { WASM_BASE64 } from './evidence-kernel.wasm'
import { rotateEffects, rotateFeatures } from './rotate'

/** Row stride of all small matrices in the kernel; holds four parents. */
const LD = 32
const WITHIN = FEATURES_PER_GENE - 1
/** Up to this many samples per experiment (on average, by cost) the capacitance form is faster. */
const SMALL_COST = { perSample: 700, perSquare: 14, large: 3800 } as const

interface KernelExports {
  readonly memory: WebAssembly.Memory
  readonly _initialize?: () => void
  readonly context: () => number
  readonly alloc: (bytes: number) => number
  readonly mark: () => number
  readonly reset: (top: number) => void
  readonly prepare: () => void
  readonly score: () => void
}

let compiled: WebAssembly.Module | undefined

/** Whether this host runs WebAssembly with SIMD. */
export function wasmKernelAvailable(): boolean {
  try {
    return WebAssembly.validate(decodeBase64(WASM_BASE64))
  } catch {
    return false
  }
}

/** Fields of the C struct `Context`, in its order. */
const INT_FIELDS = [
  'K',
  'd',
  'm',
  'setCount',
  'maxParents',
  'hasControl',
  'sweeps',
  'large',
  'largestN',
  'refactored',
] as const
const DOUBLE_FIELDS = [
  'interceptPrecision',
  'a0',
  'b0',
  'unchangedVariance',
  'shiftVariance',
  'scaleMixture',
] as const
const POINTER_FIELDS = [
  'starts',
  'features',
  'variances',
  'temper',
  'count',
  'nLogTemper',
  'logUnchanged',
  'logShift',
  'hUnchanged',
  'hShift',
  'effect',
  'hard',
  'logPrior',
  'startsShifted',
  'visits',
  'candidates',
  'members',
  'sizes',
  'outEvidence',
  'outTarget',
  'outHard',
  'outState',
  'pool',
  'contrast',
  'meanRows',
  'V',
  'X',
  'E',
  'residual',
  'rows',
  'mixed',
  'D',
  'lgammaAt',
  'lgammaValue',
  'rowOffset',
  'seen',
  'state',
] as const
type Pointer = (typeof POINTER_FIELDS)[number]

/**
 * The evidence kernel compiled from `evidence-kernel.c`: WebAssembly with SIMD, one instance per worker.
 *
 * @param maxCandidates largest number of candidate slots that `score` will be called with
 * @throws RangeError when the study does not fit into WebAssembly's 4 GB
 */
export function createWasmKernel(
  study: EvidenceStudy,
): EvidenceKernel & { readonly refactored: () => number } {
  compiled ??= new WebAssembly.Module(decodeBase64(WASM_BASE64))
  const wasm = new WebAssembly.Instance(compiled, {}).exports as unknown as KernelExports
  wasm._initialize?.()
  const context = wasm.context()
  const K = study.environments
  const d = study.genes
  const sizes = Int32Array.from({ length: K + 1 }, (_, k) => study.starts[k + 1]! - study.starts[k]!)
  const largest = Math.max(1, ...sizes.subarray(1))
  const large = largeIsFaster(sizes)
  const pointers = {} as Record<Pointer, number>

  const ints = (at: number, length: number): Int32Array => new Int32Array(wasm.memory.buffer, at, length)
  const doubles = (at: number, length: number): Float64Array =>
    new Float64Array(wasm.memory.buffer, at, length)
  const bytes = (at: number, length: number): Uint8Array => new Uint8Array(wasm.memory.buffer, at, length)
  const reserve = (field: Pointer, byteLength: number): number => {
    const at = wasm.alloc(byteLength)
    if (at === 0) throw new RangeError('The study does not fit into the memory of the evidence kernel.')
    pointers[field] = at
    return at
  }
  const setInt = (field: (typeof INT_FIELDS)[number], value: number): void => {
    ints(context + 4 * INT_FIELDS.indexOf(field), 1)[0] = value
  }
  const publishPointers = (): void => {
    const first = context + 4 * INT_FIELDS.length + 8 * DOUBLE_FIELDS.length
    ints(first, POINTER_FIELDS.length).set(POINTER_FIELDS.map((field) => pointers[field]))
  }

  const { hyper } = study
  const perEnvironment = (field: Pointer, of: (k: number, n: number, t: number) => number): void => {
    const at = reserve(field, 8 * (K + 1))
    doubles(at, K + 1).set(Float64Array.from({ length: K + 1 }, (_, k) => of(k, sizes[k]!, temper(study, k))))
  }
  const startsAt = reserve('starts', 4 * (K + 2))
  ints(startsAt, K + 2).set(study.starts)
  const featuresAt = reserve('features', 8 * study.features.length)
  rotateFeatures(study.features, d, study.starts, doubles(featuresAt, study.features.length))
  const variancesAt = reserve('variances', 8 * FEATURES_PER_GENE)
  doubles(variancesAt, FEATURES_PER_GENE).set(study.variances)
  perEnvironment('temper', (_k, _n, t) => t)
  perEnvironment('count', (_k, n, t) => n * t)
  perEnvironment('nLogTemper', (_k, n, t) => n * Math.log(t))
  perEnvironment('logUnchanged', (_k, n, t) => Math.log(1 + n * t * hyper.unchangedVariance))
  perEnvironment('logShift', (_k, n, t) => Math.log(1 + n * t * hyper.shiftVariance))
  perEnvironment('hUnchanged', (_k, n, t) => 1 / (1 / t + n * hyper.unchangedVariance))
  perEnvironment('hShift', (_k, n, t) => 1 / (1 / t + n * hyper.shiftVariance))
  reserve('effect', 8 * study.samples)
  reserve('hard', 8 * (K + 1))
  reserve('logPrior', 24 * (K + 1))
  reserve('startsShifted', K + 1)
  reserve('mixed', 16 * (K + 1))
  reserve('D', 24 * (K + 1))
  const lgammaAt = reserve('lgammaAt', 16 * (K + 1))
  doubles(lgammaAt, 2 * K + 2).fill(-1)
  reserve('lgammaValue', 16 * (K + 1))
  reserve('seen', 4 * (K + 1))
  reserve('state', K + 1)
  const offsetAt = reserve('rowOffset', 4 * (K + 2))
  let rowCount = 0
  for (let k = 1; k <= K; k++) {
    ints(offsetAt, K + 2)[k] = rowCount * LD
    rowCount += large ? 0 : sizes[k]!
  }
  reserve('rows', 8 * LD * (rowCount + 1))
  const smallRows = large ? 1 : largest + 2
  reserve('V', 8 * LD * smallRows)
  reserve('X', 8 * LD * smallRows)
  reserve('E', 8 * smallRows * smallRows)
  reserve('residual', 8 * smallRows)
  wasm.alloc(1024) // vector loads may read past the last row
  const studyTop = wasm.mark()

  setInt('K', K)
  setInt('d', d)
  setInt('hasControl', sizes[0]! > 0 ? 1 : 0)
  setInt('large', large ? 1 : 0)
  setInt('largestN', large ? 0 : largest)
  doubles(context + 4 * INT_FIELDS.length, DOUBLE_FIELDS.length).set(
    DOUBLE_FIELDS.map((field) => hyper[field]),
  )

  let current: ParentSets | undefined
  const useSets = (sets: ParentSets): void => {
    if (current === sets) return
    current = sets
    wasm.reset(studyTop)
    const m = sets.candidates
    const width = 2 + m * FEATURES_PER_GENE
    const within = m * WITHIN + 1
    reserve('candidates', 4 * Math.max(1, m))
    ints(reserve('members', 4 * sets.members.length), sets.members.length).set(sets.members)
    ints(reserve('sizes', 4 * sets.count), sets.count).set(sets.sizes)
    reserve('outEvidence', 8 * sets.count)
    reserve('outTarget', 8 * sets.count * K)
    reserve('outHard', 8 * sets.count * K)
    reserve('outState', sets.count * K)
    reserve('pool', 8 * width * width)
    reserve('contrast', large ? 8 * K * within * within : 8)
    reserve('meanRows', large ? 8 * K * width : 8)
    if (wasm.alloc(1024) === 0)
      throw new RangeError('The study does not fit into the memory of the evidence kernel.')
    setInt('m', m)
    setInt('setCount', sets.count)
    setInt('maxParents', sets.maxParents)
    publishPointers()
  }

  const rotated: { gene: number; draw: number } = { gene: -1, draw: -1 }
  const loadGene = (gene: number, draw: number): void => {
    if (rotated.gene === gene && rotated.draw === draw) return
    rotateEffects(study.effects[draw]!, d, gene, study.starts, doubles(pointers.effect, study.samples))
    const hard = doubles(pointers.hard, K + 1)
    for (let k = 1; k <= K; k++) hard[k] = study.hard[draw]![(k - 1) * d + gene]! * temper(study, k)
    ints(pointers.visits, K).set(study.visits.subarray(gene * K, (gene + 1) * K))
    rotated.gene = gene
    rotated.draw = draw
  }

  const score = (
    gene: number,
    draw: number,
    candidates: Int32Array,
    sets: ParentSets,
    prior: Float64Array,
    sweeps: number,
    out: ParentSetEvidence,
  ): void => {
    useSets(sets)
    loadGene(gene, draw)
    ints(pointers.candidates, candidates.length).set(candidates)
    const logPrior = doubles(pointers.logPrior, 3 * (K + 1))
    const shifted = bytes(pointers.startsShifted, K + 1)
    for (let k = 1; k <= K; k++) {
      const p = prior[k - 1]!
      logPrior[k] = Math.log(1 - p)
      logPrior[K + 1 + k] = Math.log(p * hyper.shiftShare)
      logPrior[2 * (K + 1) + k] = Math.log(p * (1 - hyper.shiftShare))
      shifted[k] = p > 0.5 ? 1 : 0
    }
    setInt('sweeps', sweeps)
    wasm.prepare()
    wasm.score()
    out.logEvidence.set(doubles(pointers.outEvidence, sets.count))
    out.targetLogOdds.set(doubles(pointers.outTarget, sets.count * K))
    out.hardLogOdds.set(doubles(pointers.outHard, sets.count * K))
    out.states.set(bytes(pointers.outState, sets.count * K))
  }
  const refactored = (): number => ints(context + 4 * INT_FIELDS.indexOf('refactored'), 1)[0]!
  return { name: 'wasm-simd', score, refactored }
}

function largeIsFaster(sizes: Int32Array): boolean {
  let small = 0
  let large = 0
  for (let k = 1; k < sizes.length; k++) {
    small += sizes[k]! * SMALL_COST.perSample + sizes[k]! ** 2 * SMALL_COST.perSquare
    large += SMALL_COST.large
  }
  return small > large
}
