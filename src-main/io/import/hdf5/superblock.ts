import { open } from 'node:fs/promises'
import { AppError } from '../../../../src-shared/contract/errors'
import { gigabytes } from '../findings'
import type { SourceFile } from '../types'

/** The first eight bytes of every HDF5 file without a user block. */
export const HDF5_SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]

const NEEDED = 64

/**
 * Size that the file itself declares, from the superblock (HDF5 File Format Specification 3.0, section II.A): the end-of-file
 * address. null when the superblock is of an unknown version or uses offsets of another size than eight bytes.
 */
export function declaredSize(head: Buffer): number | null {
  const version = head[8]
  const offsets = version === 0 || version === 1 ? head[13] : head[9]
  if (offsets !== 8) return null
  const position = version === 0 ? 40 : version === 1 ? 44 : version === 2 || version === 3 ? 28 : null
  return position === null ? null : Number(head.readBigUInt64LE(position))
}

/** @throws AppError DATA_FORMAT when the file is no HDF5 file or shorter than it says itself */
export async function checkComplete(file: SourceFile, path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    const head = Buffer.alloc(NEEDED)
    await handle.read(head, 0, NEEDED, 0)
    if (!HDF5_SIGNATURE.every((byte, index) => head[index] === byte))
      throw new AppError(
        'DATA_FORMAT',
        `${file.name} is not an HDF5 file, although its name says so. Copy or download it again.`,
      )
    const declared = declaredSize(head)
    const { size } = await handle.stat()
    if (declared !== null && size < declared)
      throw new AppError(
        'DATA_FORMAT',
        `${file.name} is incomplete (${gigabytes(size, declared)}). Copy or download it again.`,
        { bytes: size, declaredBytes: declared },
      )
  } finally {
    await handle.close()
  }
}
