import { describe, expect, test } from 'vitest'
import { createRng } from '../../../src-main/core/random/rng'
import { changeOf, findingOf, lines, read, row, rulesOf } from './support'

/** Log values of 20 genes; a drug moves 8 of them by `effect`. */
function study(
  experiments: readonly (readonly [name: string, sample: string])[],
  effect: number,
): number[][] {
  const rng = createRng(7)
  const normal = (): number => rng.normal()
  return experiments.map(([name]) =>
    Array.from({ length: 20 }, (_, gene) => {
      const hit = name === 'drug' ? gene < 8 : name === 'other' ? gene >= 12 : false
      return normal() + (hit ? effect : 0)
    }),
  )
}

const NAMES = ['control', 'drug', 'other'].flatMap((name) =>
  [1, 2, 3, 4, 5].map((number) => [name, `${name}_${number}`] as const),
)

function tableOf(
  rows: readonly (readonly number[])[],
  labels: readonly string[],
  samples: readonly string[],
): string {
  const genes = rows[0]!.map((_, gene) => `GENE${gene}`)
  return lines(
    `sample,environment,${genes.join(',')}`,
    ...rows.map(
      (values, index) => `${samples[index]},${labels[index]},${values.map((v) => v.toFixed(4)).join(',')}`,
    ),
  )
}

const samples = NAMES.map(([, sample]) => sample)
const labels = NAMES.map(([name]) => name)

describe('labels that were exchanged', () => {
  const rows = study(NAMES, 5)
  const swapped = labels.with(6, 'other').with(12, 'drug')

  test('are found, and exchanged only when the user says so', async () => {
    const table = tableOf(rows, swapped, samples)
    const open = await read(table)
    const { choice, text, level } = findingOf(open, 'label-swap')
    expect(level).toBe('review')
    expect(text).toContain("'other_3' ('drug') and 'drug_2' ('other') were probably exchanged")
    expect(choice).toMatchObject({ option: 'labelSwaps', current: null })
    expect(choice?.safe).toBeUndefined()
    expect(changeOf(choice, 'swap')).toEqual([
      { where: 'other_3', before: 'drug', after: 'other' },
      { where: 'drug_2', before: 'other', after: 'drug' },
    ])
    const accepted = await read(table, { acceptRepairs: true })
    expect(accepted.dataset?.values).toEqual(open.dataset?.values)

    const repaired = await read(table, { labelSwaps: 'swap' })
    const right = await read(tableOf(rows, labels, samples))
    expect(repaired.dataset?.samples).toEqual(right.dataset?.samples)
    expect(repaired.dataset?.values).toEqual(right.dataset?.values)
    expect(repaired.dataset?.repairs?.map(({ rule }) => rule)).toEqual(['label-swap'])
    expect(changeOf(findingOf(repaired, 'label-swap').choice, 'swap')).toEqual(changeOf(choice, 'swap'))
  })

  test('are not suspected where all is right', async () => {
    expect(rulesOf(await read(tableOf(rows, labels, samples)))).not.toContain('label-swap')
  })

  test('a single sample that lies with another experiment is told without a repair', async () => {
    const outcome = await read(tableOf(rows, labels.with(6, 'other'), samples))
    expect(findingOf(outcome, 'stray-sample').text).toContain(
      "Sample 'drug_2' of 'other' lies closer to 'drug' than to its own replicates.",
    )
  })
})

describe('a known target', () => {
  const sheet = (direction: string, target: string): string =>
    lines(
      'sample\texperiment\trole\tknown_targets\tdirection',
      ...NAMES.map(([name, sample]) =>
        [
          sample,
          name,
          name === 'control' ? 'control' : 'perturbed',
          name === 'drug' ? target : '',
          direction,
        ].join('\t'),
      ),
    )
  const table = tableOf(study(NAMES, 5), labels, samples)

  test('that does not move, or moves the other way, is told', async () => {
    const still = await read(table, {}, { sheet: sheet('', 'GENE10') })
    expect(findingOf(still, 'target-not-moving').text).toMatch(
      /^GENE10 is a known target of 'drug' but hardly moves there \(-?0\.\d spreads of the control\)\./,
    )
    const wrong = await read(table, {}, { sheet: sheet('down', 'GENE1') })
    expect(findingOf(wrong, 'target-not-moving').text).toContain('should go down, but goes up')
    expect(rulesOf(await read(table, {}, { sheet: sheet('up', 'GENE1') }))).not.toContain('target-not-moving')
  })

  test('is fully known when the sheet says so', async () => {
    const full = sheet('', 'GENE1').replace('direction', 'targets_complete').replaceAll(/\t$/gm, '\tyes')
    const { summary } = await read(table, {}, { sheet: full })
    expect(summary.knownTargets.drug).toEqual({ genes: ['GENE1'], complete: true })
  })
})

