const SIGNATURE_AND_HEADER = 8 + 25
const INCHES_PER_METRE = 1 / 0.0254

/** The picture with its density (`pHYs`), which layout programs take its physical size from. */
export function withDensity(png: Uint8Array, dpi: number): Uint8Array {
  const chunk = new Uint8Array(21)
  const view = new DataView(chunk.buffer)
  const perMetre = Math.round(dpi * INCHES_PER_METRE)
  view.setUint32(0, 9)
  chunk.set([0x70, 0x48, 0x59, 0x73], 4) // pHYs
  view.setUint32(8, perMetre)
  view.setUint32(12, perMetre)
  chunk[16] = 1
  view.setUint32(17, crc32(chunk.subarray(4, 17)))
  const dense = new Uint8Array(png.length + chunk.length)
  dense.set(png.subarray(0, SIGNATURE_AND_HEADER))
  dense.set(chunk, SIGNATURE_AND_HEADER)
  dense.set(png.subarray(SIGNATURE_AND_HEADER), SIGNATURE_AND_HEADER + chunk.length)
  return dense
}

/** CRC-32 of the PNG specification (polynomial 0xEDB88320, reflected). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
