/** Shapes that go with the colours of experiments: 7 colours × 4 shapes tell 28 experiments apart without colour alone. */
export const MARK_SHAPES = ['circle', 'square', 'diamond', 'triangle'] as const
export type MarkShape = (typeof MARK_SHAPES)[number]

export interface ExperimentMark {
  readonly shape: MarkShape
  /** `--cat-<colour>` of the tokens; null = hollow, for the control */
  readonly colour: number | null
}

const COLOURS = 7

/** @param environment 0 = control, 1 … K */
export function markOf(environment: number): ExperimentMark {
  if (environment === 0) return { shape: 'circle', colour: null }
  return {
    shape: MARK_SHAPES[(environment - 1) % MARK_SHAPES.length]!,
    colour: ((environment - 1) % COLOURS) + 1,
  }
}

/** Outline of a mark around the origin. @param r half its width */
export function markPath(shape: MarkShape, r: number): string {
  if (shape === 'square') return `M${-r * 0.88} ${-r * 0.88}h${r * 1.76}v${r * 1.76}h${-r * 1.76}z`
  if (shape === 'diamond') return `M0 ${-r * 1.25}L${r * 1.25} 0L0 ${r * 1.25}L${-r * 1.25} 0z`
  if (shape === 'triangle') return `M0 ${-r * 1.15}L${r * 1.15} ${r * 0.9}H${-r * 1.15}z`
  return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`
}
