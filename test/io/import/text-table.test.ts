import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { dataset, findingOf, lines, read, readFiles, row, rulesOf, SMALL } from './support'

describe('a table with an environment column', () => {
  test('is read without any option, control first and experiments in order of first appearance', async () => {
    const { dataset: data, summary } = await read(
      lines(
        'environment,TP53,MYC,JUN',
        'zeta,1.5,-1,3',
        'control,0.5,-2,1',
        'alpha,4.5,-3,2',
        'control,0.7,-4,5',
        'zeta,1.6,-5,6',
      ),
    )
    expect(data?.environments).toEqual(['control', 'zeta', 'alpha'])
    expect(Array.from(data!.environmentOf)).toEqual([0, 0, 1, 1, 2])
    expect(data?.genes).toEqual(['TP53', 'MYC', 'JUN'])
    expect(row(data!, 0)).toEqual([0.5, -2, 1])
    expect(row(data!, 3)).toEqual([1.6, -5, 6])
    expect(data?.samples).toEqual(['row 3', 'row 5', 'row 2', 'row 6', 'row 4'])
    expect(summary.environments).toEqual([
      { name: 'control', samples: 2, isControl: true },
      { name: 'zeta', samples: 2, isControl: false },
      { name: 'alpha', samples: 1, isControl: false },
    ])
    expect(summary.detected).toMatchObject({
      orientation: 'genes-in-columns',
      delimiter: 'comma',
      decimal: 'point',
      encoding: 'utf-8',
      gzip: false,
      transform: 'none',
      environmentFrom: 'column',
      environmentColumn: 'environment',
    })
  })

  test.each([
    'environment',
    'Experiment',
    'CONDITION',
    'perturbation',
    'sgRNA',
    'Group',
    'treatment',
    'gene_target',
  ])('may call the column %s', async (word) => {
    const data = await dataset(SMALL.replace('environment', word))
    expect(data.environments).toEqual(['control', 'drug A'])
  })

  test.each([
    'control',
    'CTRL',
    'NT',
    'non-targeting',
    'NegCtrl7',
    'safe-targeting',
    'scramble',
    'DMSO',
    'Vehicle',
    'wt',
    'mock',
  ])('recognises %s as the control', async (word) => {
    const { summary } = await read(SMALL.replaceAll('control', word))
    expect(summary.control).toBe(word)
    expect(summary.detected.guessed).toContain('control')
  })

  test('prefers the column named first in the list over a later one', async () => {
    const table = SMALL.split('\n')
      .map((line, index) => (line === '' ? '' : index === 0 ? `treatment,${line}` : `t${index % 2},${line}`))
      .join('\n')
    const { summary } = await read(table)
    expect(summary.detected.environmentColumn).toBe('environment')
    expect(findingOf(await read(table), 'annotation-column').text).toContain("'treatment'")
  })

  test('takes another column when the user names it, in any case', async () => {
    const table = lines(
      'environment,batch,TP53,MYC',
      'control,b1,1,-2',
      'control,b2,2,-3',
      'drug,b1,3,-4',
      'drug,b2,4,-5',
    )
    const { summary } = await read(table, { environmentColumn: 'Batch', control: 'b1' })
    expect(summary.environments.map(({ name }) => name)).toEqual(['b1', 'b2'])
    expect(summary.detected.environmentColumn).toBe('batch')
  })

  test('keeps the sample names of a sample column', async () => {
    const data = await dataset(
      lines(
        'sample,environment,TP53,MYC',
        's1,control,1,-2',
        's2,control,2,-3',
        's3,drug,3,-4',
        's4,drug,4,-5',
      ),
    )
    expect(data.samples).toEqual(['s1', 's2', 's3', 's4'])
  })

  test('leaves out samples without an experiment and says so', async () => {
    const outcome = await read(SMALL.replace('drug A,2.5', 'NA,2.5'))
    expect(outcome.dataset?.samples).not.toContain('row 5')
    expect(findingOf(outcome, 'unassigned-samples').examples).toEqual(['row 5'])
    expect(outcome.summary.samples.find(({ name }) => name === 'row 5')?.environment).toBe('')
  })

  test('takes an unusual column with groups and says that it guessed', async () => {
    const outcome = await read(SMALL.replace('environment', 'arm'))
    expect(outcome.summary.detected.environmentColumn).toBe('arm')
    expect(findingOf(outcome, 'environment-column-guessed').level).toBe('review')
  })

  test('does not take any groups for experiments: without a control among them it asks', async () => {
    const outcome = await read(
      SMALL.replace('environment', 'sex').replaceAll('control', 'f').replaceAll('drug A', 'm'),
    )
    expect(findingOf(outcome, 'no-experiments').choice).toEqual({
      option: 'environmentColumn',
      values: [{ value: 'sex', label: "Column 'sex'" }],
    })
  })

  test('groups its samples by their names when no column names experiments', async () => {
    const rows = ['ctrl_1,f,1,-2', 'ctrl_2,m,2,-3', 'kd_1,f,3,-4', 'kd_2,m,4,-5']
    for (const header of ['sample,sex,TP53,MYC', ',sex,TP53,MYC', 'x,sex,TP53,MYC']) {
      const { dataset: data, summary } = await read(lines(header, ...rows))
      expect(data?.environments).toEqual(['ctrl', 'kd'])
      expect(data?.genes).toEqual(['TP53', 'MYC'])
      expect(summary.detected.environmentFrom).toBe('sample-names')
    }
  })

  test('is grouped as the user says: by name although there is a column, or not by name at all', async () => {
    const table = lines(
      'sample,environment,A,B',
      'ctrl_1,control,1,-2',
      'ctrl_2,drug,2,-3',
      'kd_1,control,3,-4',
      'kd_2,drug,4,-5',
    )
    expect((await dataset(table, { groupBySampleName: 'yes' })).environments).toEqual(['ctrl', 'kd'])
    expect((await dataset(table)).environments).toEqual(['control', 'drug'])
    const unlabelled = table.replaceAll(/,(control|drug|environment)/g, '')
    expect((await dataset(unlabelled)).environments).toEqual(['ctrl', 'kd'])
    expect(rulesOf(await read(unlabelled, { groupBySampleName: 'no' }))).toContain('no-experiments')
  })

  test('drops the row numbers that data frames write', async () => {
    const table = SMALL.split('\n')
      .map((line, index) => (line === '' ? '' : index === 0 ? `,${line}` : `${index - 1},${line}`))
      .join('\n')
    expect((await dataset(table)).genes).toEqual(['TP53', 'MYC', 'JUN'])
  })
})

