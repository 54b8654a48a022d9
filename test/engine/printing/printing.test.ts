import { describe, expect, it } from 'vitest'
import { withDate } from '../../../src-main/engine/printing/pdf-date'
import { withDensity } from '../../../src-shared/domain/png-density'

describe('density of a PNG', () => {
  it('stands in a chunk after the header with the checksum that the format wants', () => {
    const png = Buffer.concat([Buffer.alloc(33, 1), Buffer.from('rest')])
    const dense = Buffer.from(withDensity(png, 300))
    expect(dense.length).toBe(png.length + 21)
    expect(dense.subarray(0, 33)).toEqual(png.subarray(0, 33))
    // as other programs write 300 dpi: 11811 pixels per metre; the checksum is the one that libpng writes
    expect(dense.subarray(33, 54).toString('hex')).toBe('000000097048597300002e2300002e230178a53f76')
    expect(dense.subarray(54).toString()).toBe('rest')
  })
})

describe('date of a PDF', () => {
  it('becomes that of the record without moving anything', () => {
    const pdf = Buffer.from(
      "x /CreationDate (D:20261125233214+01'00')\n/ModDate (D:20261125233214+01'00')> y",
    )
    const dated = Buffer.from(withDate(pdf, '2026-11-23T12:04:05.000Z'))
    expect(dated.toString()).toBe(
      "x /CreationDate (D:20261123120405+00'00')\n/ModDate (D:20261123120405+00'00')> y",
    )
    expect(dated.length).toBe(pdf.length)
  })

  it('stays when the record has none', () => {
    const pdf = Buffer.from("/CreationDate (D:20261125233214+00'00')")
    expect(withDate(pdf, 'yesterday')).toEqual(pdf)
  })
})
