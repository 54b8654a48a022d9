import { startsWithText, unreadable } from './not-yet'

export const matrixMarket = unreadable(
  'Matrix Market',
  (head) => startsWithText(head, '%%MatrixMarket'),
  (name) =>
    `${name} is a sparse 10x / Matrix Market matrix without names; this version reads text tables. ` +
    'Load the folder in Scanpy or Seurat, average the cells of each experiment and replicate, and save the table as CSV.',
)
