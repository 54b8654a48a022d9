import type { UniformSource } from './uniform-source'

/** Start of the tail and area of each of the 128 layers; Doornik (2005), table 1. */
const LAYERS = 128
const TAIL_START = 3.442619855899
const LAYER_AREA = 9.91256303526217e-3

/** [129] right edge of each layer, decreasing from the widened base layer to 0. */
const EDGE = new Float64Array(LAYERS + 1)
/** [128] part of each layer that lies under the layer above, where no density is needed. */
const INNER = new Float64Array(LAYERS)

let density = Math.exp(-0.5 * TAIL_START * TAIL_START)
EDGE[0] = LAYER_AREA / density
EDGE[1] = TAIL_START
for (let layer = 2; layer < LAYERS; layer++) {
  const edge = Math.sqrt(-2 * Math.log(LAYER_AREA / EDGE[layer - 1]! + density))
  EDGE[layer] = edge
  density = Math.exp(-0.5 * edge * edge)
}
for (let layer = 0; layer < LAYERS; layer++) INNER[layer] = EDGE[layer + 1]! / EDGE[layer]!

/**
 * One standard normal draw by the ziggurat method.
 *
 * The density is cut into 128 horizontal layers of equal area; a uniform point of a random layer is kept
 * when it lies under the curve. Layer and position use different bits, without which the draws are
 * measurably dependent.
 *
 * Source: J. A. Doornik, "An improved ziggurat method to generate normal random samples" (2005), after
 * G. Marsaglia and W. W. Tsang, J. Stat. Softw. 5(8) (2000). About 1.03 iterations per draw.
 */
export function zigguratNormal(source: UniformSource): number {
  for (;;) {
    const high = source.uint32()
    const layer = high & (LAYERS - 1)
    // 21 bits of this word and 32 of the next: u is a multiple of 2⁻⁵² in [-1, 1).
    const u = ((high >>> 11) * 4294967296 + source.uint32()) * 2 ** -52 - 1
    if (Math.abs(u) < INNER[layer]!) return u * EDGE[layer]!
    if (layer === 0) return u < 0 ? -tail(source) : tail(source)
    const x = u * EDGE[layer]!
    const lower = Math.exp(-0.5 * (EDGE[layer]! * EDGE[layer]! - x * x))
    const upper = Math.exp(-0.5 * (EDGE[layer + 1]! * EDGE[layer + 1]! - x * x))
    if (upper + source.next() * (lower - upper) < 1) return x
  }
}

/** A normal draw given that it exceeds `TAIL_START`: Marsaglia's rejection from a shifted exponential. */
function tail(source: UniformSource): number {
  for (;;) {
    const x = -Math.log(1 - source.next()) / TAIL_START
    const y = -Math.log(1 - source.next())
    if (y + y >= x * x) return TAIL_START + x
  }
}
