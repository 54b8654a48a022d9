import { FEATURES_PER_GENE } from '../features/basis'
import { logAddExp, logSumExp } from '../linalg/log-space'
import type { ParentSets } from '../search/parent-sets'
import { HARD, SHIFT, UNCHANGED } from './hyperparameters'
import type { EvidenceKernel, ParentSetEvidence } from './kernel'
import { factorPool, noiseScaleMixture, poolLogEvidence } from './pool-evidence'
import { temper, type EvidenceStudy } from './study'

const NOT_ABSORBED = 255

/**
 * The evidence exactly as docs/method.md section 1 writes it: the pool is factored anew for every experiment
 * and state. The readable twin of the fast kernel, its second route in tests, and the fallback where
 * WebAssembly SIMD is missing. Cost: K·(q³/3)·3 per parent set and sweep, q = 2 + 7|S|.
 */
export function createDirectKernel(study: EvidenceStudy): EvidenceKernel {
  const K = study.environments
  const { a0, b0, interceptPrecision, unchangedVariance, shiftVariance, scaleMixture, shiftShare } =
    study.hyper
  const t = Float64Array.from({ length: K + 1 }, (_, k) => temper(study, k))
  const nk = Float64Array.from({ length: K + 1 }, (_, k) => (study.starts[k + 1]! - study.starts[k]!) * t[k]!)
  const d0 = new Float64Array(K + 1)
  const d1 = new Float64Array(K + 1)
  const d2 = new Float64Array(K + 1)
  const mixed0 = new Float64Array(K + 1)
  const mixed1 = new Float64Array(K + 1)
  const state = new Uint8Array(K + 1)
  const three = new Float64Array(3)

  const score = (
    gene: number,
    draw: number,
    candidates: Int32Array,
    sets: ParentSets,
    prior: Float64Array,
    sweeps: number,
    out: ParentSetEvidence,
  ): void => {
    const grams = candidateGrams(study, study.effects[draw]!, gene, candidates, t)
    const hard = study.hard[draw]!
    const stride = 2 + sets.maxParents * FEATURES_PER_GENE
    const columns = new Int32Array(stride)
    const precision = new Float64Array(stride)
    const size = stride * stride
    const pool = new Float64Array(size)
    const trial = new Float64Array(size)
    const factor = new Float64Array(size)
    const unchanged = new Float64Array((K + 1) * size)
    const shifted = new Float64Array((K + 1) * size)

    for (let s = 0; s < sets.count; s++) {
      const q = selectColumns(study, sets, s, columns, precision, interceptPrecision, candidates.length)
      let logPrecision = 0
      for (let i = 0; i < q - 1; i++) logPrecision += Math.log(precision[i]!)
      for (let k = 0; k <= K; k++) {
        fillExperiment(
          grams,
          k,
          columns,
          q,
          stride,
          k === 0 ? 0 : 1 / (nk[k]! + 1 / unchangedVariance),
          unchanged,
        )
        if (k > 0) fillExperiment(grams, k, columns, q, stride, 1 / (nk[k]! + 1 / shiftVariance), shifted)
      }
      const contribution = (k: number): Float64Array => (state[k] === UNCHANGED ? unchanged : shifted)
      pool.set(unchanged.subarray(0, size))
      let n = nk[0]!
      const start = nk[0]! > 0 ? NOT_ABSORBED : UNCHANGED
      for (let k = 1; k <= K; k++) {
        state[k] = start === UNCHANGED && prior[k - 1]! > 0.5 ? SHIFT : start
        if (start === NOT_ABSORBED) continue
        add(pool, contribution(k), k * size, q, stride, 1)
        n += nk[k]!
      }
      const residual = (): number => factor[(q - 1) * stride + q - 1]!
      const logEvidence = (gram: Float64Array, count: number): { value: number; rss: number } => {
        const halfLogDet = factorPool(gram, q, stride, precision, factor)
        return {
          value: poolLogEvidence(count, residual(), halfLogDet, logPrecision, a0, b0),
          rss: residual(),
        }
      }
      let current = logEvidence(pool, n)

      for (let sweep = 0; sweep <= sweeps; sweep++) {
        const refresh = sweep === sweeps
        let changed = false
        for (let visit = 0; visit < K; visit++) {
          const k = study.visits[gene * K + visit]!
          const old = state[k]!
          const inPool = old === UNCHANGED || old === SHIFT
          if (inPool) {
            add(pool, contribution(k), k * size, q, stride, -1)
            n -= nk[k]!
          }
          const without = inPool ? logEvidence(pool, n) : current
          const withState = (z: number, grid: Float64Array): { value: number; rss: number } => {
            if (old === z) return current
            trial.set(pool)
            add(trial, grid, k * size, q, stride, 1)
            return logEvidence(trial, n + nk[k]!)
          }
          const asUnchanged = withState(UNCHANGED, unchanged)
          const asShift = withState(SHIFT, shifted)
          const p = prior[k - 1]!
          mixed0[k] = noiseScaleMixture(n, nk[k]!, without.rss, asUnchanged.rss, scaleMixture, a0, b0)
          mixed1[k] = noiseScaleMixture(n, nk[k]!, without.rss, asShift.rss, scaleMixture, a0, b0)
          d0[k] =
            mixed0[k] +
            Math.log(1 - p) +
            asUnchanged.value -
            without.value -
            0.5 * Math.log(1 + nk[k]! * unchangedVariance)
          d1[k] =
            mixed1[k] +
            Math.log(p * shiftShare) +
            asShift.value -
            without.value -
            0.5 * Math.log(1 + nk[k]! * shiftVariance)
          d2[k] = Math.log(p * (1 - shiftShare)) + hard[(k - 1) * study.genes + gene]! * t[k]!
          let next = old
          if (!refresh) {
            next = UNCHANGED
            if (d1[k] > d0[k] && d1[k] >= d2[k]) next = SHIFT
            else if (d2[k] > d0[k] && d2[k] > d1[k]) next = HARD
          }
          if (next !== old) {
            changed = true
            state[k] = next
            current = next === UNCHANGED ? asUnchanged : next === SHIFT ? asShift : without
          }
          if (next === UNCHANGED || next === SHIFT) {
            add(pool, contribution(k), k * size, q, stride, 1)
            n += nk[k]!
          }
        }
        if (!changed) break
      }

      let total = logEvidence(pool, n).value
      for (let k = 1; k <= K; k++) {
        const p = prior[k - 1]!
        three[0] = d0[k]!
        three[1] = d1[k]!
        three[2] = d2[k]!
        const all = logSumExp(three)
        if (state[k] === UNCHANGED)
          total +=
            mixed0[k]! + Math.log(1 - p) - 0.5 * Math.log(1 + nk[k]! * unchangedVariance) + all - d0[k]!
        else if (state[k] === SHIFT)
          total +=
            mixed1[k]! + Math.log(p * shiftShare) - 0.5 * Math.log(1 + nk[k]! * shiftVariance) + all - d1[k]!
        else total += all
        const o = s * K + k - 1
        out.targetLogOdds[o] = logAddExp(d1[k]!, d2[k]!) - d0[k]!
        out.hardLogOdds[o] = d2[k]! - d1[k]!
        out.states[o] = state[k]!
      }
      out.logEvidence[s] = total
    }
  }
  return { name: 'typescript', score }
}

