import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { damagedName } from '../../../src-main/io/import/excel-damage'
import { matchingName } from '../../../src-main/io/import/gene-names'
import { editDistance, looseKey, nearest } from '../../../src-main/io/import/nearest'
import { decimalOf, emptyTally, parseCell, TEXT } from '../../../src-main/io/import/number-cell'
import { geneLikeness, orientationScore } from '../../../src-main/io/import/orientation'
import { groupBySampleName } from '../../../src-main/io/import/sample-name-groups'
import { isControlWord, mentionsControl } from '../../../src-main/io/import/words'

describe('numbers', () => {
  test('read back what JavaScript writes, with either decimal sign', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseCell(String(value), 'point', emptyTally())).toBe(value + 0)
        expect(parseCell(String(value).replace('.', ','), 'comma', emptyTally())).toBe(value + 0)
      }),
    )
  })

  test('any string is a finite number, missing or text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."0123456789.,-+eExX \u00A0\u2212'NAinf#/") }),
        (text) => {
          for (const decimal of ['point', 'comma'] as const) {
            const value = parseCell(text, decimal, emptyTally())
            expect(Number.isFinite(value) || Number.isNaN(value) || value === TEXT).toBe(true)
            if (!/\d/.test(text)) expect(Number.isFinite(value)).toBe(false)
          }
        },
      ),
    )
  })

  test.each([
    [['1,234', '5,678'], 'ambiguous'],
    [['1,234', '0,5'], 'comma'],
    [['1,234', '0.5'], 'point'],
    [['1,234,567', '1,234'], 'point'],
    [['1234,567'], 'comma'],
    [['1.234', '0,5'], 'comma'],
    [['1', '2'], 'point'],
  ])('%j has the decimal sign: %s', (cells, expected) => {
    const tally = emptyTally()
    for (const cell of cells) parseCell(cell, 'point', tally)
    expect(decimalOf(tally)).toBe(expected)
  })
})

describe('gene names', () => {
  test.each([
    'TP53',
    'Trp53',
    'ENSG00000141510',
    'ENSMUSG00000059552.13',
    'YAL001C',
    'AT1G01010',
    'FBgn0000008',
    '1007_s_at',
    'G01',
    'WT1',
    'C9orf72',
    '1-Sep',
  ])('%s looks like a gene', (name) => expect(geneLikeness(name)).toBeGreaterThan(0))

  test.each([
    'ctrl_1',
    'drugA_rep2',
    'TP53-kd.3',
    'GSM1234567',
    'SRR001',
    'AAACCTGAGAAACCAT-1',
    'WT_2',
    'sample3',
    'x.bam',
    'DMSO',
  ])('%s looks like a sample', (name) => expect(geneLikeness(name)).toBeLessThan(0))

  test.each([
    ['1-Sep', 'SEPTIN1'],
    ['Sep-01', 'SEPTIN1'],
    ['14-Sep', 'SEPTIN14'],
    ['1-Dec', 'DELEC1'],
    ['1-Mar', 'MARCHF1 MTARC1'],
    ['Mar-02', 'MARCHF2 MTARC2'],
    ['3-Mar', 'MARCHF3'],
    ['15-Sep', 'SELENOF'],
    ['2006/09/02', ''],
    ['2.31E+13', ''],
    ['13-Sep', ''],
  ])('%s is damaged, and it was one of: %s', (name, candidates) =>
    expect(damagedName(name)?.candidates.join(' ')).toBe(candidates),
  )

  test('mouse names are suggested as mouse names', () => {
    expect(damagedName('1-Sep', 'mouse')?.candidates).toEqual(['Septin1'])
    expect(damagedName('1-Dec', 'mouse')?.candidates).toEqual([])
  })

  test.each(['SEPT1', 'MARCH1', 'DEC1', 'MAR', 'Sept9', '7157', 'AT1G01010', 'NOV', 'ENSG00000141510.18'])(
    '%s is not damaged',
    (name) => expect(damagedName(name)).toBeNull(),
  )

  test('match without the Ensembl version, but the copy on Y is another gene', () => {
    expect(matchingName('ENSG00000002586.20')).toBe('ENSG00000002586')
    expect(matchingName('ENSG00000002586.20_PAR_Y')).toBe('ENSG00000002586_PAR_Y')
    expect(matchingName('HLA.1')).toBe('HLA.1')
  })
})