describe('several control groups', () => {
  // solvent and batch move everything; the drug moves A by 2, the peptide B by 3
  const table = lines(
    'gene,d1,d2,w1,w2,drug1,drug2,pep1,pep2',
    'A,1,1.2,11,11.2,3.1,3.0,11.1,11.0',
    'B,5,5.2,-5,-5.2,5.1,5.0,-2.1,-2.0',
    'C,0.3,0.1,7.3,7.1,0.2,0.25,7.2,7.25',
  )
  const sheet = (group: (experiment: string) => string, batch = ['', '', '', '', '', '', '', '']): string =>
    lines(
      'sample\texperiment\trole\tcontrol_group\tbatch',
      ...[
        ['d1', 'DMSO', 'control'],
        ['d2', 'DMSO', 'control'],
        ['w1', 'water', 'control'],
        ['w2', 'water', 'control'],
        ['drug1', 'drug', 'perturbed'],
        ['drug2', 'drug', 'perturbed'],
        ['pep1', 'peptide', 'perturbed'],
        ['pep2', 'peptide', 'perturbed'],
      ].map(([name, experiment, role], i) =>
        [name, experiment, role, role === 'control' ? '' : group(experiment!), batch[i]].join('\t'),
      ),
    )
  const own = (experiment: string): string => (experiment === 'drug' ? 'DMSO' : 'water')

  test('compare each experiment with its own: a shift of the whole group cancels exactly', async () => {
    const outcome = await read(table, { transform: 'none' }, { sheet: sheet(own) })
    expect(outcome.dataset?.environments).toEqual(['control', 'drug', 'peptide'])
    expect(findingOf(outcome, 'control-groups').choice).toMatchObject({ current: 'centre' })
    const mean = (rows: readonly number[], gene: number): number =>
      rows.reduce((sum, at) => sum + row(outcome.dataset!, at)[gene]!, 0) / rows.length
    const controls = [0, 1, 2, 3]
    // by hand: mean of the experiment minus mean of its own controls
    expect(mean([4, 5], 0) - mean(controls, 0)).toBeCloseTo(3.05 - 1.1, 12)
    expect(mean([6, 7], 0) - mean(controls, 0)).toBeCloseTo(11.05 - 11.1, 12)
    expect(mean([6, 7], 1) - mean(controls, 1)).toBeCloseTo(-2.05 + 5.1, 12)
    expect(mean([0, 1], 2)).toBeCloseTo(mean([2, 3], 2), 12)
    expect(outcome.dataset?.repairs?.map(({ rule }) => rule)).toEqual(['control-groups'])
  })

  test('batches with controls of their own count the same, without control groups', async () => {
    const batch = ['1', '1', '2', '2', '1', '1', '2', '2']
    const one = sheet(() => '', batch)
      .replaceAll('DMSO', 'control')
      .replaceAll('water', 'control')
    const outcome = await read(table, { transform: 'none' }, { sheet: one })
    const grouped = await read(table, { transform: 'none' }, { sheet: sheet(own) })
    expect(outcome.dataset?.values).toEqual(grouped.dataset?.values)
    expect(findingOf(outcome, 'control-groups').text).toContain("'batch 1' and 'batch 2'")
  })

  test('are pooled where that was chosen, or where the groups are not known, and it is said', async () => {
    const chosen = await read(table, { transform: 'none', controlGroups: 'pool' }, { sheet: sheet(own) })
    expect(row(chosen.dataset!, 0)).toEqual([1, 5, 0.3])
    expect(findingOf(chosen, 'pooled-controls').text).toContain('by your choice')
    const unknown = await read(table, {}, { sheet: sheet(() => '') })
    expect(findingOf(unknown, 'pooled-controls').text).toContain(
      "the control group of 'drug' and 'peptide' is not known",
    )
    const asked = await read(table, { controlGroups: 'centre' }, { sheet: sheet(() => '') })
    expect(findingOf(asked, 'control-groups')).toMatchObject({ level: 'blocking', code: 'DATA_INSUFFICIENT' })
    expect(asked.dataset).toBeNull()
  })
})
