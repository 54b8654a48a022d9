import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { settleGeneSymbols } from '../../../src-main/io/import/gene-symbols'
import { knownNames, shareOfSymbols } from '../../../src-main/io/genes/gene-table'
import { findingOf, read, rulesOf } from './support'

const HUMAN = ['TP53', 'MYC', 'GATA1', 'ACTB', 'SEPTIN1', 'EGFR']

describe('the tables of genes', () => {
  test('are the ones whose origin is recorded', () => {
    const folder = resolve(import.meta.dirname, '../../../data/genes')
    const { tables, sources } = JSON.parse(readFileSync(`${folder}/provenance.json`, 'utf8')) as {
      tables: Record<string, { sha256: string; bytes: number }>
      sources: { licence: string }[]
    }
    for (const [name, { sha256, bytes }] of Object.entries(tables)) {
      const packed = readFileSync(`${folder}/${name}.tsv.gz`)
      expect(packed.length).toBe(bytes)
      expect(createHash('sha256').update(packed).digest('hex')).toBe(sha256)
    }
    expect(sources.every(({ licence }) => licence !== '')).toBe(true)
  })

  test('know symbols before identifiers, older symbols and aliases', () => {
    const names = ['TP53', 'ENSG00000141510', '7157', 'SEPT1', 'p53', 'nothing']
    const { of, factors } = knownNames('human', names)!
    expect(names.map((name) => of.get(name)?.kind)).toEqual([
      'symbol',
      'ensembl',
      'entrez',
      'previous',
      'alias',
      undefined,
    ])
    expect(of.get('SEPT1')!.symbols).toEqual(['SEPTIN1'])
    expect([...factors]).toEqual(['TP53'])
    expect(knownNames('mouse', ['Trp53', 'Actb'])!.factors).toEqual(new Set(['Trp53']))
  })
})

describe('the share of current symbols', () => {
  test('is found by binary search, to the first and the last line of the table', () => {
    const folder = resolve(import.meta.dirname, '../../../data/genes')
    const lines = gunzipSync(readFileSync(`${folder}/human.tsv.gz`))
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
    const symbols = lines.map((line) => line.split('\t')[0]!)
    expect(
      shareOfSymbols('human', [symbols[0]!, ...symbols.filter((_, at) => at % 997 === 3), symbols.at(-1)!]),
    ).toBe(1)
    expect(shareOfSymbols('human', ['', '!', 'G01', 'TP53x', 'zzz', 'SEPT1'])).toBe(0)
    expect(shareOfSymbols('mouse', ['Trp53', 'TP53'])).toBe(0.5)
  })
})

describe('gene names against the table', () => {
  const settle = (genes: readonly string[], geneSymbols: 'keep' | 'current' = 'keep') =>
    settleGeneSymbols(genes, null, { geneSymbols })

  test('stay as they are until the user decides, and then change where one gene is meant', () => {
    const genes = [...HUMAN.filter((gene) => gene !== 'SEPTIN1'), 'SEPT1', 'MARCH1']
    const kept = settle(genes)
    expect(kept.genes).toEqual(genes)
    expect(kept.findings[0]).toMatchObject({ rule: 'gene-symbols', level: 'review', count: 2 })
    expect(kept.findings[0]!.choice).toMatchObject({ option: 'geneSymbols', current: 'keep' })
    const current = settle(genes, 'current')
    expect(current.genes).toEqual([...genes.slice(0, -2), 'SEPTIN1', 'MARCHF1'])
    expect(Object.fromEntries(current.originals)).toEqual({ SEPTIN1: 'SEPT1', MARCHF1: 'MARCH1' })
  })

  test('never become the name of another gene of the file', () => {
    const { genes, findings } = settle([...HUMAN, 'SEPT1'], 'current')
    expect(genes).toEqual([...HUMAN, 'SEPT1'])
    expect(findings.map(({ rule }) => rule)).toEqual(['symbols-taken'])
  })

  test('that can stand for several genes are listed and left alone', () => {
    // a former symbol of two genes
    const { genes, findings } = settle([...HUMAN, 'CKMT1'], 'current')
    expect(genes).toContain('CKMT1')
    const ambiguous = findings.find(({ rule }) => rule === 'ambiguous-aliases')
    expect(ambiguous?.examples[0]).toMatch(/^CKMT1 \(\w+ or \w+/)
  })

  test('may be identifiers, with or without a version', () => {
    const ids = ['ENSG00000141510.17', 'ENSG00000136997', 'ENSG00000102145.5']
    const { genes, findings, factors } = settle(ids, 'current')
    expect(genes).toEqual(['TP53', 'MYC', 'GATA1'])
    expect(findings[0]).toMatchObject({ level: 'info', rule: 'gene-symbols' })
    expect(findings[0]!.text).toContain('Ensembl identifiers of human')
    expect(factors).toEqual(new Set(['TP53', 'MYC', 'GATA1']))
    expect(settle(ids).factors).toEqual(new Set(ids))
    expect(settle(['7157', '4609', '2623'], 'current').genes).toEqual(['TP53', 'MYC', 'GATA1'])
  })

  test('of mouse are looked up in the table of mouse, and made-up names in none', () => {
    expect(settle(['Trp53', 'Myc', 'Gata1', 'Actb']).factors).toEqual(new Set(['Trp53', 'Myc', 'Gata1']))
    expect(settle(['G01', 'G02', 'G03', 'G04'])).toMatchObject({ findings: [], factors: new Set() })
  })
})

describe('a file with identifiers', () => {
  const table = [
    'gene,control_1,control_2,control_3,drug_1,drug_2,drug_3',
    'ENSG00000141510,5.1,5.3,5.2,7.1,7.3,7.2',
    'ENSG00000136997,3.2,3.1,3.4,3.3,3.1,3.2',
    'ENSG00000075624,9.1,9.2,9.3,9.1,9.3,9.2',
  ].join('\n')

  test('shows symbols by choice and keeps the identifiers', async () => {
    const kept = await read(table)
    expect(findingOf(kept, 'gene-symbols').level).toBe('info')
    expect(kept.dataset!.measured!.ids).toBeNull()
    const shown = await read(table, { geneSymbols: 'current' })
    expect(shown.dataset!.genes).toEqual(['TP53', 'MYC', 'ACTB'])
    expect(shown.dataset!.measured!.ids).toEqual(['ENSG00000141510', 'ENSG00000136997', 'ENSG00000075624'])
    expect(rulesOf(shown)).toContain('gene-symbols')
  })
})
