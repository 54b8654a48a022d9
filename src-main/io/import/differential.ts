import type { Transform } from '../../../src-shared/domain/dataset'
import type { DifferentialExpression } from '../../../src-shared/domain/differential'
import { type GroupFits, moderatedT } from '../../core/differential/moderated-t'
import type { GeneStatistics } from './gene-statistics'

/** Differential expression of all genes of the file. @param analysed genes that stay however large the table is */
export function differentialOf(
  { fits, design }: NonNullable<GeneStatistics['groups']>,
  transform: Transform,
  analysed: Int32Array,
): DifferentialExpression {
  return moderatedT(inLog2(fits, transform), design, new Set(analysed))
}

/** Logarithms of the program are natural ones; fold changes are told to base 2. */
function inLog2(fits: GroupFits, transform: Transform): GroupFits {
  if (transform === 'none') return fits
  const { logFoldChange, averageExpression, variance } = fits
  return {
    genes: fits.genes,
    logFoldChange: divide(logFoldChange, Math.LN2),
    averageExpression: divide(averageExpression, Math.LN2),
    variance: divide(variance, Math.LN2 ** 2),
  }
}

/** In place: the fits are nobody else's. */
function divide<A extends Float32Array | Float64Array>(values: A, by: number): A {
  for (let at = 0; at < values.length; at++) values[at]! /= by
  return values
}
