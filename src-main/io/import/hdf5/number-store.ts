import type { Numbers } from './hdf5-file'

/**
 * A long array of numbers in half the memory where that loses nothing: single precision until a value comes that it
 * cannot hold exactly, double precision from then on.
 */
export class NumberStore {
  #values: Float32Array | Float64Array

  constructor(length: number) {
    this.#values = new Float32Array(length)
  }

  get values(): Float32Array | Float64Array {
    return this.#values
  }

  set(piece: Numbers, start: number): void {
    if (piece instanceof Float32Array || this.#values instanceof Float64Array) {
      if (piece instanceof BigInt64Array || piece instanceof BigUint64Array)
        for (let index = 0; index < piece.length; index++) this.#values[start + index] = Number(piece[index])
      else this.#values.set(piece, start)
      return
    }
    for (let index = 0; index < piece.length; index++) {
      const value = Number(piece[index])
      if (Math.fround(value) !== value && value === value) {
        this.#values = Float64Array.from(this.#values)
        this.set(piece, start)
        return
      }
      this.#values[start + index] = value
    }
  }
}
