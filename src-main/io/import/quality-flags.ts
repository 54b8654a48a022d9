import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Finding, FindingChoice } from '../../../src-shared/contract/dataset-summary'
import { type Dataset, environmentStarts } from '../../../src-shared/domain/dataset'
import { diff, info, listed, plural, quoted, review } from './findings'

/** the floor below which the evidence takes the spread of all samples instead (docs/method.md, section 1) */
const CONTROL_SPREAD = 0.02
const MOST_ZEROS = 0.97
/** fewer control samples say nothing about their spread */
const FEWEST_CONTROLS = 3
const FEW_SAMPLES = 2
/** below this many samples an all-zero column is no sign of dropout */
const ENOUGH_FOR_ZEROS = 34

type GeneOptions = Pick<ReadOptions, 'nearConstantGenes' | 'identicalGenes'>

/**
 * What the data are like that makes a result less certain, and the genes that are left out where the user chose so.
 * @param kept genes that stay whatever they are: known targets
 */
export function qualityFindings(
  dataset: Dataset,
  options: GeneOptions,
  kept: ReadonlySet<string> = new Set(),
): { findings: Finding[]; leftOut: ReadonlySet<string> } {
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
  const drop = options.nearConstantGenes === 'drop'
  const weak = [...constant, ...zeros].filter((gene) => !kept.has(gene))
  const twins = identical(dataset, [...bySum.values()])
  const leftOut = new Set([
    ...(drop ? weak : []),
    ...(options.identicalGenes === 'first'
      ? twins.map(({ second }) => second).filter((gene) => !kept.has(gene))
      : []),
  ])
  const findings = [
    ...few(dataset, starts),
    ...flag(
      'constant-gene',
      'info',
      constant,
      'never changes',
      'never change',
      drop ? 'It is left out.' : 'It stays, without edges.',
      drop ? 'They are left out.' : 'They stay, without edges.',
      weakChoice(weak, drop),
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
      drop ? 'It is left out.' : 'Little can be said about it.',
      drop ? 'They are left out.' : 'Little can be said about them.',
      weakChoice(weak, drop),
    ),
    ...duplicates(twins, options.identicalGenes),
  ]
  return { findings, leftOut }
}

const leavingOut = (genes: readonly string[]): ReturnType<typeof diff> =>
  diff(genes.map((gene) => ({ where: gene, before: 'kept', after: 'left out' })))

function weakChoice(genes: readonly string[], drop: boolean): FindingChoice | undefined {
  if (genes.length === 0) return undefined
  return {
    option: 'nearConstantGenes',
    current: drop ? 'drop' : 'keep',
    values: [
      { value: 'drop', label: `Leave out ${plural(genes.length, 'gene')}`, ...leavingOut(genes) },
      { value: 'keep', label: 'Keep them', keeps: true },
    ],
  }
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
  const origin = values.slice(from * d, (from + 1) * d)
  for (let start = from * d; start < to * d; start += d)
    for (let gene = 0; gene < d; gene++) {
      const value = values[start + gene]!
      const centred = value - origin[gene]!
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
  choice?: FindingChoice,
): Finding[] {
  if (names.length === 0) return []
  const one = names.length === 1
  const text = `${plural(names.length, 'gene')} (${listed(names)}) ${one ? does : doMany}. ${one ? then : thenMany}`
  return [(level === 'info' ? info : review)(rule, text, { count: names.length, examples: names, choice })]
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

interface Twins {
  readonly first: string
  readonly second: string
}

function identical({ genes, values, samples }: Dataset, suspects: readonly (readonly number[])[]): Twins[] {
  const d = genes.length
  const same = (a: number, b: number): boolean => {
    for (let row = 0; row < samples.length; row++)
      if (values[row * d + a] !== values[row * d + b]) return false
    return true
  }
  const pairs: Twins[] = []
  for (const group of suspects)
    for (let i = 1; i < group.length; i++) {
      const twin = group.slice(0, i).find((gene) => same(gene, group[i]!))
      if (twin !== undefined) pairs.push({ first: genes[twin]!, second: genes[group[i]!]! })
    }
  return pairs
}

function duplicates(twins: readonly Twins[], choice: 'keep' | 'first'): Finding[] {
  if (twins.length === 0) return []
  const pairs = twins.map(({ first, second }) => `${first} = ${second}`)
  const one = pairs.length === 1
  const done =
    choice === 'first' ? 'Only the first is kept.' : 'Their edges are split between them; leave one out.'
  const text = `${plural(pairs.length, 'pair')} of genes ${one ? 'has' : 'have'} identical values (${listed(pairs, 2)}). ${done}`
  return [
    review('identical-genes', text, {
      count: pairs.length,
      examples: pairs,
      choice: {
        option: 'identicalGenes',
        current: choice,
        values: [
          {
            value: 'first',
            label: 'Keep the first of each',
            ...leavingOut(twins.map(({ second }) => second)),
          },
          { value: 'keep', label: 'Keep both', keeps: true },
        ],
      },
    }),
  ]
}
