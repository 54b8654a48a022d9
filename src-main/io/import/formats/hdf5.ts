import { startsWith, unreadable } from './not-yet'

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]

/** AnnData `.h5ad` and 10x `.h5`: both are HDF5. */
export const hdf5 = unreadable(
  'HDF5',
  (head) => startsWith(head, SIGNATURE),
  (name) =>
    /\.h5ad$/i.test(name)
      ? `${name} is an AnnData file; this version reads text tables. In Python: ` +
        "`a = anndata.read_h5ad('x.h5ad'); d = a.to_df(); d.insert(0, 'environment', a.obs['condition'].values); d.to_csv('x.csv')`."
      : `${name} is an HDF5 file; this version reads text tables. Export the matrix as CSV with one row per sample, ` +
        'an `environment` column and one column per gene.',
)
