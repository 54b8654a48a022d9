import { Packr } from 'msgpackr/pack'

// Plain maps, no records: records are read through generated code, which a strict content security policy forbids.
const packr = new Packr({
  useRecords: false,
  moreTypes: true,
  variableMapSize: true,
  structuredClone: false,
  useToJSON: false,
})

/** MessagePack with typed arrays kept: each comes back as its own type on its own aligned buffer. */
export function encodeFrame(frame: unknown): Uint8Array<ArrayBuffer> {
  const packed = packr.pack(frame)
  return new Uint8Array(packed)
}

/** @throws when the bytes are not one complete frame */
export function decodeFrame(bytes: Uint8Array): unknown {
  return packr.unpack(bytes)
}
