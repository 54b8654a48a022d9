import type { Finding } from '../../../src-shared/contract/dataset-summary'
import { type Dataset, environmentStarts } from '../../../src-shared/domain/dataset'
import { info, listed, plural, quoted, review } from './findings'

/** the floor below which the evidence takes the spread of all samples instead (docs/method.md, section 1) */
const CONTROL_SPREAD = 0.02
const MOST_ZEROS = 0.97
/** fewer control samples say nothing about their spread */
const FEWEST_CONTROLS = 3
const FEW_SAMPLES = 2
/** below this many samples an all-zero column is no sign of dropout */
const ENOUGH_FOR_ZEROS = 34

/** What the data are like that makes a result less certain; nothing is changed. */
export function qualityFindings(dataset: Dataset): Finding[] {
  const { genes, values } = dataset
  const d = genes.length
  const n = dataset.samples.length
  const starts = environmentStarts(dataset.environmentOf, dataset.environments.length)
  const controls = starts[1]!
  const constant: string[] = []
  const stillInControl: string[] = []
  const zeros: string[] = []
  const bySum = new Map<string, number[]>()
  const all = spreads(values, d, 0, n)
  const control = spreads(values, d, 0, controls)
  genes.forEach((gene, column) => {
    const sd = all.sd[column]!
    if (sd === 0) {
      constant.push(gene)
      return
    }
    if (controls >= FEWEST_CONTROLS && control.sd[column]! < 1e-6 + CONTROL_SPREAD * sd)
      stillInControl.push(gene)
    if (n >= ENOUGH_FOR_ZEROS && all.zeros[column]! > MOST_ZEROS * n) zeros.push(gene)
    const key = `${all.sum[column]} ${values[column]} ${values[(n - 1) * d + column]}`
    const group = bySum.get(key)
    if (group) group.push(column)
    else bySum.set(key, [column])
  })
  return [
    ...few(dataset, starts),
    ...flag(
      'constant-gene',
      'info',
      constant,
      'never changes',
      'never change',
      'It stays, without edges.',
      'They stay, without edges.',
    ),
    ...flag(
      'still-in-control',
      'review',
      stillInControl,
      'hardly varies in the control',
      'hardly vary in the control',
      'Small changes of it look large.',
      'Small changes of them look large.',
    ),
    ...flag(
      'mostly-zero',
      'review',
      zeros,
      'is zero in more than 97 % of the samples',
      'are zero in more than 97 % of the samples',
      'Little can be said about it.',
      'Little can be said about them.',
    ),
    ...duplicates(dataset, [...bySum.values()]),
  ]
}

/** Per gene over the rows from … to-1; sums are taken around the first row, so that an offset costs no precision. */
function spreads(
  values: Float64Array,
  d: number,
  from: number,
  to: number,
): { sd: Float64Array; sum: Float64Array; zeros: Int32Array } {
  const sum = new Float64Array(d)
  const squares = new Float64Array(d)
  const zeros = new Int32Array(d)
  for (let row = from; row < to; row++)
    for (let gene = 0; gene < d; gene++) {
      const value = values[row * d + gene]!
      const centred = value - values[from * d + gene]!
      sum[gene]! += centred
      squares[gene]! += centred * centred
      if (value === 0) zeros[gene]!++
    }
  const size = Math.max(1, to - from)
  const sd = squares.map((square, gene) =>
    Math.sqrt(Math.max(0, square - (sum[gene]! * sum[gene]!) / size) / size),
  )
  return { sd, sum, zeros }
}

function flag(
  rule: string,
  level: 'info' | 'review',
  names: readonly string[],
  does: string,
  doMany: string,
  then: string,
  thenMany: string,
): Finding[] {
  if (names.length === 0) return []
  const one = names.length === 1
  const text = `${plural(names.length, 'gene')} (${listed(names)}) ${one ? does : doMany}. ${one ? then : thenMany}`
  return [(level === 'info' ? info : review)(rule, text, { count: names.length, examples: names })]
}

function few(dataset: Dataset, starts: Int32Array): Finding[] {
  const small = dataset.environments
    .map((name, k) => ({ name, size: starts[k + 1]! - starts[k]! }))
    .filter(({ size }) => size >= 1 && size <= FEW_SAMPLES)
  if (small.length === 0) return []
  const [first] = small
  const others = small.length - 1
  const also = others > 0 ? ` The same holds for ${plural(others, 'other experiment')}.` : ''
  const text = `${quoted(first!.name)} has ${plural(first!.size, 'sample')}. It runs, but its probabilities will be wide; 5 or more is better.${also}`
  return [review('few-samples', text, { count: small.length, examples: small.map(({ name }) => name) })]
}

function duplicates(dataset: Dataset, suspects: readonly (readonly number[])[]): Finding[] {
  const { genes, values } = dataset
  const d = genes.length
  const n = dataset.samples.length
  const same = (a: number, b: number): boolean => {
    for (let row = 0; row < n; row++) if (values[row * d + a] !== values[row * d + b]) return false
    return true
  }
  const pairs: string[] = []
  for (const group of suspects)
    for (let i = 1; i < group.length; i++) {
      const twin = group.slice(0, i).find((gene) => same(gene, group[i]!))
      if (twin !== undefined) pairs.push(`${genes[twin]} = ${genes[group[i]!]}`)
    }
  if (pairs.length === 0) return []
  const one = pairs.length === 1
  const text = `${plural(pairs.length, 'pair')} of genes ${one ? 'has' : 'have'} identical values (${listed(pairs, 2)}). Their edges are split between them; leave one out.`
  return [review('identical-genes', text, { count: pairs.length, examples: pairs })]
}
