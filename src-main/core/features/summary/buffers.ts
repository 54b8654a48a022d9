export const NO_NUMBERS: Float64Array = new Float64Array(0)
export const NO_INDICES: Int32Array = new Int32Array(0)

/** A buffer of at least `length` numbers: the given one when it is long enough. Its contents are not defined. */
export function atLeast(buffer: Float64Array, length: number): Float64Array {
  return buffer.length >= length ? buffer : new Float64Array(length)
}

export function indicesAtLeast(buffer: Int32Array, length: number): Int32Array {
  return buffer.length >= length ? buffer : new Int32Array(length)
}
