import type { Rng } from '../../random/rng'
import type { FlatGraph } from './balanced-graph'
import type { CellVariation, Rows } from './cells'
import { ACTION, type Design } from './design'
import { between, chance, logBetween } from './draws'
import type { FamilyName } from './families'
import { quickGamma } from './noise'
import { borrow } from './workspace'

/** How regulators of one gene act together. */
const LOGIC = { sum: 0, all: 1, any: 2, gated: 3 } as const

interface Style {
  readonly logics: boolean
  /** the snapshot that is measured fluctuates about the level that regulates; otherwise they are the same */
  readonly dynamic: boolean
  /** share of genes with production when all activators are silent, and its size */
  readonly basalShare: number
  readonly basalSize: number
  readonly repressors: number
  readonly strength: readonly [number, number]
  /** log sd of production from cell to cell, genes without regulators and others */
  readonly masterNoise: number
  readonly noise: number
  /** dynamic: variance of the snapshot over its mean, and the share of its fluctuation that regulation sees */
  readonly burst: number
  readonly seen: number
  /** log sd of production between cell types */
  readonly typeSpread: number
}

/** log of a level; a silent gene is far below any half response and so has no effect at all */
const SILENT = -700

/**
 * Samples gene regulation at steady state: genes without regulators have a production of their own that
 * differs between cell types and from cell to cell; the others are produced by Hill functions
 * x^n / (x^n + h^n) of their activators and repressors, added, multiplied, joined or gated. Without basal
 * production a gene whose only activator is knocked out is exactly 0.
 *
 * `hill-dynamic` stands in for the chemical Langevin equation at a cost that training can pay: what is
 * measured has the gamma distribution that a birth and death process with bursts has at steady state, and
 * regulation sees a time average of it.
 *
 * @returns [D, N] rates ≥ 0, sample s of gene j at j · N + s; overwritten by the next study
 */
export function sampleHill(
  family: FamilyName,
  graph: FlatGraph,
  design: Design,
  rows: Rows,
  variation: CellVariation,
  rng: Rng,
): Float64Array {
  const D = graph.genes
  const N = rows.count
  const style = drawStyle(family, rng)
  const x = borrow('columns', D * N)
  /** [D, N] log of what regulation sees */
  const logLevel = borrow('log level', D * N)
  const logHalf = new Float64Array(D)
  const hasEffects = new Uint8Array(D)
  for (const cause of graph.source) hasEffects[cause] = 1
  const production = borrow('production', N)

  for (const j of graph.order) {
    const parents = graph.source.subarray(graph.start[j], graph.start[j + 1])
    if (parents.length === 0) fillMaster(production, style, variation, N, rng)
    else regulate(production, parents, logLevel, logHalf, style, N, rng)
    applyFactors(production, j, D, variation, N)
    actOn(production, j, D, design, rows, rng)

    const sd = parents.length === 0 ? style.masterNoise : style.noise
    let sum = 0
    for (let s = 0; s < N; s++) {
      const level = production[s]! * Math.exp(sd * rng.normal())
      let snapshot = level
      let regulating = level
      if (style.dynamic && level > 0) {
        snapshot = style.burst * quickGamma(level / style.burst, rng)
        regulating = level + style.seen * (snapshot - level)
      }
      x[j * N + s] = snapshot
      if (hasEffects[j]) logLevel[j * N + s] = regulating > 1e-300 ? Math.log(regulating) : SILENT
      if (s < rows.reference) sum += regulating
    }
    logHalf[j] = Math.log(Math.max(sum / rows.reference, 1e-3)) + 0.35 * rng.normal()
  }
  return x
}

function drawStyle(family: FamilyName, rng: Rng): Style {
  const dynamic = family === 'hill-dynamic'
  const basal = rng.next()
  const weakest = logBetween(rng, 0.5, 2)
  return {
    logics: family === 'hill-logic',
    dynamic,
    basalShare: basal < 0.4 ? 0 : basal < 0.7 ? between(rng, 0.3, 0.9) : 1,
    basalSize: logBetween(rng, 0.02, 0.5),
    repressors: between(rng, 0, 0.6),
    strength: [weakest, weakest * between(rng, 1.2, 4)],
    masterNoise: logBetween(rng, 0.1, 0.8),
    noise: dynamic ? logBetween(rng, 0.02, 0.3) : logBetween(rng, 0.08, 0.65),
    burst: logBetween(rng, 0.02, 1),
    seen: between(rng, 0.2, 1),
    typeSpread: logBetween(rng, 0.2, 1.2),
  }
}

