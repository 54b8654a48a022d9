import { describe, expect, it } from 'vitest'
import {
  DISTRIBUTIONS,
  drawTrainingStudy,
  FAMILY_NAMES,
  TRAINING_FAMILIES,
  type Distribution,
  type TrainingStudy,
} from '../../../../src-main/core/simulate/training'

const SHAPE = { genes: 6, experiments: 5 }
const STUDIES = 400

const many = (distribution: Distribution, count: number): TrainingStudy[] =>
  Array.from({ length: count }, (_, seed) =>
    drawTrainingStudy(seed, SHAPE, distribution, { mostSamples: 400 }),
  )
const training = many('training', STUDIES)
const heldOut = many('held-out', 12)
const share = (of: (study: TrainingStudy) => boolean): number => training.filter(of).length / STUDIES
/** Half width of a 4-sigma interval of a share. */
const slack = (p: number, count: number): number => 4 * Math.sqrt((p * (1 - p)) / count)

const equal = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((x, at) => x === b[at])

interface Move {
  /** absolute mean shift in control sd, and sd over control sd */
  readonly shift: number
  readonly spread: number
}

/** What happened to the targets, of well-sampled experiments against a well-sampled control. */
function targetMoves({ values, starts, targets }: TrainingStudy): Move[] {
  const d = SHAPE.genes
  const n = (k: number): number => starts[k + 1]! - starts[k]!
  const mean = (x: number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length
  const moments = (k: number, j: number): { mean: number; sd: number } => {
    const x = Array.from({ length: n(k) }, (_, row) => values[(starts[k]! + row) * d + j]!)
    return { mean: mean(x), sd: Math.sqrt(mean(x.map((value) => (value - mean(x)) ** 2))) }
  }
  if (n(0) < 50) return []
  return Array.from(targets).flatMap((hit, cell) => {
    const [k, j] = [Math.floor(cell / d) + 1, cell % d]
    if (!hit || n(k) < 20) return []
    const [control, own] = [moments(0, j), moments(k, j)]
    return [{ shift: Math.abs(own.mean - control.mean) / control.sd, spread: own.sd / control.sd }]
  })
}

describe('a training study', { timeout: 60_000 }, () => {
  it.each(DISTRIBUTIONS)('is the same for the same seed and another for the next (%s)', (distribution) => {
    const one = drawTrainingStudy(7, SHAPE, distribution, { mostSamples: 300 })
    expect(drawTrainingStudy(7, SHAPE, distribution, { mostSamples: 300 })).toEqual(one)
    expect(drawTrainingStudy(8, SHAPE, distribution, { mostSamples: 300 }).values).not.toEqual(one.values)
  })

  it('has the shapes that were asked for, finite values and offsets that fit', () => {
    const { genes: d, experiments: K } = SHAPE
    for (const study of [...training, ...heldOut]) {
      const n = study.starts.at(-1)!
      const sizes = Array.from({ length: K }, (_, k) => study.starts[k + 2]! - study.starts[k + 1]!)
      // Latent genes would show as further columns, rows or targets.
      const seen = [study.starts.length, study.starts[0], study.values.length, study.edges.length]
      expect([...seen, study.targets.length]).toEqual([K + 2, 0, n * d, d * d, K * d])
      expect(n <= 400 && Math.min(...sizes) >= 1 && study.values.every(Number.isFinite)).toBe(true)
    }
  })

  it('stays finite for every family at the smallest and at crowded shapes', () => {
    for (const shape of [
      { genes: 2, experiments: 1 },
      { genes: 12, experiments: 100 },
    ])
      for (const name of FAMILY_NAMES) {
        const { distribution } = TRAINING_FAMILIES.find((family) => family.name === name)!
        const study = drawTrainingStudy(3, shape, distribution, { mostSamples: 250, families: [name] })
        expect(FAMILY_NAMES[study.family]).toBe(name)
        expect(study.values.every(Number.isFinite), name).toBe(true)
      }
  })

  it('never comes from a family of the other distribution', () => {
    for (const distribution of DISTRIBUTIONS)
      for (const { family } of { training, 'held-out': heldOut, audit: many('audit', 6) }[distribution])
        expect(TRAINING_FAMILIES[family]!.distribution).toBe(distribution)
  })

  it('is without nuisance where that is asked for, and the same where it was so by chance', () => {
    const plain = Array.from({ length: STUDIES }, (_, seed) =>
      drawTrainingStudy(seed, SHAPE, 'training', { mostSamples: 400, plain: true }),
    )
    const same = share((study) => equal(study.values, plain[training.indexOf(study)]!.values))
    expect(Math.abs(same - 0.12)).toBeLessThan(slack(0.12, STUDIES))
    // Dropout is a nuisance: among genes that are not switched off, a control without counts has no zeros.
    const zeros = (study: TrainingStudy): number =>
      study.values.subarray(0, study.starts[1]! * SHAPE.genes).filter((x) => x === 0).length
    expect(plain.filter((study) => zeros(study) > 0).length).toBeLessThan(
      training.filter((study) => zeros(study) > 0).length / 4,
    )
  })

  it('has weak actions only, and shifts only, where that is asked for', () => {
    const moves = (options: { weak?: boolean; shift?: boolean }): Move[] =>
      Array.from({ length: 60 }, (_, seed) =>
        drawTrainingStudy(seed, SHAPE, 'training', {
          mostSamples: 2000,
          families: ['linear-gaussian'],
          plain: true,
          ...options,
        }),
      ).flatMap(targetMoves)
    const shareOf = (of: Move[], which: (move: Move) => boolean): number =>
      of.filter(which).length / of.length
    const far = ({ shift }: Move): boolean => shift > 1.5
    const otherSpread = ({ spread }: Move): boolean => Math.abs(Math.log(spread)) > Math.log(2)
    const [mixed, weak, shift] = [moves({}), moves({ weak: true }), moves({ shift: true })]
    expect(shareOf(mixed, far)).toBeGreaterThan(0.25)
    expect(shareOf(weak, far)).toBeLessThan(0.1)
    expect(shareOf(mixed, otherSpread)).toBeGreaterThan(0.15)
    expect(shareOf(shift, otherSpread)).toBeLessThan(0.03)
    expect(shareOf(shift, far)).toBeGreaterThan(0.25)
  })

  it('draws families by their weights', () => {
    const weights = TRAINING_FAMILIES.filter(({ distribution }) => distribution === 'training')
    const total = weights.reduce((sum, { weight }) => sum + weight, 0)
    for (const { name, weight } of weights) {
      const expected = weight / total
      const seen = share((study) => FAMILY_NAMES[study.family] === name)
      expect(Math.abs(seen - expected), name).toBeLessThan(slack(expected, STUDIES))
    }
    const kinetic = weights.filter(({ model }) => model === 'hill').reduce((sum, f) => sum + f.weight, 0)
    expect(kinetic / total).toBeGreaterThan(0.28)
  })

  it('has no control in about 12 of 100 studies', () => {
    expect(Math.abs(share((study) => study.starts[1] === 0) - 0.12)).toBeLessThan(slack(0.12, STUDIES))
  })

  it('has experiments without targets in many studies, and studies without any target', () => {
    const free = training.map((study) => {
      let count = 0
      for (let k = 0; k < SHAPE.experiments; k++)
        if (!study.targets.subarray(k * SHAPE.genes, (k + 1) * SHAPE.genes).includes(1)) count++
      return count / SHAPE.experiments
    })
    const mean = free.reduce((sum, value) => sum + value, 0) / STUDIES
    expect(mean).toBeGreaterThan(0.17)
    expect(mean).toBeLessThan(0.37)
    expect(free.filter((value) => value === 1).length / STUDIES).toBeGreaterThan(0.01)
    expect(free.filter((value) => value === 0).length / STUDIES).toBeGreaterThan(0.3)
  })

  it('has at most three targets in an experiment', () => {
    for (const study of training)
      for (let k = 0; k < SHAPE.experiments; k++) {
        const row = study.targets.subarray(k * SHAPE.genes, (k + 1) * SHAPE.genes)
        expect(row.reduce((sum, target) => sum + target, 0)).toBeLessThanOrEqual(3)
      }
  })

  it('keeps to the largest number of samples with many large experiments', () => {
    for (let seed = 0; seed < 60; seed++) {
      const study = drawTrainingStudy(seed, { genes: 3, experiments: 40 }, 'training', { mostSamples: 500 })
      expect(study.starts.at(-1)).toBeLessThanOrEqual(500)
    }
  })
})
