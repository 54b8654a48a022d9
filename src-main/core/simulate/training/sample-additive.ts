import type { Rng } from '../../random/rng'
import type { FlatGraph } from './balanced-graph'
import type { CellVariation, Rows } from './cells'
import { COLUMN_MECHANISMS, type ColumnMechanismName } from './column-mechanisms'
import { ACTION, type Design } from './design'
import { between, chance, columnMoments, logBetween, pick } from './draws'
import type { FamilyName } from './families'
import { fillNoise, type NoiseKind } from './noise'
import { borrow } from './workspace'

/** What the additive-noise families draw once per study. */
interface Style {
  readonly mechanisms: readonly ColumnMechanismName[]
  readonly noises: readonly NoiseKind[]
  readonly heteroscedastic: boolean
  /** of Student's t */
  readonly df: number
  /** range of the share of the parents in the variance of a gene */
  readonly signalShare: readonly [number, number]
  /** sd of a cell type's offset, and the share of genes with parents that have one too */
  readonly typeOffset: number
  readonly typedEffects: number
  /** > 0: linear with normal-Wishart parameters of this many degrees of freedom */
  readonly wishart: number
}

const ANY_MECHANISM: readonly ColumnMechanismName[] = [
  'linear',
  'polynomial',
  'fourier',
  'sigmoid',
  'perceptron',
]
const SKEWED: readonly NoiseKind[] = ['laplace', 'uniform', 'exponential', 'student-t']

/**
 * Samples an additive-noise study: x_j = a·f_j(parents) + b·s_j(parents)·noise + cell type + factors, every
 * gene brought to mean 0 and sd 1 under control, so that no variance tells causes from effects.
 *
 * In the family `linear-gaussian` the coefficients are those of the normal-Wishart prior,
 * σ_j² = 1/χ²(ν + |parents|), w_ij ~ N(0, σ_j²): the only prior under which Markov-equivalent graphs explain
 * control data equally well (Geiger and Heckerman, Annals of Statistics 30 (2002) 1412–1440), so that
 * nothing but experiments can orient a reversible edge. Half of `linear-non-gaussian` is drawn so too.
 *
 * @returns [D, N] sample s of gene j at j · N + s; overwritten by the next study
 */
export function sampleAdditive(
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
  /** [D] sd of each gene before it was brought to sd 1 */
  const ownSd = new Float64Array(D).fill(1)
  const signal = borrow('signal', N)
  const noise = borrow('noise', N)
  const base = borrow('base', N)
  const studyNoise = pick(rng, style.noises)
  const sameNoise = chance(rng, 0.6)

  for (const j of graph.order) {
    const parents = graph.source.subarray(graph.start[j], graph.start[j + 1])
    const offset = parents.map((parent) => parent * N)
    fillNoise(sameNoise ? studyNoise : pick(rng, style.noises), style.df, noise, N, rng)
    signal.fill(0)
    if (parents.length > 0) {
      if (style.wishart > 0) addWishartSignal(style.wishart, x, parents, ownSd, signal, noise, N, rng)
      else {
        COLUMN_MECHANISMS[pick(rng, style.mechanisms)](x, offset, N, signal, rng)
        if (style.heteroscedastic) scaleNoise(x, offset, noise, rows, rng)
        blend(signal, noise, between(rng, style.signalShare[0], style.signalShare[1]), rows)
      }
    } else if (style.wishart > 0) {
      const sd = 1 / Math.sqrt(2 * rng.gamma(style.wishart / 2))
      for (let s = 0; s < N; s++) noise[s]! *= sd
    }
    for (let s = 0; s < N; s++) base[s] = signal[s]! + noise[s]!
    const { sd: spread } = columnMoments(base, rows.reference)
    addVariation(base, j, D, spread, style, parents.length === 0, variation, rows, rng)
    const { mean, sd } = columnMoments(base, rows.reference)
    ownSd[j] = sd
    for (let s = 0; s < N; s++) x[j * N + s] = (base[s]! - mean) / sd
    actOn(j, x, signal, noise, sd, graph.genes, design, rows, rng)
  }
  return x
}

function drawStyle(family: FamilyName, rng: Rng): Style {
  const style: Style = {
    mechanisms: ANY_MECHANISM,
    noises: chance(rng, 0.6) ? ['normal'] : ['normal', ...SKEWED],
    heteroscedastic: false,
    df: between(rng, 5, 10),
    signalShare: [between(rng, 0.03, 0.3), between(rng, 0.6, 0.97)],
    typeOffset: logBetween(rng, 0.3, 2.5),
    typedEffects: chance(rng, 0.5) ? 0 : between(rng, 0, 0.5),
    wishart: 0,
  }
  switch (family) {
    case 'linear-gaussian':
      return { ...style, noises: ['normal'], wishart: between(rng, 1.5, 4) }
    case 'linear-non-gaussian':
      return {
        ...style,
        mechanisms: ['linear'],
        noises: SKEWED,
        wishart: chance(rng, 0.5) ? between(rng, 1.5, 4) : 0,
      }
    case 'heteroscedastic':
      return { ...style, mechanisms: ['linear', 'sigmoid', 'perceptron'], heteroscedastic: true }
    case 'audit-er':
    case 'audit-sf-causes':
    case 'audit-sf-effects':
      return { ...style, mechanisms: ['linear'], noises: ['normal'], signalShare: [0.25, 0.9] }
    case 'heavy-tailed':
      return { ...style, noises: ['student-t'], heteroscedastic: true, df: between(rng, 2.6, 4) }
    case 'polynomial':
    case 'fourier':
    case 'sigmoid':
    case 'perceptron':
    case 'gp-product':
    case 'bump':
    case 'step':
    case 'interaction':
      return { ...style, mechanisms: [family] }
    default:
      return style
  }
}

