import { AppError } from '../../../../src-shared/contract/errors'
import { listed } from '../findings'
import { openHdf5 } from '../hdf5/hdf5-file'
import { HDF5_SIGNATURE } from '../hdf5/superblock'
import { wholeFile } from '../whole-file'
import { isAnnData, readAnnData } from './anndata'
import { startsWith } from './not-yet'
import type { TableReader } from './table-reader'
import { isTenx, readTenx } from './tenx-h5'

/** AnnData `.h5ad` and 10x `.h5`, told apart by what is inside. */
export const hdf5: TableReader = {
  format: 'HDF5',
  // a file that is named so but damaged at its beginning is told about as what it should be
  recognises: (head, fileName) => startsWith(head, HDF5_SIGNATURE) || /\.(h5ad|h5)(\.gz)?$/i.test(fileName),
  read: async (file, request) => {
    const whole = await wholeFile(file, request)
    try {
      const { root, close } = await openHdf5(file, whole.path)
      let kind: 'anndata' | 'tenx' | null
      let inside: string[]
      try {
        kind = isAnnData(root) ? 'anndata' : isTenx(root) ? 'tenx' : null
        inside = root.names
      } finally {
        close()
      }
      if (kind === 'anndata') return await readAnnData(file, whole, request)
      if (kind === 'tenx') return await readTenx(file, whole, request)
      throw new AppError(
        'DATA_FORMAT',
        `${file.name} is an HDF5 file, but neither AnnData nor 10x. It holds ${inside.length === 0 ? 'nothing' : listed(inside)}. Save the values with AnnData (\`a.write_h5ad\`) or as CSV.`,
      )
    } finally {
      await whole.release()
    }
  },
}
