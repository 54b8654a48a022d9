import { RecordedChoices } from '../../../src-shared/contract/reproduction'
import { describe, expect, test } from 'vitest'
import { sampleSheetTemplate } from '../../../src-shared/domain/sample-sheet-template'
import { findingOf, lines, read } from './support'

const TABLE = lines('gene,s1,s2,s3,s4,s5', 'TP53,1,-2,3,4,5', 'MYC,6,5,4,3,2', 'JUN,9,9,1,1,4')

describe('a sample sheet', () => {
  test('names experiments, controls and known targets, matched by name in any order', async () => {
    const sheet = lines(
      'sample\texperiment\trole\tcontrol_group\tknown_targets\tdirection\tbatch\tnotes',
      's5\tp53 knock-down\tperturbed\tresting\tTP53\tdown\t1\tx',
      's4\tp53 knock-down\tperturbed\tresting\tTP53;JUN\tdown\t1\tx',
      's1\tresting\tcontrol\t\t\t\t1\t',
      's3\tdrug\tperturbed\tresting\t\t\t1\t',
      's2\tresting\tcontrol\t\t\t\t1\t',
    )
    const { dataset, summary } = await read(TABLE, {}, { sheet })
    expect(dataset?.environments).toEqual(['resting', 'drug', 'p53 knock-down'])
    expect(dataset?.samples).toEqual(['s1', 's2', 's3', 's4', 's5'])
    expect(summary.control).toBe('resting')
    expect(summary.detected.environmentFrom).toBe('sheet')
    expect(summary.detected.guessed).not.toContain('control')
    expect(summary.knownTargets).toEqual({ 'p53 knock-down': { genes: ['TP53', 'JUN'], complete: false } })
  })

  test('wins over the column of the table, and an assignment over both', async () => {
    const table = lines(
      'sample,environment,A,B',
      's1,control,1,-2',
      's2,control,2,-3',
      's3,kd,3,-4',
      's4,kd,4,-5',
    )
    const sheet = lines('sample,experiment', 's1,control', 's2,drug', 's3,control', 's4,drug')
    const labels = async (options: object) =>
      (await read(table, options, { sheet })).summary.samples.map((s) => s.environment)
    expect(await labels({})).toEqual(['control', 'drug', 'control', 'drug'])
    expect(await labels({ assignment: { s2: 'control', s4: '' } })).toEqual([
      'control',
      'control',
      'control',
      '',
    ])
  })

  test('experiments keep their order when samples are moved or left out by hand; new ones come last', async () => {
    const table = lines(
      'sample,environment,A,B',
      's1,control,1,-2',
      's2,control,2,-3',
      's3,kd,3,-4',
      's4,kd,4,-5',
      's5,drug,5,-6',
      's6,drug,6,-7',
    )
    const names = async (options: object) =>
      (await read(table, options)).summary.environments.map(({ name }) => name).filter((name) => name !== '')
    expect(await names({})).toEqual(['control', 'kd', 'drug'])
    expect(await names({ assignment: { s1: 'drug' } })).toEqual(['control', 'kd', 'drug'])
    expect(await names({ excludedSamples: ['s3'], assignment: { s4: 'fresh', s6: 'kd' } })).toEqual([
      'control',
      'kd',
      'drug',
      'fresh',
    ])
    expect(await names({ assignment: { s3: 'drug', s4: 'drug' } })).toEqual(['control', 'drug'])
  })

  test('matches names that differ by case, punctuation, path and sequencing suffix, and shows the pairs', async () => {
    const table = lines('gene,out/Ctrl-1.bam,ctrl.2_S2_L001,DRUG 1,drug_2', 'TP53,1,-2,3,4', 'MYC,6,5,4,3')
    const sheet = lines('sample,experiment', 'ctrl_1,control', 'CTRL_2,control', 'drug_1,drug', 'drug_2,drug')
    const outcome = await read(table, {}, { sheet })
    expect(outcome.summary.samples.map(({ environment }) => environment)).toEqual([
      'control',
      'control',
      'drug',
      'drug',
    ])
    expect(findingOf(outcome, 'sheet-pairs').examples).toEqual([
      'out/Ctrl-1.bam → ctrl_1',
      'ctrl.2_S2_L001 → CTRL_2',
      'DRUG 1 → drug_1',
    ])
  })

  test('does not match loosely when two samples would fit', async () => {
    const table = lines('gene,A_1,a1,b_1,b_2', 'TP53,1,-2,3,4', 'MYC,6,5,4,3')
    const sheet = lines('sample,experiment', 'A-1,control', 'b_1,x', 'b_2,x')
    expect(findingOf(await read(table, {}, { sheet }), 'unmatched-samples').examples).toEqual(['A_1', 'a1'])
  })

  test('tells genes in columns from genes in rows by the names it lists', async () => {
    const table = lines(',aa,bb,cc', 'x1x,1,-2,3', 'x2x,4,5,6', 'x3x,7,8,9', 'x4x,1,1,2')
    const sheet = lines('sample,experiment', 'x1x,control', 'x2x,control', 'x3x,kd', 'x4x,kd')
    expect((await read(table, {}, { sheet })).dataset?.genes).toEqual(['aa', 'bb', 'cc'])
    const turned = lines('sample,experiment', 'aa,control', 'bb,control', 'cc,kd')
    expect((await read(table, {}, { sheet: turned })).dataset?.genes).toEqual(['x1x', 'x2x', 'x3x', 'x4x'])
  })

  test('pools controls that stand in several experiments and says so', async () => {
    const sheet = lines(
      'sample,experiment,role',
      's1,week 1,control',
      's2,week 2,control',
      's3,week 1,perturbed',
      's4,week 2,perturbed',
      's5,week 2,perturbed',
    )
    const outcome = await read(TABLE, {}, { sheet })
    expect(outcome.dataset?.environments).toEqual(['control', 'week 1', 'week 2'])
    expect(outcome.dataset?.samples).toEqual(['s1', 's2', 's3', 's4', 's5'])
    expect(findingOf(outcome, 'pooled-controls').level).toBe('review')
  })

  test('lists its rows that have no sample', async () => {
    const sheet = lines('sample,experiment', 's1,control', 's2,control', 's3,a', 's4,a', 's5,a', 's9,a')
    expect(findingOf(await read(TABLE, {}, { sheet }), 'sheet-rows-unused').examples).toEqual(['s9'])
  })

  test('may name its experiments in a column that the user chooses', async () => {
    const sheet = lines('sample;experiment;genotype', 's1;x;wt', 's2;x;wt', 's3;x;ko', 's4;x;ko', 's5;x;ko')
    const { dataset } = await read(TABLE, { environmentColumn: 'genotype' }, { sheet })
    expect(dataset?.environments).toEqual(['wt', 'ko'])
  })

  test('needs a column with the sample names', async () => {
    await expect(read(TABLE, {}, { sheet: 'colour,experiment\nred,x\n' })).rejects.toMatchObject({
      code: 'DATA_FORMAT',
      message:
        "The sample sheet samples.tsv has no column 'sample'. Name the column with the sample names 'sample'.",
    })
  })

  test('is never matched by position', async () => {
    const table = lines('A,B', '1,-2', '2,-3', '3,-4')
    const outcome = await read(
      table,
      { orientation: 'genes-in-columns' },
      { sheet: lines('sample,experiment', 's1,control', 's2,control', 's3,kd') },
    )
    expect(findingOf(outcome, 'nameless-samples').level).toBe('blocking')
  })

  test('has a template that it reads itself', async () => {
    const table = lines('gene,ctrl_1,ctrl_2,drugA_1,tp53_kd_1', 'TP53,1,-2,3,4', 'MYC,6,5,4,3')
    const outcome = await read(table, {}, { sheet: sampleSheetTemplate() })
    expect(outcome.dataset?.environments).toEqual(['control', 'drug A', 'TP53 knock-down'])
    expect(outcome.summary.knownTargets).toEqual({ 'TP53 knock-down': { genes: ['TP53'], complete: false } })
  })
})

