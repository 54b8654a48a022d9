/** memory for the numbers of one matrix between two passes over it */
const MOST_BYTES = 160 * 2 ** 20

type Places = Uint16Array | Int32Array
type Values = Uint8Array | Uint16Array | Float32Array | Float64Array

/**
 * Keeps the pieces of a sparse matrix from one pass to the next, in the narrowest type that holds them exactly: unpacking them once
 * more takes longer than all arithmetic. A matrix that would take more than 160 MB is not kept at all.
 */
export class KeptPieces {
  readonly #pieces: { readonly places: Places; readonly values: Values }[] = []
  #bytes = 0
  #open = true
  #complete = false

  /** All pieces are here. */
  get isComplete(): boolean {
    return this.#complete
  }

  /** In the order of the file. */
  keep(places: Int32Array, values: Float64Array, length: number): void {
    if (!this.#open) return
    const piece = { places: narrowPlaces(places, length), values: narrowValues(values, length) }
    this.#bytes += piece.places.byteLength + piece.values.byteLength
    if (this.#bytes > MOST_BYTES) this.giveUp()
    else this.#pieces.push(piece)
  }

  /** After the last piece. */
  finish(): void {
    this.#complete = this.#open
    this.#open = false
  }

  /** A pass that was left early keeps nothing. */
  giveUp(): void {
    if (this.#complete) return
    this.#open = false
    this.#pieces.length = 0
  }

  read(piece: number, places: Int32Array, values: Float64Array): void {
    const kept = this.#pieces[piece]!
    places.set(kept.places)
    values.set(kept.values)
  }
}

function narrowPlaces(places: Int32Array, length: number): Places {
  for (let at = 0; at < length; at++) if (places[at]! >= 2 ** 16) return places.slice(0, length)
  return Uint16Array.from(places.subarray(0, length))
}

function narrowValues(values: Float64Array, length: number): Values {
  let largest = 0
  let whole = true
  let single = true
  for (let at = 0; at < length; at++) {
    const value = values[at]!
    if (value > largest) largest = value
    if (value < 0 || value !== Math.floor(value) || Object.is(value, -0)) whole = false
    if (Math.fround(value) !== value && value === value) single = false
  }
  const numbers = values.subarray(0, length)
  if (whole && largest < 2 ** 8) return Uint8Array.from(numbers)
  if (whole && largest < 2 ** 16) return Uint16Array.from(numbers)
  return single ? Float32Array.from(numbers) : numbers.slice()
}
