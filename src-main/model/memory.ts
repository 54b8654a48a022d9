import { AppError } from '../../src-shared/contract/errors'

/**
 * Peak bytes of one pass of the network over d genes and K experiments, inputs and answers included:
 * 2 MB + 1,750 d² + 1,650 K d, and a quarter on top.
 *
 * Origin: growth of the peak resident size over a freshly opened session of the shipped network (32 channels, 4 layers),
 * linux-x64, onnxruntime-node 1.30.0, `node test/bench/model.mjs`: 2 MB at d = K = 20, 7 MB at 50, 24 MB at 100, 93 MB
 * at 200, 70 MB at d = 200 with K = 1, 84 MB at d = 50 with K = 1,000, 362 MB at
 * d = K = 400. It is least where neither dominates.
 */
export function networkBytes(genes: number, experiments: number): number {
  return 1.25 * (2e6 + 1750 * genes * genes + 1650 * experiments * genes)
}

/**
 * The network mixes all experiments and all genes in every layer, so that a study cannot be passed in blocks
 * with the same answer: what does not fit is refused.
 * @throws AppError RESOURCE_LIMIT
 */
export function refuseTooLarge(genes: number, experiments: number, freeBytes: number): void {
  const bytes = networkBytes(genes, experiments)
  if (bytes > SHARE_OF_FREE * freeBytes) throw tooLarge(genes, experiments, freeBytes)
}

export const tooLarge = (genes: number, experiments: number, freeBytes: number): AppError => {
  const bytes = networkBytes(genes, experiments)
  return new AppError(
    'RESOURCE_LIMIT',
    `The learned model needs about ${gigabytes(bytes)} for ${genes} genes and ${experiments} experiments, ${gigabytes(freeBytes)} free. Options: select genes, pool experiments, use the closed form alone.`,
    { bytes, freeBytes },
  )
}

/** The card's memory is known to nobody but the card: that it will not do is told by the pass that fails. */
export const cardTooSmall = (genes: number, experiments: number): AppError => {
  const bytes = networkBytes(genes, experiments)
  return new AppError(
    'RESOURCE_LIMIT',
    `The card has too little free memory: the learned model needs about ${gigabytes(bytes)} of it for ${genes} genes and ${experiments} experiments. Options: end other programs on the card, let the CPU compute it, select genes, use the closed form alone.`,
    { bytes },
  )
}

/** The rest is for the analysis itself and for everybody else. */
const SHARE_OF_FREE = 0.8

function gigabytes(bytes: number): string {
  const size = bytes / 1e9
  return `${size < 9.95 ? size.toFixed(1) : size.toFixed(0)} GB`
}
