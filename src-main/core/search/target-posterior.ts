import { logAddExp, logSigmoid, sigmoid } from '../linalg/log-space'

/**
 * Log-odds that a gene is a target, averaged over its parent sets:
 * log Σ W̄ σ(ℓ) − log Σ W̄ σ(−ℓ). Computed in log space, so it never saturates and never ties.
 *
 * @param posterior [s] weights of the parent sets
 * @param logOdds [s, K]
 * @param out [K] written at out[k · stride + offset]
 */
export function averageTargetLogOdds(
  posterior: Float64Array,
  logOdds: Float64Array,
  K: number,
  out: Float64Array,
  offset: number,
  stride: number,
): void {
  for (let k = 0; k < K; k++) {
    let hit = -Infinity
    let notHit = -Infinity
    for (let s = 0; s < posterior.length; s++) {
      const weight = posterior[s]!
      if (!(weight > 0)) continue
      const logWeight = Math.log(weight)
      const value = logOdds[s * K + k]!
      hit = logAddExp(hit, logWeight + logSigmoid(value))
      notHit = logAddExp(notHit, logWeight + logSigmoid(-value))
    }
    out[k * stride + offset] = hit - notHit
  }
}

/**
 * P(hard | target) = Σ W̄ σ(ℓ) σ(h) / Σ W̄ σ(ℓ).
 *
 * @param posterior [s] weights of the parent sets
 * @param logOdds [s, K] ℓ, log-odds of 'target'
 * @param hardLogOdds [s, K] h, log-odds of 'hard' against 'shift'
 * @returns [K]
 */
export function averageHardShare(
  posterior: Float64Array,
  logOdds: Float64Array,
  hardLogOdds: Float64Array,
  K: number,
): Float64Array {
  return Float64Array.from({ length: K }, (_, k) => {
    let hit = 0
    let hard = 0
    for (let s = 0; s < posterior.length; s++) {
      // a floor keeps the ratio defined where the gene is certainly no target
      const asTarget = posterior[s]! * Math.max(sigmoid(logOdds[s * K + k]!), 1e-300)
      hit += asTarget
      hard += asTarget * sigmoid(hardLogOdds[s * K + k]!)
    }
    return hard / hit
  })
}
