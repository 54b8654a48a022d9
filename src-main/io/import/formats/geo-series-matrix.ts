import { unreadable } from './not-yet'

export const geoSeriesMatrix = unreadable(
  'GEO series matrix',
  (head) => /^["']?!(Series|Sample)_/.test(head.subarray(0, 200).toString('latin1')),
  (name) =>
    `${name} is a GEO series matrix; this version reads plain text tables. Save the lines between ` +
    '"!series_matrix_table_begin" and "!series_matrix_table_end" as a text file, and name the experiments in a sample sheet.',
)
