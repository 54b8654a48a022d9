import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ReadOptions } from '../../src-shared/contract/dataset-source'
import { readTruth } from '../../src-main/engine/benchmark/manifest'
import { listExamples } from '../../src-main/engine/datasets/examples'
import { readDataset } from '../../src-main/io/import/read-dataset'

const folder = new URL('../../examples', import.meta.url).pathname

describe('the bundled examples', () => {
  const examples = listExamples(folder)

  it('are all described', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(examples.map(({ id }) => id).sort()).toEqual(folders.map(({ name }) => name).sort())
    expect(examples.length).toBeGreaterThanOrEqual(2)
  })

  it.each(examples)('$id is read without a question and has the stated size', async ({ id, ...stated }) => {
    const path = join(folder, id, 'expression.csv')
    const description = JSON.parse(readFileSync(join(folder, id, 'example.json'), 'utf8')) as { read: object }
    const options = ReadOptions.parse({ ...description.read, files: ['expression.csv'] })
    const { dataset, summary } = await readDataset({ files: [{ name: 'expression.csv', path }] }, options, {})
    expect(summary.findings.filter(({ level }) => level !== 'info')).toEqual([])
    expect(summary.control).toBe('control')
    expect(dataset?.transform).toBe('none')
    expect({
      genes: dataset?.genes.length,
      samples: dataset?.samples.length,
      environments: (dataset?.environments.length ?? 0) - 1,
    }).toEqual({ genes: stated.genes, samples: stated.samples, environments: stated.environments })
  })

  it.each(examples)('$id: the truth speaks of its genes and experiments', async ({ id }) => {
    const truth = await readTruth(join(folder, id, 'truth.json'))
    const lines = readFileSync(join(folder, id, 'expression.csv'), 'utf8')
      .trim()
      .split('\n')
    expect(lines[0]!.split(',').slice(1)).toEqual(truth.genes)
    const environments = new Set(lines.slice(1).map((line) => line.split(',')[0]!))
    expect(new Set([truth.control, ...Object.keys(truth.targets)])).toEqual(environments)
    expect(truth.edges.length).toBeGreaterThan(0)
  })
})
