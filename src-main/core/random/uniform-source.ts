/** What the samplers of single distributions need from a generator. */
export interface UniformSource {
  /** An integer in [0, 2³²), all 32 bits random. */
  uint32(): number
  /** A multiple of 2⁻⁵³ in [0, 1). */
  next(): number
}
