const MOST_STEPS = 500
const TOLERANCE = 1e-10

export interface PrincipalComponents {
  /** [n, 2] scores of the samples on the two directions of largest variance */
  readonly scores: Float64Array
  /** shares of the total variance of the two */
  readonly explained: readonly [number, number]
}

/**
 * The first two principal components of centred values, by orthogonal iteration on the smaller of the two Gram matrices
 * (Golub & Van Loan, Matrix Computations, section 8.2.4). Directions have the sign that makes their largest score positive.
 * O(n d min(n, d)).
 *
 * @param values [n, d]
 * @returns scores of 0 where nothing varies
 */
export function principalComponents(values: Float64Array, n: number, d: number): PrincipalComponents {
  const centred = centreColumns(values, n, d)
  const m = Math.min(n, d)
  const gram = n <= d ? rowGram(centred, n, d) : columnGram(centred, n, d)
  let trace = 0
  for (let i = 0; i < m; i++) trace += gram[i * m + i]!
  const scores = new Float64Array(2 * n)
  if (!(trace > 0)) return { scores, explained: [0, 0] }
  const { vectors, eigenvalues } = leadingPair(gram, m)
  for (let c = 0; c < 2; c++) {
    if (!(eigenvalues[c]! > TOLERANCE * trace)) continue
    let largest = 0
    for (let i = 0; i < n; i++) {
      let score = 0
      if (n <= d) score = vectors[c]![i]! * Math.sqrt(eigenvalues[c]!)
      else for (let j = 0; j < d; j++) score += centred[i * d + j]! * vectors[c]![j]!
      scores[2 * i + c] = score
      if (Math.abs(score) > Math.abs(largest)) largest = score
    }
    if (largest < 0) for (let i = 0; i < n; i++) scores[2 * i + c] = -scores[2 * i + c]!
  }
  return { scores, explained: [eigenvalues[0] / trace, eigenvalues[1] / trace] }
}

function centreColumns(values: Float64Array, n: number, d: number): Float64Array {
  const out = values.slice(0, n * d)
  for (let j = 0; j < d; j++) {
    let sum = 0
    for (let i = 0; i < n; i++) sum += values[i * d + j]!
    for (let i = 0; i < n; i++) out[i * d + j]! -= sum / n
  }
  return out
}

function rowGram(x: Float64Array, n: number, d: number): Float64Array {
  const gram = new Float64Array(n * n)
  for (let a = 0; a < n; a++)
    for (let b = 0; b <= a; b++) {
      let sum = 0
      for (let j = 0; j < d; j++) sum += x[a * d + j]! * x[b * d + j]!
      gram[a * n + b] = sum
      gram[b * n + a] = sum
    }
  return gram
}

function columnGram(x: Float64Array, n: number, d: number): Float64Array {
  const gram = new Float64Array(d * d)
  for (let i = 0; i < n; i++)
    for (let a = 0; a < d; a++) for (let b = 0; b <= a; b++) gram[a * d + b]! += x[i * d + a]! * x[i * d + b]!
  for (let a = 0; a < d; a++) for (let b = 0; b < a; b++) gram[b * d + a] = gram[a * d + b]!
  return gram
}

function leadingPair(
  gram: Float64Array,
  m: number,
): { vectors: readonly [Float64Array, Float64Array]; eigenvalues: readonly [number, number] } {
  // a fixed, irregular start is orthogonal to no direction of real data
  const first = Float64Array.from({ length: m }, (_, i) => Math.sin(1 + 12.9898 * i))
  const second = Float64Array.from({ length: m }, (_, i) => Math.cos(2 + 78.233 * i))
  const next = [new Float64Array(m), new Float64Array(m)] as const
  orthonormalise(first, second)
  let before = [0, 0]
  for (let step = 0; step < MOST_STEPS; step++) {
    multiply(gram, m, first, next[0])
    multiply(gram, m, second, next[1])
    const now = [dot(first, next[0]), dot(second, next[1])]
    first.set(next[0])
    second.set(next[1])
    orthonormalise(first, second)
    const change = Math.abs(now[0]! - before[0]!) + Math.abs(now[1]! - before[1]!)
    before = now
    if (change <= TOLERANCE * Math.abs(now[0]!)) break
  }
  return { vectors: [first, second], eigenvalues: [before[0]!, Math.max(0, before[1]!)] }
}

function multiply(matrix: Float64Array, m: number, x: Float64Array, into: Float64Array): void {
  for (let i = 0; i < m; i++) {
    let sum = 0
    for (let j = 0; j < m; j++) sum += matrix[i * m + j]! * x[j]!
    into[i] = sum
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function orthonormalise(first: Float64Array, second: Float64Array): void {
  scale(first)
  const along = dot(first, second)
  for (let i = 0; i < first.length; i++) second[i]! -= along * first[i]!
  scale(second)
}

function scale(x: Float64Array): void {
  const length = Math.sqrt(dot(x, x))
  if (length > 0) for (let i = 0; i < x.length; i++) x[i]! /= length
}
