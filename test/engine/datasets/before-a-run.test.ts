import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatasetSummary } from '../../../src-shared/contract/dataset-summary'
import { ReadOptions, type ReadOptionsInput } from '../../../src-shared/contract/dataset-source'
import { GENE_FATES, GENE_REASONS } from '../../../src-shared/domain/measured-genes'
import { DEFAULT_SETTINGS } from '../../../src-shared/domain/run-settings'
import { createRng } from '../../../src-main/core/random/rng'
import { recordedChoices } from '../../../src-main/io/import/recorded-choices'
import { startEngine, type EngineFixture } from '../engine-fixture'

const GENES = ['TP53', 'MYC', 'SEPT1', 'ACTB', 'GATA1', 'EGFR', 'STAT3', 'JUN', 'FOS', 'CDKN1A']
const EXPERIMENTS = ['ctrl_a', 'ctrl_b', 'drug', 'other']

/** Counts of 300 genes in 24 samples; `drug` halves TP53, and its last sample has a tenth of the usual counts. */
function counts(): string {
  const rng = createRng(5)
  const names = [...GENES, ...Array.from({ length: 290 }, (_, at) => `GENE${at + 1}`)]
  const samples = EXPERIMENTS.flatMap((name) => [1, 2, 3, 4, 5, 6].map((number) => `${name}_${number}`))
  const rows = names.map((gene, at) => {
    const level = 200 + 40 * (at % 9)
    return samples.map((sample) => {
      const hit = gene === 'TP53' && sample.startsWith('drug') ? 0.4 : 1
      const depth = sample === 'drug_6' ? 0.1 : 1
      return Math.max(0, Math.round(depth * hit * level * Math.exp(0.15 * rng.normal())))
    })
  })
  return [['gene', ...samples].join('\t'), ...rows.map((row, at) => [names[at], ...row].join('\t'))].join(
    '\n',
  )
}

let engine: EngineFixture
let file: string
beforeAll(async () => {
  engine = startEngine()
  const path = join(engine.scratch.folder, 'counts.tsv')
  writeFileSync(path, counts())
  file = await engine.grant(path)
})
afterAll(() => engine.end())

const read = (options: Partial<ReadOptionsInput> = {}): Promise<DatasetSummary> =>
  engine.client.call('dataset.read', {
    files: [file],
    controlExperiments: ['ctrl_a', 'ctrl_b'],
    ...options,
  })