/** [K + 1] tempered Grams of [1, 7 features of each candidate, y], lower triangles. */
function candidateGrams(
  study: EvidenceStudy,
  effects: Float64Array,
  gene: number,
  candidates: Int32Array,
  t: Float64Array,
): { width: number; data: Float64Array } {
  const width = 2 + candidates.length * FEATURES_PER_GENE
  const data = new Float64Array(t.length * width * width)
  const row = new Float64Array(width)
  row[0] = 1
  for (let k = 0; k < t.length; k++)
    for (let r = study.starts[k]!; r < study.starts[k + 1]!; r++) {
      for (let c = 0; c < candidates.length; c++) {
        const from = (r * study.genes + candidates[c]!) * FEATURES_PER_GENE
        for (let b = 0; b < FEATURES_PER_GENE; b++)
          row[1 + c * FEATURES_PER_GENE + b] = study.features[from + b]!
      }
      row[width - 1] = effects[r * study.genes + gene]!
      const base = k * width * width
      for (let i = 0; i < width; i++) {
        const x = row[i]! * t[k]!
        for (let j = 0; j <= i; j++) data[base + i * width + j]! += x * row[j]!
      }
    }
  return { width, data }
}

/** Columns [1, features of the set, y] of the candidate Gram; returns their number. */
function selectColumns(
  study: EvidenceStudy,
  sets: ParentSets,
  s: number,
  columns: Int32Array,
  precision: Float64Array,
  interceptPrecision: number,
  candidates: number,
): number {
  let q = 0
  columns[q] = 0
  precision[q++] = interceptPrecision
  for (let i = 0; i < sets.sizes[s]!; i++)
    for (let b = 0; b < FEATURES_PER_GENE; b++) {
      columns[q] = 1 + sets.members[s * sets.maxParents + i]! * FEATURES_PER_GENE + b
      precision[q++] = 1 / study.variances[b]!
    }
  columns[q++] = 1 + candidates * FEATURES_PER_GENE
  return q
}

/** A_k = G_k − shrink · s sᵀ with s the column of the constant; lower triangle. */
function fillExperiment(
  grams: { width: number; data: Float64Array },
  k: number,
  columns: Int32Array,
  q: number,
  stride: number,
  shrink: number,
  out: Float64Array,
): void {
  const { width, data } = grams
  const base = k * width * width
  const target = k * stride * stride
  for (let i = 0; i < q; i++) {
    const si = data[base + columns[i]! * width]! * shrink
    for (let j = 0; j <= i; j++)
      out[target + i * stride + j] =
        data[base + columns[i]! * width + columns[j]!]! - si * data[base + columns[j]! * width]!
  }
}

function add(
  pool: Float64Array,
  grid: Float64Array,
  offset: number,
  q: number,
  stride: number,
  sign: number,
): void {
  for (let i = 0; i < q; i++)
    for (let j = 0; j <= i; j++) pool[i * stride + j]! += sign * grid[offset + i * stride + j]!
}
