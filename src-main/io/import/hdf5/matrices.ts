/** Numbers by row and column; a line is a row or a column, whichever lies in consecutive memory. */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly linesAre: 'rows' | 'columns'
  readonly at: (row: number, column: number) => number
  /** the first values of a line, as many as fit */
  readonly line: (index: number, into: Float64Array) => void
}

export class DenseMatrix implements Matrix {
  readonly linesAre = 'rows'

  /** @param values [rows, columns] row-major */
  constructor(
    readonly rows: number,
    readonly columns: number,
    readonly values: Float32Array | Float64Array,
  ) {}

  at(row: number, column: number): number {
    return this.values[row * this.columns + column]!
  }

  line(row: number, into: Float64Array): void {
    const start = row * this.columns
    const length = Math.min(this.columns, into.length)
    for (let column = 0; column < length; column++) into[column] = this.values[start + column]!
  }
}

export class SparseMatrix implements Matrix {
  readonly linesAre: 'rows' | 'columns'

  /**
   * @param starts [lines + 1] where each line begins in `positions` and `values`
   * @param positions place of each value within its line; in any order, a repeated place adds up
   */
  constructor(
    linesAre: 'rows' | 'columns',
    readonly rows: number,
    readonly columns: number,
    readonly starts: Float64Array,
    readonly positions: Int32Array,
    readonly values: Float32Array | Float64Array,
  ) {
    this.linesAre = linesAre
  }

  at(row: number, column: number): number {
    const [line, place] = this.linesAre === 'rows' ? [row, column] : [column, row]
    let sum = 0
    for (let index = this.starts[line]!; index < this.starts[line + 1]!; index++)
      if (this.positions[index] === place) sum += this.values[index]!
    return sum
  }

  line(line: number, into: Float64Array): void {
    into.fill(0)
    for (let index = this.starts[line]!; index < this.starts[line + 1]!; index++) {
      const place = this.positions[index]!
      if (place < into.length) into[place]! += this.values[index]!
    }
  }
}

/** Rows and columns change places; the numbers stay where they are. */
export function transposed(matrix: Matrix): Matrix {
  return {
    rows: matrix.columns,
    columns: matrix.rows,
    linesAre: matrix.linesAre === 'rows' ? 'columns' : 'rows',
    at: (row, column) => matrix.at(column, row),
    line: (index, into) => matrix.line(index, into),
  }
}
