import { describe, expect, test } from 'vitest'
import { firstBlocking } from '../../../src-main/io/import'
import { findingOf, lines, read, readFiles, row, rulesOf, SMALL } from './support'

const GENES_IN_ROWS = lines(
  'gene,ctrl_1,ctrl_2,ctrl_3,drug_1,drug_2,drug_3',
  'TP53,1,-2,3,4,5,6',
  'MYC,6,5,4,3,2,1',
  'JUN,2,4,6,1,3,5',
)

describe('each case of the text table says what, where, what was done and what to do', () => {
  test('orientation unclear: asks, and the answer settles it', async () => {
    const table = lines('x,aa11x,bb22x,cc33x', 'dd44x,1,2,3', 'ee55x,4,-5,6', 'ff66x,7,8,9')
    const outcome = await read(table)
    const finding = findingOf(outcome, 'orientation')
    expect(finding.text).toBe('Genes could be in the rows or in the columns of x.csv. Choose one.')
    expect(finding).toMatchObject({ level: 'blocking', code: 'DATA_AMBIGUOUS' })
    expect(finding.choice).toEqual({
      option: 'orientation',
      values: [
        { value: 'genes-in-rows', label: 'Genes in rows' },
        { value: 'genes-in-columns', label: 'Genes in columns' },
      ],
    })
    // nothing is asked about experiments or names while that is open
    expect(rulesOf(outcome)).toEqual(['orientation'])
    const settled = await read(table, { orientation: 'genes-in-columns' })
    expect(rulesOf(settled)).not.toContain('orientation')
    expect(settled.summary.genes).toEqual(['aa11x', 'bb22x', 'cc33x'])
    expect((await read(table, { orientation: 'genes-in-rows' })).summary.genes).toEqual([
      'dd44x',
      'ee55x',
      'ff66x',
    ])
  })

  test('ambiguous comma: names a value, both meanings and how many', async () => {
    const table = SMALL.replaceAll(',', ';').replaceAll(/-?\d\.\d/g, '1,234')
    const outcome = await read(table)
    const finding = findingOf(outcome, 'ambiguous-comma')
    expect(finding.text).toBe("'1,234' could mean 1234 or 1.234 (18 values). Choose one.")
    expect(finding).toMatchObject({
      level: 'blocking',
      code: 'DATA_AMBIGUOUS',
      choice: { option: 'decimal' },
    })
    expect(row((await read(table, { decimal: 'comma', transform: 'none' })).dataset!, 0)).toEqual([
      1.234, 1.234, 1.234,
    ])
    expect(row((await read(table, { decimal: 'point', transform: 'none' })).dataset!, 0)).toEqual([
      1234, 1234, 1234,
    ])
  })

  test('Excel dates: counts them, shows the first and suggests, but never repairs', async () => {
    const table = GENES_IN_ROWS.replace('MYC', '1-Sep').replace('JUN', '1-Mar')
    const outcome = await read(table)
    const finding = findingOf(outcome, 'excel-dates')
    expect(finding.text).toBe(
      "2 gene names look like dates (row 3: '1-Sep'). Excel probably changed them. Review the suggestions, or export the table again as text.",
    )
    expect(finding.examples).toEqual(['1-Sep → SEPTIN1', '1-Mar → several genes possible'])
    expect(outcome.dataset?.genes).toEqual(['TP53', '1-Sep', '1-Mar'])
  })

  test('text in data: names the cell, and missing is only an answer', async () => {
    const table = GENES_IN_ROWS.replace('6,5,4,3,2,1', '6,n.d.,4,3,2,1')
    const outcome = await read(table)
    const finding = findingOf(outcome, 'text-in-data')
    expect(finding.text).toBe("Row 3, column 'ctrl_2' contains 'n.d.' (1 such cell). Treat as missing?")
    expect(finding).toMatchObject({
      level: 'blocking',
      code: 'DATA_AMBIGUOUS',
      choice: { option: 'textCells' },
    })
    expect(outcome.dataset).toBeNull()
    const settled = await read(table, { textCells: 'missing', missingValues: 'mean' })
    expect(row(settled.dataset!, 1)).toEqual([-2, 5, 4])
  })

  test('ragged row: names the row as a spreadsheet counts it', async () => {
    const outcome = await read(`# comment\n${GENES_IN_ROWS.replace('MYC,6', 'MYC,6,0')}`)
    const finding = findingOf(outcome, 'ragged-row')
    expect(finding.text).toBe('Row 4 has 8 values; 7 expected. Often an unescaped separator.')
    expect(firstBlocking([finding])?.code).toBe('DATA_FORMAT')
    expect(outcome.summary.preview.rows.length).toBe(3)
  })

  test('unmatched samples: names them with the nearest row of the sheet', async () => {
    const table = lines('gene,s7,s1,s2,s3', 'TP53,1,-2,3,4', 'MYC,6,5,4,3', 'JUN,2,4,6,1')
    const sheet = lines('sample\texperiment', 's1\tcontrol', 's2\tcontrol', 's3\tdrug', 'S07\tdrug')
    const outcome = await read(table, {}, { sheet })
    const finding = findingOf(outcome, 'unmatched-samples')
    expect(finding.text).toMatch(/^1 of 4 samples has no row in the sheet: s7\. Nearest: 's7' → 'S07'\./)
    expect(finding).toMatchObject({ level: 'blocking', code: 'DATA_AMBIGUOUS' })
    expect((await read(table, { excludedSamples: ['s7'] }, { sheet })).dataset?.samples).toEqual([
      's1',
      's2',
      's3',
    ])
    const assigned = await read(table, { assignment: { s7: 'drug' } }, { sheet })
    expect(assigned.dataset?.samples).toEqual(['s1', 's2', 's7', 's3'])
  })

  test('no control: asks, offers every experiment and to run without', async () => {
    const table = SMALL.replaceAll('control', 'drug B')
    const outcome = await read(table)
    const finding = findingOf(outcome, 'no-control')
    expect(finding.text).toBe(
      "Experiments 'drug B' and 'drug A' have no control samples. Pick a control group.",
    )
    expect(finding).toMatchObject({ level: 'blocking', code: 'DATA_INSUFFICIENT' })
    expect(finding.choice).toEqual({
      option: 'control',
      values: [
        { value: 'drug B', label: 'drug B' },
        { value: 'drug A', label: 'drug A' },
        { value: 'none', label: 'Run without a control' },
      ],
    })
    const without = await read(table, { control: 'none' })
    expect(without.dataset?.environments).toEqual(['', 'drug B', 'drug A'])
    expect(Array.from(without.dataset!.environmentOf)).toEqual([1, 1, 1, 2, 2, 2])
    expect(findingOf(without, 'no-control').level).toBe('review')
    expect(without.summary.control).toBeNull()
  })

  test('no control group of the sheet: names the experiment', async () => {
    const table = lines('gene,a,b,c,d', 'TP53,1,-2,3,4', 'MYC,6,5,4,3')
    const sheet = lines(
      'sample,experiment,role,control_group',
      'a,vehicle 1,control,',
      'b,vehicle 1,control,',
      'c,Drug A,perturbed,vehicle 2',
      'd,Drug A,perturbed,vehicle 2',
    )
    const outcome = await read(table, {}, { sheet, sheetName: 's.csv' })
    expect(findingOf(outcome, 'no-control-group').text).toMatch(
      /^Experiment 'Drug A' has no control samples\. Pick a control group\./,
    )
  })

  test('too few samples: runs, and says that it will be wide', async () => {
    const outcome = await read(SMALL.trimEnd().split('\n').slice(0, -1).join('\n'))
    expect(outcome.dataset?.samples.length).toBe(5)
    expect(findingOf(outcome, 'few-samples').text).toBe(
      "'drug A' has 2 samples. It runs, but its probabilities will be wide; 5 or more is better.",
    )
  })

  test('few shared genes: says how many and what the files look like', async () => {
    const human = lines(
      'gene,ctrl_1,ctrl_2',
      ...['TP53', 'MYC', 'JUN', 'FOS', 'EGR1'].map((gene, i) => `${gene},${i},-1`),
      'X1,1,2',
      'X2,1,2',
    )
    const mouse = lines(
      'gene,drug_1,drug_2',
      ...['Trp53', 'Myc', 'Jun', 'Fos', 'Egr1', 'Actb'].map((gene, i) => `${gene},${i},-1`),
      'X1,1,2',
      'X2,1,2',
    )
    const outcome = await readFiles({ 'a.csv': human, 'b.csv': mouse })
    expect(findingOf(outcome, 'shared-genes').text).toBe(
      'Only 2 of 8 genes are shared. a.csv looks human, b.csv mouse.',
    )
    expect(findingOf(outcome, 'shared-genes').level).toBe('review')
    const nothing = await readFiles({ 'a.csv': human.replaceAll(/^X.*\n/gm, ''), 'b.csv': mouse })
    expect(firstBlocking(nothing.summary.findings)?.code).toBe('DATA_INSUFFICIENT')
  })

  test('target not measured: says that it cannot be reported', async () => {
    const table = lines('gene,a,b,c,d', 'TP53,1,-2,3,4', 'MYC,6,5,4,3')
    const sheet = lines(
      'sample\texperiment\trole\tknown_targets',
      'a\tcontrol\tcontrol\t',
      'b\tcontrol\tcontrol\t',
      'c\t3\tperturbed\tBRCA2; TP53',
      'd\t3\tperturbed\t',
    )
    const outcome = await read(table, {}, { sheet })
    expect(findingOf(outcome, 'target-not-measured').text).toBe(
      "BRCA2 is listed as a target of experiment '3' but is not in the data; it cannot be reported.",
    )
    expect(outcome.summary.knownTargets).toEqual({ '3': { genes: ['TP53'], complete: false } })
  })

  test('target of an experiment whose gene was not chosen: says so', async () => {
    const table = lines('gene,a,b,c,d', 'ENSG00000141510.18,1,-2,3,4', 'MYC,6,5,4,3', 'JUN,1,2,3,5')
    const sheet = lines(
      'sample,experiment,known_targets',
      'a,control,',
      'b,control,',
      'c,kd,ENSG00000141510',
      'd,kd,JUN',
    )
    const all = await read(table, {}, { sheet })
    expect(all.summary.knownTargets).toEqual({
      kd: { genes: ['ENSG00000141510.18', 'JUN'], complete: false },
    })
    const some = await read(table, { genes: ['MYC', 'JUN'] }, { sheet })
    expect(some.summary.knownTargets).toEqual({ kd: { genes: ['JUN'], complete: false } })
    expect(findingOf(some, 'target-not-measured').text).toMatch(
      /is not among the chosen genes; it cannot be reported\.$/,
    )
  })

  test('memory: says how much is needed and how much there is', async () => {
    await expect(read(SMALL, {}, { limits: { tableBytes: 100 } })).rejects.toMatchObject({
      code: 'RESOURCE_LIMIT',
      message: expect.stringMatching(/Needs about .* GB, .* GB free\. Options: /),
    })
  })

  test('an environment column that is not there: names the nearest', async () => {
    const outcome = await read(SMALL.replace('environment', 'treatmnt_arm'), {
      environmentColumn: 'treatment_arm',
    })
    const finding = findingOf(outcome, 'environment-column')
    expect(finding.text).toBe(
      "x.csv has no column 'treatment_arm'. Nearest: 'treatmnt_arm'. Choose the column that names the experiments.",
    )
    expect(finding).toMatchObject({
      level: 'blocking',
      code: 'INVALID_PARAMS',
      choice: { option: 'environmentColumn' },
    })
  })

  test('a control that is not there: names the nearest', async () => {
    const outcome = await read(SMALL, { control: 'contrl' })
    expect(findingOf(outcome, 'control')).toMatchObject({
      level: 'blocking',
      code: 'INVALID_PARAMS',
      text: "There is no experiment 'contrl' to be the control. Nearest: 'control'.",
    })
    expect((await read(SMALL, { control: 'DRUG-a' })).summary.control).toBe('drug A')
  })

  test('several possible controls: asks instead of choosing', async () => {
    const outcome = await read(`${SMALL}DMSO,1,2,3\nDMSO,2,3,4\n`)
    expect(findingOf(outcome, 'several-controls')).toMatchObject({
      level: 'blocking',
      code: 'DATA_AMBIGUOUS',
    })
    expect((await read(`${SMALL}DMSO,1,2,3\nDMSO,2,3,4\n`, { control: 'DMSO' })).summary.control).toBe('DMSO')
  })

  test('duplicate genes: asks, and does what was chosen', async () => {
    const table = GENES_IN_ROWS.replace('JUN', 'TP53')
    const outcome = await read(table)
    expect(findingOf(outcome, 'duplicate-genes')).toMatchObject({
      level: 'blocking',
      code: 'DATA_AMBIGUOUS',
      text: "1 gene name occurs more than once ('TP53'). Choose how they are combined.",
    })
    const by = async (duplicateGenes: 'sum' | 'mean' | 'highest-mean' | 'keep') => {
      const { dataset } = await read(table, { duplicateGenes, transform: 'none' })
      return { genes: dataset!.genes, first: row(dataset!, 0) }
    }
    expect(await by('sum')).toEqual({ genes: ['TP53', 'MYC'], first: [3, 6] })
    expect(await by('mean')).toEqual({ genes: ['TP53', 'MYC'], first: [1.5, 6] })
    expect(await by('highest-mean')).toEqual({ genes: ['TP53', 'MYC'], first: [2, 6] })
    expect(await by('keep')).toEqual({ genes: ['TP53', 'MYC', 'TP53 (2)'], first: [1, 6, 2] })
  })

  test('missing values: asks, and does what was chosen; they are never zero', async () => {
    const table = GENES_IN_ROWS.replace('6,5,4,3,2,1', '6,,4,3,2,1')
    const outcome = await read(table)
    expect(findingOf(outcome, 'missing-values')).toMatchObject({ level: 'blocking', code: 'DATA_AMBIGUOUS' })
    expect((await read(table, { missingValues: 'drop-genes' })).dataset?.genes).toEqual(['TP53', 'JUN'])
    expect(row((await read(table, { missingValues: 'mean' })).dataset!, 1)).toEqual([-2, 5, 4])
  })

  test.each(['NA', 'N/A', 'NaN', 'null', '.', '-', '#N/A', '#DIV/0!', 'Inf', ''])(
    '%j is missing, not zero',
    async (word) => {
      const outcome = await read(GENES_IN_ROWS.replace('6,5,4,3,2,1', `6,${word},4,3,2,1`), {
        missingValues: 'mean',
      })
      expect(row(outcome.dataset!, 1)[1]).toBe(5)
    },
  )

  test('a gene missing in more than a fifth of the samples is left out and listed', async () => {
    const outcome = await read(GENES_IN_ROWS.replace('6,5,4,3,2,1', '6,NA,NA,3,2,1'))
    expect(outcome.dataset?.genes).toEqual(['TP53', 'JUN'])
    expect(findingOf(outcome, 'missing-genes').examples).toEqual(['MYC'])
  })

  test('probes of several genes are left out and listed', async () => {
    const outcome = await read(GENES_IN_ROWS.replace('MYC', 'MYC /// MYCN'))
    expect(outcome.dataset?.genes).toEqual(['TP53', 'JUN'])
    expect(findingOf(outcome, 'several-genes').examples).toEqual(['MYC /// MYCN'])
  })

  test('no experiments: says what would name them', async () => {
    const outcome = await read(lines('gene,alpha,beta,gamma', 'TP53,1,-2,3', 'MYC,4,5,6'))
    expect(findingOf(outcome, 'no-experiments')).toMatchObject({
      level: 'blocking',
      code: 'DATA_INSUFFICIENT',
    })
    expect(outcome.summary.samples.every(({ environment }) => environment === '')).toBe(true)
  })

  test('one experiment without a control is not enough; control alone gives the network only', async () => {
    const one = SMALL.replaceAll('control', 'drug A')
    expect(firstBlocking((await read(one)).summary.findings)?.code).toBe('DATA_INSUFFICIENT')
    expect(firstBlocking((await read(one, { control: 'none' })).summary.findings)?.code).toBe(
      'DATA_INSUFFICIENT',
    )
    const only = await read(one, { control: 'drug A' })
    expect(only.dataset?.environments).toEqual(['drug A'])
    expect(findingOf(only, 'control-only').level).toBe('review')
  })

  test('log1p of negative values is refused', async () => {
    const outcome = await read(SMALL, { transform: 'log1p' })
    expect(findingOf(outcome, 'transform')).toMatchObject({ level: 'blocking', code: 'INVALID_PARAMS' })
  })

  test('a dataset is there exactly when nothing blocks', async () => {
    for (const table of [
      SMALL,
      SMALL.replaceAll('control', 'x'),
      GENES_IN_ROWS,
      GENES_IN_ROWS.replace('JUN', 'MYC'),
    ]) {
      const { dataset, summary } = await read(table)
      expect(dataset === null).toBe(firstBlocking(summary.findings) !== null)
    }
  })
})

describe('data that say little stay, with a note', () => {
  const table = lines(
    'environment,FLAT,QUIET,A,B,C',
    ...[1, 2, 3, 4].map((i) => `control,5,1,${i * 0.7},${i * 0.7},${-i}`),
    ...[1, 2, 3, 4].map((i) => `kd,5,${i * 9},${i},${i},${i * i}`),
  )

  test.each([
    ['constant-gene', 'info', ['FLAT']],
    ['still-in-control', 'review', ['QUIET']],
    ['identical-genes', 'review', ['A = B']],
  ])('%s', async (rule, level, examples) => {
    const outcome = await read(table)
    expect(outcome.dataset?.genes).toEqual(['FLAT', 'QUIET', 'A', 'B', 'C'])
    expect(findingOf(outcome, rule)).toMatchObject({ level, examples })
  })

  test('mostly-zero', async () => {
    const rows = Array.from(
      { length: 80 },
      (_, i) => `${i < 40 ? 'control' : 'kd'},${i === 7 ? 3 : 0},${(i * 7) % 11},-${i % 5}`,
    )
    expect(findingOf(await read(lines('environment,RARE,A,B', ...rows)), 'mostly-zero').examples).toEqual([
      'RARE',
    ])
  })
})