describe('a table with genes in rows', () => {
  const COUNTS = lines(
    'gene\tctrl_1\tctrl_2\tctrl_3\tdrugA_rep1\tdrugA_rep2\tdrugA_rep3',
    'TP53\t111\t182\t253\t324\t395\t466',
    'MYC\t248\t319\t390\t461\t532\t603',
    'CDKN1A\t385\t456\t527\t598\t669\t740',
    'MDM2\t522\t593\t664\t735\t806\t877',
  )

  test('is turned, and its samples are grouped by their names', async () => {
    const { dataset: data, summary } = await read(COUNTS, { transform: 'none' })
    expect(data?.genes).toEqual(['TP53', 'MYC', 'CDKN1A', 'MDM2'])
    expect(data?.environments).toEqual(['ctrl', 'drugA'])
    expect(row(data!, 3)).toEqual([324, 461, 598, 735])
    expect(summary.detected).toMatchObject({
      orientation: 'genes-in-rows',
      environmentFrom: 'sample-names',
      scale: 'counts',
    })
    expect(summary.detected.guessed).toContain('environmentFrom')
  })

  test('takes its experiments from a row named condition', async () => {
    const table = lines(
      'gene\ta\tb\tc\td',
      'condition\tcontrol\tcontrol\tdrug\tdrug',
      'batch\tx\ty\tx\ty',
      'TP53\t1.5\t2.5\t3.5\t4.5',
      'MYC\t-1\t-2\t-3\t-4',
    )
    const outcome = await read(table)
    expect(outcome.dataset?.environments).toEqual(['control', 'drug'])
    expect(outcome.dataset?.genes).toEqual(['TP53', 'MYC'])
    expect(outcome.summary.detected).toMatchObject({
      environmentFrom: 'column',
      environmentColumn: 'condition',
    })
    expect(findingOf(outcome, 'text-row').examples).toContain('batch')
    const byBatch = await read(table, { environmentColumn: 'batch', control: 'x' })
    expect(byBatch.dataset?.environments).toEqual(['x', 'y'])
  })

  test('ignores what featureCounts writes beside the counts', async () => {
    const outcome = await read(
      lines(
        '# Program:featureCounts v2.0.1; Command:"featureCounts" "-a" "x.gtf"',
        'Geneid\tChr\tStart\tEnd\tStrand\tLength\tout/ctrl_1.bam\tout/ctrl_2.bam\tout/kd_1.bam\tout/kd_2.bam',
        'ENSG00000141510.18\tchr17\t7661779\t7687550\t-\t4576\t510\t433\t122\t140',
        'ENSG00000136997.21\tchr8\t127735434\t127742951\t+\t3721\t900\t870\t910\t1000',
        'ENSG00000177606.7\tchr1\t58776845\t58784048\t-\t3550\t300\t280\t333\t350',
      ),
    )
    expect(outcome.summary.samples.map(({ environment }) => environment)).toEqual([
      'ctrl',
      'ctrl',
      'kd',
      'kd',
    ])
    expect(outcome.dataset?.genes[0]).toBe('ENSG00000141510.18')
    expect(findingOf(outcome, 'annotation-column').examples).toEqual([
      'Chr',
      'Start',
      'End',
      'Strand',
      'Length',
    ])
  })

  test('reads purely numeric Entrez identifiers', async () => {
    const table = lines(
      'entrez_id,ctrl_1,ctrl_2,drug_1,drug_2',
      '7157,1.5,2,3,4',
      '4609,-5,6,7,8',
      '3725,9,1,2,3',
    )
    expect((await dataset(table)).genes).toEqual(['7157', '4609', '3725'])
  })

  test('gives the header of R, one cell short, an empty first name', async () => {
    const table = lines(
      '"ctrl_1" "ctrl_2" "drug_1" "drug_2"',
      '"TP53" 1.5 2 3 4',
      '"MYC" -1 -2 -3 -4',
      '"JUN" 5 6 7 8',
    )
    const outcome = await read(table)
    expect(outcome.summary.detected).toMatchObject({ delimiter: 'space', orientation: 'genes-in-rows' })
    expect(outcome.dataset?.genes).toEqual(['TP53', 'MYC', 'JUN'])
    expect(outcome.summary.preview.header[0]).toBe('')
  })
})

