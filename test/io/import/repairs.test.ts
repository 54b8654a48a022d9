import { describe, expect, test } from 'vitest'
import { hasOpenRepair, REPAIRS, withChoice, withSafeRepairs } from '../../../src-shared/contract/repairs'
import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { changeOf, findingOf, lines, read, row, rulesOf, SMALL } from './support'

const GENES_IN_ROWS = lines(
  'gene,ctrl_1,ctrl_2,ctrl_3,drug_1,drug_2,drug_3',
  'TP53,1,-2,3,4,5,6',
  'MYC,6,5,4,3,2,1',
  'JUN,2,4,6,1,3,5.5',
)

describe('a repair', () => {
  test('is offered with a diff, applied by its option, told as applied, and recorded', async () => {
    const table = GENES_IN_ROWS.replace('MYC', '1-Sep').replace('JUN', '1-Mar')
    const open = await read(table)
    const { choice } = findingOf(open, 'excel-dates')
    expect(choice).toMatchObject({ option: 'excelNames', current: null, safe: 'repair' })
    expect(changeOf(choice, 'repair')).toEqual([{ where: 'row 3', before: '1-Sep', after: 'SEPTIN1' }])
    expect(open.dataset?.repairs).toEqual([])

    const applied = await read(table, { excelNames: 'repair' })
    expect(applied.dataset?.genes).toEqual(['TP53', 'SEPTIN1', '1-Mar'])
    expect(findingOf(applied, 'excel-dates').choice?.current).toBe('repair')
    expect(applied.dataset?.repairs).toEqual([
      { rule: 'excel-dates', text: findingOf(applied, 'excel-dates').text },
    ])

    const refused = await read(table, { excelNames: 'keep' })
    expect(refused.dataset?.genes).toEqual(['TP53', '1-Sep', '1-Mar'])
    expect(refused.dataset?.repairs).toEqual([])
  })

  test('that could be one of two is never made without the user, who names the gene', async () => {
    const table = GENES_IN_ROWS.replace('MYC', '1-Sep').replace('JUN', '1-Mar')
    const all = await read(table, { acceptRepairs: true })
    expect(all.dataset?.genes).toEqual(['TP53', 'SEPTIN1', '1-Mar'])
    const asked = findingOf(all, 'excel-ambiguous')
    expect(asked.choice?.values.map(({ value }) => value)).toEqual(['1-Mar=MARCHF1', '1-Mar=MTARC1'])
    const options = withChoice({ files: ['x'] }, 'geneNames', '1-Mar=MTARC1')
    const named = await read(table, { geneNames: options.geneNames })
    expect(named.dataset?.genes).toEqual(['TP53', '1-Sep', 'MTARC1'])
    expect(named.dataset?.repairs?.map(({ rule }) => rule)).toEqual(['gene-names'])
  })

  test('a mouse table gets mouse names back', async () => {
    const table =
      GENES_IN_ROWS.replace('TP53', 'Trp53').replace('MYC', 'Myc').replace('JUN', 'Jun') +
      'Fos,1,2,3,4,5,6\n2-Sep,1,3,2,4,5,6\n'
    expect((await read(table, { acceptRepairs: true })).dataset?.genes.at(-1)).toBe('Septin2')
  })

  test('every rule of the list names an option and values that the reader knows', () => {
    for (const { option, apply, values } of Object.values(REPAIRS)) {
      const parsed = (value: string): unknown => ReadOptions.parse({ files: ['x'], [option]: value })[option]
      expect(values).toContain(apply)
      for (const value of values) expect(parsed(value)).toBe(value)
    }
  })

  test('all safe ones at once: what is open is settled, what a person must decide stays open', async () => {
    const table = GENES_IN_ROWS.replace('MYC,6,5', 'MYC,n.d.,5') + 'MYC,1,2,3,4,5,6\n1-Sep,1,,3,4,5,6.5\n'
    const open = await read(table)
    expect(
      open.summary.findings
        .filter(hasOpenRepair)
        .map(({ rule }) => rule)
        .toSorted(),
    ).toEqual(['duplicate-genes', 'excel-dates', 'missing-values', 'text-in-data'])
    const { files: _, ...options } = withSafeRepairs({ files: ['x'] }, open.summary.findings)
    const explicit = await read(table, options)
    const accepted = await read(table, { acceptRepairs: true })
    expect(explicit.dataset).not.toBeNull()
    // the record of how they were asked for is what differs
    expect({ ...accepted.dataset, choices: null }).toEqual({ ...explicit.dataset, choices: null })
    expect(explicit.summary.findings.filter(hasOpenRepair)).toEqual([])
    expect(explicit.dataset?.repairs?.map(({ rule }) => rule).toSorted()).toEqual([
      'duplicate-genes',
      'excel-dates',
      'missing-values',
      'text-in-data',
    ])
  })
})

