/**
 * Replaces the dates in the information of a PDF by that of the record, so that the same run gives the same bytes. The text
 * keeps its length, so that the table of byte positions at the end stays right.
 */
export function withDate(pdf: Uint8Array, iso: string): Uint8Array {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return pdf
  const digits = date.toISOString().replace(/\D/g, '').slice(0, 14)
  const text = Buffer.from(pdf).toString('latin1')
  const dated = text.replace(
    /(\/(?:CreationDate|ModDate) \(D:)\d{14}([+\-Z](?:\d{2}'\d{2}')?\))/g,
    (_, before: string, zone: string) => `${before}${digits}${zone.replace(/[+-]\d{2}'\d{2}'/, "+00'00'")}`,
  )
  // not a Buffer, which some channels take for a plain object
  return new Uint8Array(Buffer.from(dated, 'latin1'))
}
