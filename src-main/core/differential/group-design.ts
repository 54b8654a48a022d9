/** The linear model y = mean of the group + effect of the batch + noise, prepared once for all genes. */
export interface GroupDesign {
  /** control first */
  readonly groups: number
  readonly batches: number
  /** [groups * batches] samples of each group in each batch */
  readonly sizes: Int32Array
  /** [groups] */
  readonly groupSizes: Int32Array
  /** [(batches − 1)²] lower Cholesky factor of the batches' normal equations with the groups eliminated */
  readonly factor: Float64Array
  /** residual degrees of freedom */
  readonly freedom: number
  /** [groups − 1] standard error of (group k − group 0) over σ; NaN where either has no samples */
  readonly errorFactor: Float64Array
}

/** a pivot below this share of the samples of a batch: its effect cannot be told from those of the groups */
const SINGULAR = 1e-9

/**
 * Eliminates the groups from the normal equations, so that the cost per gene grows with groups × batches only:
 * S = D_b − NᵀD_g⁻¹N with N the sizes, D_g and D_b their sums; the first batch is the reference.
 * var(β_k − β_0) = σ² (1/n_k + 1/n_0 + vᵀS⁻¹v), v = N_k/n_k − N_0/n_0.
 *
 * @param sizes [groups * batches]
 * @returns null when a batch cannot be told from the groups, or nothing is left to estimate σ
 */
export function groupDesign(groups: number, batches: number, sizes: Int32Array): GroupDesign | null {
  const groupSizes = new Int32Array(groups)
  const batchSizes = new Int32Array(batches)
  for (let g = 0; g < groups; g++)
    for (let b = 0; b < batches; b++) {
      groupSizes[g]! += sizes[g * batches + b]!
      batchSizes[b]! += sizes[g * batches + b]!
    }
  const free = batches - 1
  const factor = new Float64Array(free * free)
  for (let b = 0; b < free; b++)
    for (let c = 0; c <= b; c++) {
      let sum = b === c ? batchSizes[b + 1]! : 0
      for (let g = 0; g < groups; g++)
        if (groupSizes[g]! > 0)
          sum -= (sizes[g * batches + b + 1]! * sizes[g * batches + c + 1]!) / groupSizes[g]!
      factor[b * free + c] = sum
    }
  if (!factorInPlace(factor, free, batchSizes)) return null
  const samples = groupSizes.reduce((sum, size) => sum + size, 0)
  const freedom = samples - groupSizes.filter((size) => size > 0).length - free
  if (freedom < 1) return null
  const errorFactor = new Float64Array(Math.max(0, groups - 1)).fill(NaN)
  const half = new Float64Array(free)
  for (let k = 1; k < groups; k++) {
    if (groupSizes[k] === 0 || groupSizes[0] === 0) continue
    for (let b = 0; b < free; b++)
      half[b] = sizes[k * batches + b + 1]! / groupSizes[k]! - sizes[b + 1]! / groupSizes[0]!
    solveLower(factor, free, half)
    let variance = 1 / groupSizes[k]! + 1 / groupSizes[0]!
    for (let b = 0; b < free; b++) variance += half[b]! * half[b]!
    errorFactor[k - 1] = Math.sqrt(variance)
  }
  return { groups, batches, sizes, groupSizes, factor, freedom, errorFactor }
}

/**
 * Least squares for one gene from its sums.
 *
 * @param sums [groups * batches] sums of y over the samples of each group and batch, around any origin
 * @param squares sum of y² around the same origin
 * @param means [groups] overwritten: group means at the average batch of all samples; NaN for a group without samples
 * @param batchEffects [batches] overwritten, workspace
 * @returns the residual sum of squares
 */
export function fitGroups(
  design: GroupDesign,
  sums: Float64Array,
  squares: number,
  means: Float64Array,
  batchEffects: Float64Array,
): number {
  const { groups, batches, sizes, groupSizes, factor } = design
  const free = batches - 1
  for (let g = 0; g < groups; g++) {
    let sum = 0
    for (let b = 0; b < batches; b++) sum += sums[g * batches + b]!
    means[g] = sum / groupSizes[g]!
  }
  let explained = 0
  for (let b = 0; b < free; b++) {
    let right = 0
    for (let g = 0; g < groups; g++)
      if (groupSizes[g]! > 0) right += sums[g * batches + b + 1]! - sizes[g * batches + b + 1]! * means[g]!
    batchEffects[b] = right
  }
  solveLower(factor, free, batchEffects)
  for (let b = 0; b < free; b++) explained += batchEffects[b]! * batchEffects[b]!
  for (let g = 0; g < groups; g++) if (groupSizes[g]! > 0) explained += means[g]! * means[g]! * groupSizes[g]!
  solveUpper(factor, free, batchEffects)
  adjustForBatches(design, means, batchEffects)
  return Math.max(0, squares - explained)
}

/** Takes the batches of each group out of its mean and puts those of all samples in, so that means stay comparable. */
function adjustForBatches(
  { groups, batches, sizes, groupSizes }: GroupDesign,
  means: Float64Array,
  effects: Float64Array,
): void {
  if (batches === 1) return
  let samples = 0
  let average = 0
  for (let g = 0; g < groups; g++) {
    samples += groupSizes[g]!
    for (let b = 1; b < batches; b++) average += sizes[g * batches + b]! * effects[b - 1]!
  }
  average /= samples
  for (let g = 0; g < groups; g++) {
    let own = 0
    for (let b = 1; b < batches; b++) own += sizes[g * batches + b]! * effects[b - 1]!
    means[g]! += average - own / groupSizes[g]!
  }
}

/** @returns false when the matrix is not positive definite */
function factorInPlace(matrix: Float64Array, n: number, scale: Int32Array): boolean {
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k]! * matrix[j * n + k]!
      if (i !== j) matrix[i * n + j] = sum / matrix[j * n + j]!
      else if (!(sum > SINGULAR * scale[i + 1]!)) return false
      else matrix[i * n + i] = Math.sqrt(sum)
    }
  return true
}

function solveLower(factor: Float64Array, n: number, x: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = x[i]!
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * x[k]!
    x[i] = sum / factor[i * n + i]!
  }
}

function solveUpper(factor: Float64Array, n: number, x: Float64Array): void {
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i]! * x[k]!
    x[i] = sum / factor[i * n + i]!
  }
}