describe('spellings of the same table', () => {
  const expected = [0.5, -1.2, 3.1]

  test.each([
    ['CRLF', SMALL.replaceAll('\n', '\r\n')],
    ['CR', SMALL.replaceAll('\n', '\r')],
    ['no last line end', SMALL.trimEnd()],
    ['a byte order mark', `\uFEFF${SMALL}`],
    ['the separator line of Excel', `sep=,\n${SMALL}`],
    ['leading comments', `# made by hand\n% second comment\n\n${SMALL}`],
    ['a comment sign before the header', `#${SMALL}`],
    ['trailing delimiters in every row', SMALL.replaceAll('\n', ',\n')],
    ['trailing delimiters in the data only', SMALL.replaceAll(/(\d)\n/g, '$1,\n')],
    ['quoted cells', SMALL.replaceAll(/[^,\n]+/g, '"$&"')],
    ['tabs', SMALL.replaceAll(',', '\t')],
    ['pipes', SMALL.replaceAll(',', '|')],
    ['semicolons and decimal commas', SMALL.replaceAll(',', ';').replaceAll('.', ',')],
    ['tabs and decimal commas', SMALL.replaceAll(',', '\t').replaceAll('.', ',')],
    ['spaces around cells', SMALL.replaceAll(',', ' , ')],
    ['empty rows in between', SMALL.replaceAll('\n', '\n\n')],
    ['rows of delimiters at the end', `${SMALL},,,\n,,,\n`],
    ['a unicode minus', SMALL.replaceAll('-', '\u2212')],
    ['plus signs', SMALL.replaceAll(/,(\d)/g, ',+$1')],
    ['non-breaking spaces around numbers', SMALL.replaceAll(/(\d\.\d)/g, '\u00A0$1\u00A0')],
    ['scientific notation', SMALL.replaceAll(/(\d)\.(\d)/g, '$1$2e-1')],
  ])('are read alike: %s', async (_, text) => {
    const data = await dataset(text)
    expect(data.genes).toEqual(['TP53', 'MYC', 'JUN'])
    expect(data.environments).toEqual(['control', 'drug A'])
    expect(row(data, 0)).toEqual(expected)
  })

  test('are read alike as UTF-16 with either byte order', async () => {
    const little = Buffer.from(`\uFEFF${SMALL.replaceAll('MYC', 'Mü')}`, 'utf16le')
    const big = Buffer.from(little).swap16()
    for (const [bytes, encoding] of [
      [little, 'utf-16le'],
      [big, 'utf-16be'],
    ] as const) {
      const { dataset: data, summary } = await read(bytes)
      expect(summary.detected.encoding).toBe(encoding)
      expect(data?.genes).toEqual(['TP53', 'Mü', 'JUN'])
      expect(row(data!, 0)).toEqual(expected)
    }
  })

  test('are read as Windows-1252, with a warning, when they are not UTF-8', async () => {
    const outcome = await read(Buffer.from(SMALL.replaceAll('drug A', 'größe'), 'latin1'))
    expect(outcome.summary.detected.encoding).toBe('windows-1252')
    expect(outcome.dataset?.environments).toEqual(['control', 'größe'])
    expect(findingOf(outcome, 'encoding').level).toBe('review')
  })

  test('are unpacked from gzip by content, with several members, and hashed as they lie on disk', async () => {
    const half = SMALL.indexOf('drug A')
    const bytes = Buffer.concat([gzipSync(SMALL.slice(0, half)), gzipSync(SMALL.slice(half))])
    const { dataset: data, summary } = await read(bytes)
    expect(summary.detected.gzip).toBe(true)
    expect(data?.samples.length).toBe(6)
    expect(summary.files).toEqual([
      { name: 'x.csv', bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    ])
  })
})

describe('the preview', () => {
  test('shows the first rows and columns as they stand in the file, and the size of the whole', async () => {
    const { summary } = await read(SMALL)
    expect(summary.preview.header).toEqual(['environment', 'TP53', 'MYC', 'JUN'])
    expect(summary.preview.rows[0]).toEqual(['control', '0.5', '-1.2', '3.1'])
    expect(summary.preview).toMatchObject({ totalRows: 6, totalColumns: 4 })
  })

  test('is there although a choice is still needed', async () => {
    const { dataset: data, summary } = await read(SMALL.replaceAll('control', 'first'))
    expect(data).toBeNull()
    expect(summary.preview.rows.length).toBe(6)
    expect(summary.genes).toEqual(['TP53', 'MYC', 'JUN'])
  })
})

describe('several files', () => {
  const other = lines('environment,JUN,TP53,BRCA1', 'drug B,7,8,-9', 'drug B,6,5,-4', 'control,3,2,-1')

  test('are joined on gene names, and the samples stand side by side', async () => {
    const outcome = await readFiles({ 'a.csv': SMALL, 'b.csv': other })
    expect(outcome.dataset?.genes).toEqual(['TP53', 'JUN'])
    expect(outcome.dataset?.environments).toEqual(['control', 'drug A', 'drug B'])
    expect(outcome.dataset?.samples.length).toBe(9)
    expect(row(outcome.dataset!, 3)).toEqual([2, 3])
    expect(new Set(outcome.dataset?.samples).size).toBe(9)
    expect(findingOf(outcome, 'shared-genes').text).toBe('2 of 3 genes are shared; the others were left out.')
    expect(outcome.summary.files.map(({ name }) => name)).toEqual(['a.csv', 'b.csv'])
  })

  test('match Ensembl identifiers of different versions', async () => {
    const a = lines(
      'gene,ctrl_1,ctrl_2',
      'ENSG00000141510.18,1,-2',
      'ENSG00000136997.21,3,4',
      'ENSG00000002586.20_PAR_Y,3,4',
    )
    const b = lines(
      'gene,kd_1,kd_2',
      'ENSG00000136997.19,5,-6',
      'ENSG00000141510.11,7,8',
      'ENSG00000002586.20,7,8',
    )
    const outcome = await readFiles({ 'a.csv': a, 'b.csv': b })
    expect(outcome.dataset?.genes).toEqual(['ENSG00000141510.18', 'ENSG00000136997.21'])
    expect(row(outcome.dataset!, 2)).toEqual([7, 5])
  })
})

describe('genes of the user', () => {
  test('are kept in the order of the file, and unknown ones are named with the nearest', async () => {
    const outcome = await read(SMALL, { genes: ['JUN', 'TP35', 'TP53'] })
    expect(outcome.dataset?.genes).toEqual(['TP53', 'JUN'])
    expect(findingOf(outcome, 'unknown-genes').text).toBe(
      "1 chosen gene is not in the data: 'TP35'. Nearest: 'TP53'.",
    )
  })

  test('are not chosen for them in a small table', async () => {
    expect(rulesOf(await read(SMALL))).not.toContain('gene-choice')
  })
})