describe('orientation', () => {
  const base = { corner: '', rows: 10, complete: true, sheetSamples: [] }
  const genes = ['TP53', 'MYC', 'JUN']
  const samples = ['ctrl_1', 'ctrl_2', 'kd_1']

  test('turns its sign when header and first column change places', () => {
    const a = orientationScore({ ...base, header: samples, firstColumn: genes })
    const b = orientationScore({ ...base, header: genes, firstColumn: samples })
    expect(a).toBeGreaterThan(1)
    expect(b).toBeCloseTo(-a, 10)
  })

  test.each([
    ['gene', 1],
    ['ID_REF', 1],
    ['Symbol', 1],
    ['sample', -1],
    ['barcode', -1],
    ['cell', -1],
  ])('the corner %s decides where names say nothing', (corner, sign) => {
    const score = orientationScore({
      ...base,
      corner,
      header: ['x9x9x', 'y8y8y'],
      firstColumn: ['p7p7p', 'q6q6q'],
    })
    expect(Math.sign(score)).toBe(sign)
    expect(Math.abs(score)).toBeGreaterThan(1)
  })

  test('a shape alone does not decide', () => {
    const score = orientationScore({
      ...base,
      rows: 5000,
      header: ['x9x9x', 'y8y8y'],
      firstColumn: ['p7p7p', 'q6q6q'],
    })
    expect(Math.abs(score)).toBeLessThan(0.3)
  })
})

describe('sample names', () => {
  test.each([
    [
      ['ctrl_1', 'ctrl_2', 'drugA_rep1', 'drugA_rep2', 'TP53-kd.3', 'TP53-kd.4'],
      ['ctrl', 'ctrl', 'drugA', 'drugA', 'TP53-kd', 'TP53-kd'],
    ],
    [
      ['WT 1', 'WT 2', 'KO (1)', 'KO (2)'],
      ['WT', 'WT', 'KO', 'KO'],
    ],
    [
      ['ctrl1', 'ctrl2', 'drugA1', 'drugA2'],
      ['ctrl', 'ctrl', 'drugA', 'drugA'],
    ],
    [
      ['a/ctrl_1.bam', 'a/ctrl_2.bam', 'a/kd_1_S3_L001.bam', 'a/kd_2.bam'],
      ['ctrl', 'ctrl', 'kd', 'kd'],
    ],
    [
      ['dmso-r1', 'dmso-r2', 'drug_10uM-r1', 'drug_10uM-r2'],
      ['dmso', 'dmso', 'drug_10uM', 'drug_10uM'],
    ],
  ])('%j are grouped', (names, labels) =>
    expect(groupBySampleName(names)).toEqual({ labels, convincing: true }),
  )

  test.each([
    [['TP53', 'TP63', 'TP73', 'MYC']],
    [['AAACCTGAGAAACCAT-1', 'AAACCTGAGAAACCGC-1', 'AAACCTGAGAAACCTA-1']],
    [['alpha', 'beta', 'gamma']],
  ])('%j form no groups', (names) => expect(groupBySampleName(names).convincing).toBe(false))

  test('never become empty', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ minLength: 1 }).filter((name) => name.trim() !== ''),
          { minLength: 1 },
        ),
        (names) => {
          const { labels } = groupBySampleName(names)
          expect(labels.length).toBe(names.length)
        },
      ),
    )
    expect(groupBySampleName(['1', '2', '_3']).labels).toEqual(['1', '2', '_3'])
  })

  test('are compared without case, punctuation, folder and suffix', () => {
    for (const name of [
      'S-07',
      's07.bam',
      'out/S_07_S3_L001',
      's 07.fastq.gz',
      'S07_S1_L002_R1_001.fastq.gz',
    ])
      expect(looseKey(name)).toBe('s07')
  })
})

describe('nearest names', () => {
  test('count insertions, deletions, changes and swaps', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3)
    expect(editDistance('ab', 'ba')).toBe(1)
    expect(editDistance('', 'abc')).toBe(3)
  })

  test('the distance is symmetric and zero only for equal names', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abc'), maxLength: 8 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, b) === 0).toBe(a === b)
        expect(editDistance(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length))
      }),
    )
  })

  test('weigh the number more than its padding, and give nothing for strangers', () => {
    expect(nearest('s7', ['s8', 'S07', 's17'])[0]).toBe('S07')
    expect(nearest('contrl', ['drug', 'control'])).toEqual(['control'])
    expect(nearest('abcdefgh', ['zzzzzzzz'])).toEqual([])
  })
})

describe('control words', () => {
  test('are whole words', () => {
    expect(
      ['control', 'Non-Targeting', 'NegCtrl_12', 'safe_targeting', 'DMSO', 'WT'].every(isControlWord),
    ).toBe(true)
    expect(['siCtrl', 'Negative control', 'empty vector', 'unbehandelt'].every(isControlWord)).toBe(true)
    expect(['WT1', 'controlled', 'antimock', 'NTRK1', 'unassigned', ''].some(isControlWord)).toBe(false)
    expect(['ctrl_24h', 'WT-2', 'mock rep 1'].every(mentionsControl)).toBe(true)
    expect(['drugA_1', 'NTRK1_kd', 'uncontrolled'].some(mentionsControl)).toBe(false)
  })
})
