import { beforeAll, describe, expect, it } from 'vitest'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { edgesTsv, targetsTsv } from '../../../src-main/io/result/tables'
import { smallDataset, smallResult } from './small-result'

let result: AnalysisResult
let edges: Record<string, string>[]
let targets: Record<string, string>[]

function rowsOf(tsv: string): Record<string, string>[] {
  const [header, ...lines] = tsv.slice(0, -1).split('\n')
  const names = header!.split('\t')
  return lines.map((line) => {
    const cells = line.split('\t')
    expect(cells).toHaveLength(names.length)
    return Object.fromEntries(names.map((name, index) => [name, cells[index]!]))
  })
}

beforeAll(async () => {
  result = await smallResult({
    constraints: {
      required: [{ source: 'C', target: 'D' }],
      forbidden: [{ source: 'A', target: 'B' }],
      tiers: [['E'], ['F']],
    },
  })
  edges = rowsOf(edgesTsv(result))
  targets = rowsOf(targetsTsv({ ...result.targets, genes: result.genes, environments: result.environments }))
})

describe('edges.tsv', () => {
  it('has exactly the agreed columns', () => {
    expect(edgesTsv(result).split('\n')[0]).toBe(
      'source\ttarget\tprobability\tlog_odds\teffect\tsign\tconstraint',
    )
  })

  it('lists every ordered pair of different genes once, most probable first', () => {
    expect(new Set(edges.map(({ source, target }) => `${source}>${target}`)).size).toBe(6 * 5)
    const odds = edges.map(({ log_odds }) => Number(log_odds))
    expect(odds).toEqual([...odds].sort((a, b) => b - a))
  })

  it('keeps the full precision of every number', () => {
    for (const { source, target, probability, effect } of edges) {
      const pair = result.genes.indexOf(source!) * 6 + result.genes.indexOf(target!)
      expect(Number(probability)).toBe(result.edges.probability[pair])
      if (effect !== 'NA') expect(Number(effect)).toBe(result.edges.effect[pair])
    }
  })

  it('marks what the user had decided, and the posterior obeys it', () => {
    const edge = (from: string, to: string) =>
      edges.find(({ source, target }) => source === from && target === to)
    expect(edge('C', 'D')).toMatchObject({ constraint: 'required', probability: '1' })
    expect(edge('A', 'B')).toMatchObject({ constraint: 'forbidden', probability: '0' })
    expect(edge('F', 'E')).toMatchObject({ constraint: 'tier', probability: '0' })
    expect(edge('E', 'F')).toMatchObject({ constraint: '' })
  })

  it('tells a sign only where the interval of the effect leaves out zero', () => {
    expect(new Set(edges.map(({ sign }) => sign)).size).toBeGreaterThan(1)
    for (const { source, target, sign } of edges) {
      const pair = result.genes.indexOf(source!) * 6 + result.genes.indexOf(target!)
      const [effect, sd] = [result.edges.effect[pair]!, result.edges.effectSd[pair]!]
      if (sign !== '?') {
        expect(sign).toBe(effect > 0 ? '+' : '-')
        expect(Math.abs(effect)).toBeGreaterThanOrEqual(1.96 * sd)
      }
    }
  })
})

describe('targets.tsv', () => {
  it('has exactly the agreed columns', () => {
    const [header] = targetsTsv({
      ...result.targets,
      genes: result.genes,
      environments: result.environments,
    }).split('\n')
    expect(header).toBe(
      'experiment\tgene\tprobability\tlog_odds\trank\tkind\tlist_fdr\tobserved_shift\tpredicted_shift',
    )
  })

  it('lists every experiment with every gene, by rank', () => {
    expect(targets).toHaveLength(4 * 6)
    for (const environment of result.environments) {
      const ranks = targets
        .filter(({ experiment }) => experiment === environment)
        .map(({ rank }) => Number(rank))
      expect(ranks).toEqual([1, 2, 3, 4, 5, 6])
    }
  })
})

describe('names that a spreadsheet would run as a formula', () => {
  it('get a leading apostrophe, and tabs cannot break the table', async () => {
    const genes = ['=cmd()', '+A', '-B', '@C', '\tD', 'E\tF']
    const odd = await smallResult({}, smallDataset(genes))
    const names = new Set(rowsOf(edgesTsv(odd)).map(({ source }) => source))
    expect(names).toEqual(new Set(["'=cmd()", "'+A", "'-B", "'@C", "' D", 'E F']))
  })
})
