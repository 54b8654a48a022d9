const buffers = new Map<string, Float64Array>()

/**
 * A buffer that is kept from study to study: allocating and clearing arrays of this size costs as much as a
 * tenth of a study. What it held before is still in it. One buffer per name, so a name belongs to one place.
 */
export function borrow(name: string, length: number): Float64Array {
  let buffer = buffers.get(name)
  if (!buffer || buffer.length < length) {
    buffer = new Float64Array(Math.ceil(1.5 * length))
    buffers.set(name, buffer)
  }
  return buffer.subarray(0, length)
}