describe('what is shown of a dataset before it is analysed', () => {
  it('several controls are chosen by hand, and experiments are compared with one group each', async () => {
    const { environments, samples, findings, control } = await read({
      controlGroupOf: { drug: 'ctrl_a', other: 'ctrl_b' },
    })
    expect(control).toBe('control')
    expect(environments).toEqual([
      { name: 'control', samples: 12, isControl: true },
      { name: 'drug', samples: 6, isControl: false, controlGroup: 'ctrl_a' },
      { name: 'other', samples: 6, isControl: false, controlGroup: 'ctrl_b' },
    ])
    expect(samples[0]).toEqual({ name: 'ctrl_a_1', environment: 'control', group: 'ctrl_a' })
    expect(findings.map(({ rule }) => rule)).toContain('control-groups')
  })

  it('the sample with few counts is flagged, and left out with its reason in the record', async () => {
    const { datasetId } = await read()
    const seen = await engine.client.call('dataset.quality', {
      datasetId,
      knownTargets: { drug: { genes: ['TP53', 'MYC', 'nothing'], complete: false } },
    })
    expect(seen.flags.filter(({ kind }) => kind === 'low-total')).toMatchObject([
      { sample: seen.samples.indexOf('drug_6') },
    ])
    expect(seen.quality).toMatchObject({ genes: 300, compared: 300, correlated: 'samples' })
    expect(seen.quality!.correlation).toHaveLength(24 * 24)
    expect(seen.engagement.map(({ gene, state }) => [gene, state])).toEqual([
      ['TP53', 'moves'],
      ['MYC', 'not-analysed'],
      ['nothing', 'not-analysed'],
    ])
    expect(seen.engagement[0]!.change).toBeCloseTo(Math.log(0.4), 0)

    const without = await read({
      excludedSamples: ['drug_6'],
      exclusionReasons: { drug_6: 'library failed' },
    })
    expect(without.findings.find(({ rule }) => rule === 'excluded-samples')?.text).toContain(
      'drug_6: library failed',
    )
    const again = await engine.client.call('dataset.quality', {
      datasetId: without.datasetId,
      knownTargets: {},
    })
    expect(again.samples).not.toContain('drug_6')
    expect(again.flags.filter(({ kind }) => kind === 'low-total')).toEqual([])
  })

  it('a name to leave out that no sample has is told, and not recorded as left out', async () => {
    const chosen = { excludedSamples: ['drug_6', 'drug_66'], exclusionReasons: { drug_66: 'library failed' } }
    const { findings } = await read(chosen)
    expect(findings.find(({ rule }) => rule === 'unknown-samples-excludedSamples')?.text).toBe(
      "1 sample to leave out ('drug_66') is not in the data: nothing was left out for it. Check the spelling.",
    )
    const options = ReadOptions.parse({ files: [file], ...chosen })
    expect(recordedChoices(options, null, ['drug_5', 'drug_6'])).toEqual({ excludedSamples: ['drug_6'] })
    expect(recordedChoices(options, null, ['drug_5'])).toBeUndefined()
  })

  it('pinned genes and targets named by hand are kept, with their reason, and the others are written down', async () => {
    const { datasetId, genes } = await read({ geneCount: 12, pinnedGenes: ['MYC'], targetGenes: ['JUN'] })
    expect(genes).toHaveLength(12)
    const table = await engine.client.call('dataset.genes', { datasetId })
    const reasonOf = (gene: string): string => GENE_REASONS[table.reason[table.names.indexOf(gene)]!]!
    expect([reasonOf('MYC'), reasonOf('JUN')]).toEqual(['pinned', 'known-target'])
    expect([...table.fate].filter((fate) => GENE_FATES[fate] === 'analysed')).toHaveLength(12)
    const tp53 = table.names.indexOf('TP53')
    expect(Math.max(...table.shift!)).toBe(table.shift![tp53])
    expect(table.most).toBeGreaterThanOrEqual(50)
    const { bytes } = await engine.client.call('dataset.droppedGenes', { datasetId })
    expect(new TextDecoder().decode(bytes).trim().split('\n')).toHaveLength(1 + 288)
  })

  it('genes are found by symbol, case, alias and identifier, and what the file lacks is told', async () => {
    const { datasetId } = await read()
    const found = await engine.client.call('dataset.findGenes', {
      datasetId,
      names: ['TP53', 'myc', 'SEPTIN1', 'ENSG00000146648.12', 'p53', 'BRCA2', 'nonsense'],
    })
    expect(found.map(({ genes, by, known }) => [genes, by, known])).toEqual([
      [['TP53'], 'name', []],
      [['MYC'], 'similar', []],
      [['SEPT1'], 'symbol', []],
      [['EGFR'], 'ensembl', []],
      [['TP53'], 'alias', []],
      [[], null, ['BRCA2']],
      [[], null, []],
    ])
  })

  it('an estimate for more genes is larger, without reading them', async () => {
    const { datasetId } = await read({ geneCount: 12 })
    const now = await engine.client.call('analysis.estimate', { datasetId, settings: DEFAULT_SETTINGS })
    const more = await engine.client.call('analysis.estimate', {
      datasetId,
      settings: DEFAULT_SETTINGS,
      genes: 200,
    })
    expect(more.seconds).toBeGreaterThan(now.seconds)
    expect(more.memoryBytes).toBeGreaterThan(now.memoryBytes)
  })
})
