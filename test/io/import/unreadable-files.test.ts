import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readDataset } from '../../../src-main/io/import'
import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { read, readFiles, SMALL } from './support'

const bytes = (...values: (number | string)[]): Buffer =>
  Buffer.concat(
    values.map((value) => (typeof value === 'string' ? Buffer.from(value, 'latin1') : Buffer.from([value]))),
  )

describe('files that cannot be read are recognised by content and say what to do instead', () => {
  test.each([
    ['an Excel workbook', 'x.csv', bytes('PK\u0003\u0004', 'stuff xl/workbook.xml'), /is incomplete/],
    [
      'an old Excel workbook',
      'x.xls',
      bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 'x'),
      /CSV UTF-8/,
    ],
    [
      'an h5ad file',
      'x.h5ad',
      bytes(0x89, 'HDF\r\n', 0x1a, '\n...'),
      /^x\.h5ad is damaged: it cannot be read\./,
    ],
    [
      'a 10x h5 file',
      'x.h5',
      bytes(0x89, 'HDF\r\n', 0x1a, '\n...'),
      /^x\.h5 is damaged: it cannot be read\./,
    ],
    [
      'a Matrix Market file',
      'matrix.mtx',
      bytes('%%MatrixMarket matrix coordinate integer general\n1 1 1\n1 1 1\n'),
      /Choose it together with its barcodes\.tsv/,
    ],
    [
      'a GEO series matrix',
      'x.txt',
      bytes('!Series_title\t"T cells"\n!Sample_title\t"a"\n'),
      /Sample descriptions only, no expression values\./,
    ],
    ['a PDF', 'x.csv', bytes('%PDF-1.7\n'), /is a PDF document, not a table/],
    ['an R file', 'x.rds', bytes('X\n\0\0\0\u0003'), /is an R data file/],
    ['a zip', 'x.zip', bytes('PK\u0003\u0004', 'readme.txt'), /is a zip archive/],
    ['unknown bytes', 'x.bin', bytes(1, 2, 0, 3, 4), /holds a zero byte/],
  ])('%s', async (_, name, content, advice) => {
    await expect(readFiles({ [name]: content })).rejects.toMatchObject({
      code: 'DATA_FORMAT',
      message: expect.stringMatching(advice),
    })
    // packed files are told by what is inside
    await expect(readFiles({ [name]: gzipSync(content) })).rejects.toMatchObject({
      code: 'DATA_FORMAT',
      message: expect.stringMatching(advice),
    })
  })
})

describe('files without a table', () => {
  test.each([
    ['an empty file', '', 'DATA_FORMAT', /is empty/],
    ['only comments', '# nothing\n\n# here\n', 'DATA_FORMAT', /only empty or comment lines/],
    ['only a header', 'environment,TP53,MYC\n', 'DATA_FORMAT', /no rows with numbers/],
    ['one column', 'TP53\nMYC\nJUN\n', 'DATA_FORMAT', /only one column/],
    ['no numbers', 'sample,a,b\ns1,x,y\ns2,z,w\ns3,q,r\n', 'DATA_FORMAT', /no (column of|rows with) numbers/],
    ['no header', '0.5,1.5,2.5\n0.5,1.7,2.9\n', 'DATA_FORMAT', /has no header/],
    [
      'an unclosed quotation mark',
      SMALL.replace('drug A', '"drug A'),
      'DATA_FORMAT',
      /quotation mark that is never closed/,
    ],
    ['a zero byte far inside', `${SMALL.repeat(3000)}control,1,\0,3\n`, 'DATA_FORMAT', /zero byte/],
  ] as const)('%s', async (_, content, code, message) => {
    await expect(read(content)).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  })

  test('a file that is gone, and a folder', async () => {
    const options = ReadOptions.parse({ files: ['x'] })
    const gone = readDataset({ files: [{ name: 'gone.csv', path: '/nowhere/gone.csv' }] }, options, {})
    await expect(gone).rejects.toMatchObject({
      code: 'FILE_ACCESS',
      message: expect.stringMatching(/^gone\.csv was not found/),
    })
    const folder = readDataset({ files: [{ name: 'folder', path: import.meta.dirname }] }, options, {})
    await expect(folder).rejects.toMatchObject({ code: 'FILE_ACCESS' })
  })

  test('a gzip file that ends early', async () => {
    const packed = gzipSync(SMALL.repeat(500))
    await expect(read(packed.subarray(0, packed.length - 30))).rejects.toMatchObject({
      code: 'DATA_FORMAT',
      message: 'x.csv is incomplete. Copy or download it again.',
    })
  })

  test('a gzip file with a changed byte', async () => {
    const packed = gzipSync(SMALL.repeat(500))
    packed[packed.length >> 1]! ^= 0xff
    await expect(read(packed)).rejects.toMatchObject({ code: 'DATA_FORMAT' })
  })

  test('a gzip bomb, by ratio and by size', async () => {
    const bomb = gzipSync(Buffer.alloc(4_000_000, '0,'))
    await expect(read(bomb, {}, { limits: { ratioFromBytes: 500_000 } })).rejects.toMatchObject({
      code: 'RESOURCE_LIMIT',
    })
    await expect(read(bomb, {}, { limits: { unpackedBytes: 1_000_000 } })).rejects.toMatchObject({
      code: 'RESOURCE_LIMIT',
    })
  })
})