function addWishartSignal(
  df: number,
  x: Float64Array,
  parents: Int32Array,
  ownSd: Float64Array,
  signal: Float64Array,
  noise: Float64Array,
  N: number,
  rng: Rng,
): void {
  const sd = 1 / Math.sqrt(2 * rng.gamma((df + parents.length) / 2))
  for (const parent of parents) {
    const weight = sd * rng.normal() * ownSd[parent]!
    for (let s = 0; s < N; s++) signal[s]! += weight * x[parent * N + s]!
  }
  for (let s = 0; s < N; s++) noise[s]! *= sd
}

/** Multiplies the noise by 0.25 + σ(1.5 g), g a random linear function of the parents; mean square 1 in control. */
function scaleNoise(x: Float64Array, offset: Int32Array, noise: Float64Array, rows: Rows, rng: Rng): void {
  const N = rows.count
  const weight = Float64Array.from(offset, () => 1.5 * rng.normal())
  const bias = 0.45 * rng.normal()
  const scale = borrow('noise scale', N)
  let squares = 0
  for (let s = 0; s < N; s++) {
    let g = bias
    for (let a = 0; a < offset.length; a++) g += weight[a]! * x[offset[a]! + s]!
    const value = 0.25 + 1 / (1 + Math.exp(-g))
    scale[s] = value
    if (s < rows.reference) squares += value * value
  }
  const norm = Math.sqrt(rows.reference / squares)
  for (let s = 0; s < N; s++) noise[s]! *= norm * scale[s]!
}

/** Centres the signal and weighs it and the noise so that the signal has this share of the variance. */
function blend(signal: Float64Array, noise: Float64Array, share: number, rows: Rows): void {
  const { mean, sd } = columnMoments(signal, rows.reference)
  // A mechanism that is flat where its parents are leaves noise alone instead of amplified rounding.
  const gain = sd > 1e-9 ? Math.sqrt(share) / sd : 0
  const weight = Math.sqrt(1 - share)
  for (let s = 0; s < rows.count; s++) {
    signal[s] = (signal[s]! - mean) * gain
    noise[s]! *= weight
  }
}

function addVariation(
  base: Float64Array,
  j: number,
  D: number,
  unit: number,
  style: Style,
  isRoot: boolean,
  { types, typeOf, factors, factor, loading }: CellVariation,
  rows: Rows,
  rng: Rng,
): void {
  const N = rows.count
  if (types > 1 && (isRoot || chance(rng, style.typedEffects))) {
    const offset = Float64Array.from({ length: types }, () => unit * style.typeOffset * rng.normal())
    for (let s = 0; s < N; s++) base[s]! += offset[typeOf[s]!]!
  }
  for (let f = 0; f < factors; f++) {
    const weight = unit * loading[f * D + j]!
    if (weight !== 0) for (let s = 0; s < N; s++) base[s]! += weight * factor[f * N + s]!
  }
}

/** The lowest expression of an additive gene, in control sd below its mean: where a knock-out puts it. */
const FLOOR = -2.2

/** Changes gene j in the experiments that hit it. Values are in control sd from the control mean. */
function actOn(
  j: number,
  x: Float64Array,
  signal: Float64Array,
  noise: Float64Array,
  sd: number,
  D: number,
  design: Design,
  rows: Rows,
  rng: Rng,
): void {
  const N = rows.count
  for (let k = 0; k < design.sizes.length; k++) {
    const kind = design.actionKind[k * D + j]!
    if (kind === ACTION.none) continue
    const size = design.actionSize[k * D + j]!
    const signed = size * design.actionSign[k * D + j]!
    const extra = design.actionExtra[k * D + j]!
    for (let s = rows.first[k]!; s < rows.first[k + 1]!; s++) {
      if (design.reach < 1 && rng.next() >= design.reach) continue
      const at = j * N + s
      const value = x[at]!
      switch (kind) {
        case ACTION.hard:
          x[at] = signed + (0.1 + 0.9 * extra) * rng.normal()
          break
        case ACTION.shift:
          x[at] = value + signed
          break
        case ACTION.scale:
          // noise four times as large down to a fifth, by the same gene in all samples
          x[at] = value + (noise[s]! / sd) * (extra < 0.6 ? size : 1 / (1 + size) - 1)
          break
        case ACTION.knockDown:
          x[at] = FLOOR + Math.exp(-size) * (value - FLOOR)
          break
        case ACTION.knockOut:
          x[at] = FLOOR - 0.5 * extra
          break
        case ACTION.overExpression:
          x[at] = value + size
          break
        case ACTION.mechanism:
          x[at] = value + (signal[s]! / sd) * (1.4 * (extra - 0.5) - 1) + 0.5 * signed
          break
      }
    }
  }
}
