/** Columns taken at once, so that the rows of a tile stay in the first-level cache. */
const COLUMNS_AT_ONCE = 512

/**
 * Products of all rows of two matrices: out[i, j] = Σ_t a[i, t] · b[j, t] (A Bᵀ).
 * Four by two rows at a time, blocked over the columns. Cost p·q·n multiplications.
 *
 * @param a [p, n] from `aFrom`, rows contiguous
 * @param b [q, n]
 * @param out [p, q] overwritten
 */
export function crossProduct(
  a: Float64Array,
  aFrom: number,
  p: number,
  b: Float64Array,
  q: number,
  n: number,
  out: Float64Array,
): void {
  out.fill(0, 0, p * q)
  for (let from = 0; from < n; from += COLUMNS_AT_ONCE) {
    const to = Math.min(n, from + COLUMNS_AT_ONCE)
    for (let i = 0; i < p; i += 4) {
      const rows = Math.min(4, p - i)
      for (let j = 0; j < q; j += 2)
        addTile(a, aFrom + i * n, rows, b, j * n, j + 1 < q ? 2 : 1, n, from, to, out, i * q + j, q)
    }
  }
}

/**
 * Products of all rows of one matrix: out = A Aᵀ, symmetric; half the cost of {@link crossProduct}.
 *
 * @param a [p, n] rows contiguous
 * @param out [p, p] overwritten
 */
export function gramProduct(a: Float64Array, p: number, n: number, out: Float64Array): void {
  out.fill(0, 0, p * p)
  for (let from = 0; from < n; from += COLUMNS_AT_ONCE) {
    const to = Math.min(n, from + COLUMNS_AT_ONCE)
    for (let i = 0; i < p; i += 4) {
      const rows = Math.min(4, p - i)
      for (let j = i; j < p; j += 2)
        addTile(a, i * n, rows, a, j * n, j + 1 < p ? 2 : 1, n, from, to, out, i * p + j, p)
    }
  }
  for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) out[i * p + j] = out[j * p + i]!
}

/** Adds the products of up to four rows of `a` with one or two rows of `b` over columns [from, to). */
function addTile(
  a: Float64Array,
  aRow: number,
  aRows: number,
  b: Float64Array,
  bRow: number,
  bRows: number,
  n: number,
  from: number,
  to: number,
  out: Float64Array,
  at: number,
  stride: number,
): void {
  // a missing row repeats the one before; its sums are not stored
  const aRow1 = aRows > 1 ? aRow + n : aRow
  const aRow2 = aRows > 2 ? aRow1 + n : aRow1
  const aRow3 = aRows > 3 ? aRow2 + n : aRow2
  const bRow1 = bRows > 1 ? bRow + n : bRow
  let s00 = 0
  let s01 = 0
  let s10 = 0
  let s11 = 0
  let s20 = 0
  let s21 = 0
  let s30 = 0
  let s31 = 0
  for (let t = from; t < to; t++) {
    const b0 = b[bRow + t]!
    const b1 = b[bRow1 + t]!
    const a0 = a[aRow + t]!
    const a1 = a[aRow1 + t]!
    const a2 = a[aRow2 + t]!
    const a3 = a[aRow3 + t]!
    s00 += a0 * b0
    s01 += a0 * b1
    s10 += a1 * b0
    s11 += a1 * b1
    s20 += a2 * b0
    s21 += a2 * b1
    s30 += a3 * b0
    s31 += a3 * b1
  }
  addRow(out, at, s00, s01, bRows)
  if (aRows > 1) addRow(out, at + stride, s10, s11, bRows)
  if (aRows > 2) addRow(out, at + 2 * stride, s20, s21, bRows)
  if (aRows > 3) addRow(out, at + 3 * stride, s30, s31, bRows)
}

function addRow(out: Float64Array, at: number, first: number, second: number, count: number): void {
  out[at]! += first
  if (count > 1) out[at + 1]! += second
}
