/**
 * The generator behind every random number of the program: sfc32, four 32-bit words of state.
 *
 * Each step computes, modulo 2³²,
 *
 *     out = a + b + counter;  counter += 1
 *     a = b ^ (b >> 9);  b = c + (c << 3);  c = rotateLeft(c, 21) + out
 *
 * The counter makes every cycle at least 2³² steps long (expected 2¹²⁷), and since a step is invertible,
 * different starting words never fall on the same state at the same step.
 *
 * Source: C. Doty-Humphrey, PractRand 0.94, `sfc32` (public domain), with its 15 warm-up steps.
 */
export interface Sfc32 {
  /** The next 32 bits as an integer in [0, 2³²). */
  readonly uint32: () => number
  /** [4] a copy of a, b, c and the counter. */
  readonly state: () => Int32Array
  /** @param words [4] as `state` gave them */
  readonly restore: (words: Int32Array) => void
}

const WARM_UP = 15

/** @param a, b, c seed words; only their low 32 bits count */
export function createSfc32(a: number, b: number, c: number): Sfc32 {
  const words = Int32Array.of(a, b, c, 1)

  function uint32(): number {
    const wordB = words[1]!
    const wordC = words[2]!
    const counter = words[3]!
    const out = (words[0]! + wordB + counter) | 0
    words[3] = counter + 1
    words[0] = wordB ^ (wordB >>> 9)
    words[1] = wordC + (wordC << 3)
    words[2] = ((wordC << 21) | (wordC >>> 11)) + out
    return out >>> 0
  }

  for (let step = 0; step < WARM_UP; step++) uint32()
  return { uint32, state: () => words.slice(), restore: (saved) => words.set(saved) }
}
