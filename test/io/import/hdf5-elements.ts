/** A second way to read the numbers of an AnnData file, for files whose layout is known: `hdf5-layouts.json`. */
export interface Place {
  readonly offset: number
  readonly type: 'f4' | 'i1' | 'i4' | 'i8'
  readonly length: number
}

export interface Layout {
  readonly format: 'dense' | 'csr' | 'csc'
  readonly genes: readonly string[]
  readonly samples: readonly string[]
  readonly categories: readonly string[]
  readonly places: Readonly<Record<string, Place>>
}

const BYTES = { f4: 4, i1: 1, i4: 4, i8: 8 } as const

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** position of an element in the file, and its size in bytes */
export const elementAt = ({ offset, type }: Place, index: number): { at: number; size: number } => ({
  at: offset + index * BYTES[type],
  size: BYTES[type],
})

export function elements(bytes: Uint8Array, place: Place): number[] {
  const view = viewOf(bytes)
  return Array.from({ length: place.length }, (_, index) => {
    const { at } = elementAt(place, index)
    if (place.type === 'f4') return view.getFloat32(at, true)
    if (place.type === 'i1') return view.getInt8(at)
    if (place.type === 'i4') return view.getInt32(at, true)
    return Number(view.getBigInt64(at, true))
  })
}

export interface Model {
  /** sample → gene → value, by name */
  readonly value: (sample: string, gene: string) => number
  /** '' = in no experiment */
  readonly experiment: (sample: string) => string
}

/** What the file says by the definition of its format; null where it contradicts itself. */
export function modelOf(bytes: Uint8Array, layout: Layout): Model | null {
  const of = (path: string): number[] => elements(bytes, layout.places[path]!)
  const { genes, samples, categories, format } = layout
  const codes = of('obs/perturbation/codes')
  if (codes.some((code) => code < -1 || code >= categories.length)) return null
  const matrix = format === 'dense' ? of('X') : denseOf(of('X/data'), of('X/indices'), of('X/indptr'), layout)
  if (!matrix) return null
  return {
    value: (sample, gene) => matrix[samples.indexOf(sample) * genes.length + genes.indexOf(gene)]!,
    experiment: (sample) => {
      const label = categories[codes[samples.indexOf(sample)]!] ?? ''
      return label === 'unassigned' ? '' : label
    },
  }
}

/** As scipy's `toarray`: entries in any order, repeated ones added up. [samples, genes] */
function denseOf(data: number[], indices: number[], indptr: number[], layout: Layout): number[] | null {
  const [lines, width] =
    layout.format === 'csr'
      ? [layout.samples.length, layout.genes.length]
      : [layout.genes.length, layout.samples.length]
  const rises = indptr.every((start, line) => start >= (line === 0 ? 0 : indptr[line - 1]!))
  if (indptr[0] !== 0 || !rises || indptr[lines] !== data.length) return null
  if (indices.some((index) => index < 0 || index >= width)) return null
  const matrix = new Array<number>(lines * width).fill(0)
  for (let line = 0; line < lines; line++)
    for (let entry = indptr[line]!; entry < indptr[line + 1]!; entry++) {
      const [sample, gene] = layout.format === 'csr' ? [line, indices[entry]!] : [indices[entry]!, line]
      matrix[sample * layout.genes.length + gene]! += data[entry]!
    }
  return matrix
}