describe('each repair shows before and after', () => {
  test('text in the data, cell by cell', async () => {
    const { summary } = await read(GENES_IN_ROWS.replace('6,5,4', '6,n.d.,<0.1'))
    const { choice } = summary.findings.find(({ rule }) => rule === 'text-in-data')!
    expect(choice?.values[0]).toMatchObject({ total: 2, value: 'missing' })
    expect(changeOf(choice, 'missing')).toEqual([
      { where: "row 3, column 'ctrl_2'", before: 'n.d.', after: 'missing' },
      { where: "row 3, column 'ctrl_3'", before: '<0.1', after: 'missing' },
    ])
  })

  test('duplicates: every way of combining them, sums advised for counts and means otherwise', async () => {
    const counts = lines(
      'gene,ctrl_1,ctrl_2,ctrl_3,drug_1,drug_2,drug_3',
      'TP53,10,20,30,40,50,60',
      'TP53,1,2,3,4,5,6',
      'JUN,20,40,60,10,30,50',
    )
    const { choice } = findingOf(await read(counts), 'duplicate-genes')
    expect(choice).toMatchObject({ safe: 'sum', current: null })
    expect(changeOf(choice, 'sum')).toEqual([{ where: 'TP53, ctrl_1', before: '10 and 1', after: '11' }])
    expect(changeOf(choice, 'mean')[0]?.after).toBe('5.5')
    expect(changeOf(choice, 'highest-mean')[0]?.after).toBe('10')
    expect(changeOf(choice, 'keep')[0]?.after).toBe('TP53 and TP53 (2)')
    const logs = findingOf(await read(counts.replace('10,20', '1.5,20')), 'duplicate-genes')
    expect(logs.choice?.safe).toBe('mean')
    expect(findingOf(await read(counts, { duplicateGenes: 'auto' }), 'duplicate-genes').choice?.current).toBe(
      'sum',
    )
  })

  test('missing values: the value that is filled in, or the gene that is left out', async () => {
    const table = GENES_IN_ROWS.replace('JUN,2,4,6', 'JUN,2,,6')
    const { choice } = findingOf(await read(table), 'missing-values')
    expect(changeOf(choice, 'mean')).toEqual([{ where: 'JUN, ctrl_2', before: 'missing', after: '4' }])
    expect(changeOf(choice, 'drop-genes')).toEqual([
      { where: 'JUN', before: 'missing in 1 of 6 samples', after: 'left out' },
    ])
    expect(row((await read(table, { missingValues: 'mean' })).dataset!, 1)[2]).toBe(4)
  })

  test('genes missing in many samples are left out, or filled when that is refused', async () => {
    const table = GENES_IN_ROWS.replace('JUN,2,4,6', 'JUN,2,,NA')
    const out = await read(table)
    expect(out.dataset?.genes).toEqual(['TP53', 'MYC'])
    expect(findingOf(out, 'missing-genes').choice).toMatchObject({ option: 'sparseGenes', current: 'drop' })
    const filled = await read(table, { sparseGenes: 'fill', missingValues: 'mean' })
    expect(filled.dataset?.genes).toEqual(['TP53', 'MYC', 'JUN'])
    expect(row(filled.dataset!, 1)[2]).toBe(2)
  })

  test('decimal commas: how they were read, and the other reading', async () => {
    const table = SMALL.replaceAll(',', ';').replaceAll('.', ',')
    const { choice, level } = findingOf(await read(table), 'decimal-comma')
    expect(level).toBe('info')
    expect(choice).toMatchObject({ option: 'decimal', current: 'comma' })
    expect(changeOf(choice, 'comma')[0]).toEqual({
      where: "row 2, column 'TP53'",
      before: '0,5',
      after: '0.5',
    })
    const open = findingOf(await read(table.replaceAll(/-?\d,\d/g, '1,234')), 'ambiguous-comma')
    expect(changeOf(open.choice, 'comma')[0]?.after).toBe('1.234')
    expect(changeOf(open.choice, 'point')[0]?.after).toBe('1234')
  })

  test('probes of several genes: left out, first gene, or the whole name', async () => {
    const table = GENES_IN_ROWS.replace('MYC', 'MYC /// MYCN') + 'FOS,1,2,1,2,1,2.5\n'
    const left = await read(table)
    expect(left.dataset?.genes).toEqual(['TP53', 'JUN', 'FOS'])
    const { choice } = findingOf(left, 'several-genes')
    expect(changeOf(choice, 'first')[0]).toMatchObject({ before: 'MYC /// MYCN', after: 'MYC' })
    expect((await read(table, { severalGenes: 'first' })).dataset?.genes[1]).toBe('MYC')
    expect((await read(table, { severalGenes: 'keep' })).dataset?.genes[1]).toBe('MYC /// MYCN')
  })

  test('Ensembl versions are kept for display and can be taken off', async () => {
    const table = GENES_IN_ROWS.replace('TP53', 'ENSG00000141510.17')
    expect((await read(table)).dataset?.genes[0]).toBe('ENSG00000141510.17')
    expect((await read(table, { geneVersions: 'strip' })).dataset?.genes[0]).toBe('ENSG00000141510')
  })

  test('numeric annotation columns are no samples, unless the user says so', async () => {
    const table = GENES_IN_ROWS.replace('gene,', 'gene,Length,')
      .replace('TP53,', 'TP53,1000,')
      .replace('MYC,', 'MYC,2000,')
      .replace('JUN,', 'JUN,1500,')
    const out = await read(table)
    expect(out.summary.samples.map(({ name }) => name)).not.toContain('Length')
    expect(findingOf(out, 'annotation-column').choice).toMatchObject({ current: 'leave-out' })
    const used = await read(table, { annotationColumns: 'use' })
    expect(used.summary.samples.map(({ name }) => name)).toContain('Length')
  })

  test('genes that never change and twins are told, and left out when that is chosen', async () => {
    const table = GENES_IN_ROWS + 'FLAT,1,1,1,1,1,1\nTWIN,6,5,4,3,2,1\n'
    const open = await read(table)
    expect(open.dataset?.genes).toEqual(['TP53', 'MYC', 'JUN', 'FLAT', 'TWIN'])
    expect(findingOf(open, 'constant-gene').choice?.current).toBe('keep')
    const { dataset } = await read(table, { nearConstantGenes: 'drop', identicalGenes: 'first' })
    expect(dataset?.genes).toEqual(['TP53', 'MYC', 'JUN'])
    expect(row(dataset!, 0)).toEqual([1, 6, 2])
    expect(dataset?.repairs?.map(({ rule }) => rule)).toEqual(['identical-genes', 'constant-gene'])
  })

  test('samples take the row with the most similar name when the pairs are the only ones', async () => {
    const table = lines('gene,s07x,s08x,ctl1,ctl2', 'A,1,2,3,-4', 'B,4,3,2,1', 'C,2,2,1,1.5')
    const sheet = lines('sample,experiment', 's7x,drug', 's8x,drug', 'ctl1,control', 'ctl2,control')
    const open = await read(table, {}, { sheet })
    const { choice } = findingOf(open, 'unmatched-samples')
    expect(choice?.values[0]).toMatchObject({ value: 'nearest', option: 'sheetMatches', total: 2 })
    expect(choice?.values[0]?.changes?.[0]).toEqual({
      where: "sample 's07x'",
      before: 'no row',
      after: 's7x',
    })
    const matched = await read(table, { sheetMatches: 'nearest' }, { sheet })
    expect(matched.dataset?.environments).toEqual(['control', 'drug'])
    expect(rulesOf(matched)).toContain('similar-samples')
    // leaving one out is a list that grows
    const options = withChoice({ files: ['x'], excludedSamples: ['s07x'] }, 'excludedSamples', 's08x')
    expect(options.excludedSamples).toEqual(['s07x', 's08x'])
  })
})