function fillMaster(
  production: Float64Array,
  style: Style,
  { types, typeOf }: CellVariation,
  N: number,
  rng: Rng,
): void {
  const own = Math.exp(0.8 + 0.5 * rng.normal())
  const level = Float64Array.from({ length: types }, () =>
    types > 1 ? own * Math.exp(style.typeSpread * rng.normal()) : own,
  )
  for (let s = 0; s < N; s++) production[s] = level[typeOf[s]!]!
}

function regulate(
  production: Float64Array,
  parents: Int32Array,
  logLevel: Float64Array,
  logHalf: Float64Array,
  style: Style,
  N: number,
  rng: Rng,
): void {
  const basal = chance(rng, style.basalShare) ? style.basalSize * between(rng, 0.3, 1) : 0
  const logic = style.logics && parents.length > 1 ? rng.int(4) : LOGIC.sum
  const scale = between(rng, style.strength[0], style.strength[1]) * 2
  production.fill(logic === LOGIC.all ? scale : logic === LOGIC.any ? 1 : 0)
  let repressing = 0
  const gate = borrow('gate', logic === LOGIC.gated ? N : 0).fill(1)
  for (const [index, cause] of parents.entries()) {
    // A gate needs something to open or shut.
    const activates = logic === LOGIC.gated ? index % 2 === 0 : rng.next() >= style.repressors
    const strength = between(rng, style.strength[0], style.strength[1])
    const exponent = between(rng, 1, 4)
    const half = logHalf[cause]!
    const sign = activates ? -exponent : exponent
    if (!activates) repressing++
    for (let s = 0; s < N; s++) {
      // 1 / (1 + (h/x)^n) for an activator, the rest to 1 for a repressor
      const response = 1 / (1 + Math.exp(sign * (logLevel[cause * N + s]! - half)))
      if (logic === LOGIC.sum) production[s]! += strength * response
      else if (logic === LOGIC.all) production[s]! *= response
      else if (logic === LOGIC.any) production[s]! *= 1 - response
      else if (activates) production[s]! += strength * response
      else gate[s]! *= response
    }
  }
  for (let s = 0; s < N; s++) {
    let value = production[s]!
    if (logic === LOGIC.any) value = scale * (1 - value)
    else if (logic === LOGIC.gated && repressing > 0) value *= gate[s]!
    production[s] = value + basal
  }
}

function applyFactors(
  production: Float64Array,
  j: number,
  D: number,
  { factors, factor, loading }: CellVariation,
  N: number,
): void {
  for (let f = 0; f < factors; f++) {
    const weight = 0.6 * loading[f * D + j]!
    if (weight !== 0) for (let s = 0; s < N; s++) production[s]! *= Math.exp(weight * factor[f * N + s]!)
  }
}

/** Knock-outs that leave a rest of production, as most do, leave this share. */
const LEAK = 0.02
/** An over-expression of the largest size multiplies production by e^2.2 ≈ 9. */
const LOG_FACTOR_PER_SIZE = 0.55

/** Changes the production of gene j in the experiments that hit it. */
function actOn(production: Float64Array, j: number, D: number, design: Design, rows: Rows, rng: Rng): void {
  let unit = -1
  for (let k = 0; k < design.sizes.length; k++) {
    const kind = design.actionKind[k * D + j]!
    if (kind === ACTION.none) continue
    if (unit < 0) {
      unit = 0
      for (let s = 0; s < rows.reference; s++) unit += production[s]! / rows.reference
    }
    const size = design.actionSize[k * D + j]!
    const up = design.actionSign[k * D + j]! > 0
    const extra = design.actionExtra[k * D + j]!
    const raised = Math.exp(LOG_FACTOR_PER_SIZE * size)
    for (let s = rows.first[k]!; s < rows.first[k + 1]!; s++) {
      if (design.reach < 1 && rng.next() >= design.reach) continue
      const value = production[s]!
      switch (kind) {
        case ACTION.hard:
          production[s] = unit * (up ? raised : 1 / raised)
          break
        case ACTION.shift:
          production[s] = up ? value + 0.7 * size * unit : value / raised
          break
        case ACTION.scale:
          production[s] = value * Math.exp(0.35 * size * rng.normal())
          break
        case ACTION.knockDown:
          production[s] = value * Math.exp(-size)
          break
        case ACTION.knockOut:
          production[s] = extra < 0.6 ? 0 : LEAK * value
          break
        case ACTION.overExpression:
          production[s] = value * raised
          break
        case ACTION.mechanism:
          production[s] = (0.2 + 0.6 * extra) * value + (up ? 1 : 0.1) * unit
          break
      }
    }
  }
}