describe('a sample sheet that was recorded', () => {
  const NAMES = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8']
  const TABLE = [
    ['gene', ...NAMES].join('\t'),
    ...['TP53', 'MYC', 'JUN', 'FOS', 'EGR1'].map((gene, g) =>
      [gene, ...NAMES.map((_, s) => ((g + 1) * (s + 3) * 0.37) % 5)].join('\t'),
    ),
  ].join('\n')
  const SHEET = [
    'sample\tcondition\trole\tcontrol_group\tknown_targets\ttargets_complete\tdirection\tbatch',
    'Q1.bam\tDMSO\tcontrol\t\t\t\t\tMay',
    'q2\tDMSO\tcontrol\t\t\t\t\tMay',
    'q3\twater\tcontrol\t\t\t\t\tJune',
    'q4\twater\tcontrol\t\t\t\t\tJune',
    'q5\tdrug\tperturbed\tDMSO\tTP53;MYC\tyes\tdown\tMay',
    'q6\tdrug\tperturbed\tDMSO\tTP53\t\t\tMay',
    'q7\theat\tperturbed\twater\t\t\t\tJune',
    'q8\theat\tperturbed\twater\t\t\t\tJune',
    'q9\theat\tperturbed\twater\t\t\t\tJune',
  ].join('\n')

  test('gives the same data set without the sheet, with its control groups, targets and directions', async () => {
    const options = { environmentColumn: 'condition', transform: 'none' } as const
    const first = await read(TABLE, options, { sheet: SHEET })
    expect(first.dataset?.choices?.sheetRows).toContainEqual({
      sample: 'q5',
      experiment: 'drug',
      role: 'perturbed',
      controlGroup: 'DMSO',
      knownTargets: ['TP53', 'MYC'],
      complete: true,
      direction: 'down',
      batch: 'May',
    })
    const recorded = RecordedChoices.parse(first.dataset?.choices)
    const again = await read(TABLE, { ...recorded, transform: 'none' })
    expect(again.dataset).toEqual(first.dataset)
    expect(again.summary.knownTargets).toEqual(first.summary.knownTargets)
    expect(again.summary.environments).toEqual(first.summary.environments)
  })

  test('is replaced by a sheet that is given, and is not recorded where there was none', async () => {
    const rows = NAMES.map((sample) => ({ sample, experiment: sample < 'q5' ? 'control' : 'old' }))
    const sheet = SHEET.replaceAll('condition', 'experiment')
    const outcome = await read(TABLE, { sheetRows: rows, control: 'DMSO' }, { sheet })
    expect(outcome.summary.environments.map(({ name }) => name)).toContain('drug')
    const plain = await read(`${TABLE.replace(/q[1-4]\b/g, 'control_$&').replace(/\tq/g, '\tdrug_q')}\n`)
    expect(plain.dataset?.choices?.sheetRows).toBeUndefined()
  })
})
