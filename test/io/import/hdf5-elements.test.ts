/**
 * Damage to single elements of AnnData files: values, positions, starts of lines and codes of experiments. HDF5 has no
 * checksum for them, so a changed element is a changed file; what must not happen is that it changes anything else.
 *
 * Oracle: the test knows where each element lies (`hdf5-layouts.json`, written by h5py) and works out what the damaged file
 * says by a second, naive reading. Where that contradicts itself (starts that fall, positions outside, codes without a
 * category) the file must be refused; otherwise every value and every experiment must be exactly those of the second
 * reading. Values that are no finite numbers may only cost their own gene, or a question.
 *
 * `METACADI_MUTATIONS=10000 npx vitest run test/io/import/hdf5-elements.test.ts` runs more, `METACADI_MUTATION_SEED` others.
 */
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { AppError } from '../../../src-shared/contract/errors'
import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Dataset } from '../../../src-shared/domain/dataset'
import { createRng, type Rng } from '../../../src-main/core/random/rng'
import { readDataset } from '../../../src-main/io/import'
import { elementAt, elements, modelOf, type Layout, type Model, type Place } from './hdf5-elements'

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/import')
const COUNT = Number(process.env.METACADI_MUTATIONS ?? 120)
const SEED = Number(process.env.METACADI_MUTATION_SEED ?? 3)
const LAYOUTS = JSON.parse(readFileSync(join(FIXTURES, 'hdf5-layouts.json'), 'utf8')) as Record<
  string,
  Layout
>
const OPTIONS = ReadOptions.parse({ files: ['x'], transform: 'none', environmentColumn: 'perturbation' })

const scratch = mkdtempSync(join(tmpdir(), 'metacadi-elements-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Changes the bytes of one element; never only those of another. */
function changeOne(bytes: Uint8Array, place: Place, rng: Rng): string {
  const index = rng.int(place.length)
  const { at, size } = elementAt(place, index)
  const other = elementAt(place, rng.int(place.length)).at
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole = place.type !== 'f4'
  switch (rng.int(6)) {
    case 0:
      bytes[at + rng.int(size)]! ^= 1 << rng.int(8)
      break
    case 1:
      for (let byte = 0; byte < size; byte++) bytes[at + byte] = rng.int(256)
      break
    case 2:
      bytes.copyWithin(at, other, other + size)
      break
    case 3: {
      const before = bytes.slice(at, at + size)
      bytes.copyWithin(at, other, other + size)
      bytes.set(before, other)
      break
    }
    case 4:
      // the neighbours of a whole number are what passes as plausible
      if (whole) bytes[at] = (bytes[at]! + (rng.int(2) === 0 ? 1 : 255)) & 255
      else view.setFloat32(at, [NaN, Infinity, -Infinity, -0, 3.4e38, 1e-45][rng.int(6)]!, true)
      break
    default:
      bytes.fill(rng.int(2) === 0 ? 0 : 255, at, at + size)
  }
  return `element ${index}`
}

async function read(name: string, bytes: Uint8Array): Promise<Dataset | 'refused' | 'asked'> {
  const path = join(scratch, name)
  writeFileSync(path, bytes)
  try {
    const { dataset } = await readDataset({ files: [{ name, path }] }, OPTIONS, {})
    return dataset ?? 'asked'
  } catch (error) {
    if (error instanceof AppError && error.code !== 'INTERNAL') return 'refused'
    throw error
  }
}

/** What a data set says otherwise than the second reading; null = nothing. */
function contradiction(dataset: Dataset, model: Model, { genes, samples }: Layout): string | null {
  const present = samples.filter((sample) => model.experiment(sample) !== '')
  if (dataset.samples.toSorted().join() !== present.toSorted().join()) return 'other samples'
  const finite = genes.filter((gene) => present.every((sample) => Number.isFinite(model.value(sample, gene))))
  const absent = finite.find((gene) => !dataset.genes.includes(gene))
  if (absent !== undefined) return `${absent} is gone`
  for (const [row, sample] of dataset.samples.entries()) {
    const experiment = dataset.environments[dataset.environmentOf[row]!]
    if (experiment !== model.experiment(sample)) return `${sample} is in ${String(experiment)}`
    for (const [column, gene] of dataset.genes.entries()) {
      const value = dataset.values[row * dataset.genes.length + column]!
      if (finite.includes(gene) && value !== model.value(sample, gene))
        return `${sample}, ${gene} is ${value}`
    }
  }
  return null
}

describe('single elements of AnnData files', () => {
  test('lie where the second reading looks for them: undamaged files say the same', async () => {
    for (const [name, layout] of Object.entries(LAYOUTS)) {
      const bytes = readFileSync(join(FIXTURES, name))
      const dataset = await read(name, bytes)
      expect(dataset).toBeTypeOf('object')
      expect(contradiction(dataset as Dataset, modelOf(bytes, layout)!, layout)).toBeNull()
      for (const place of Object.values(layout.places))
        expect(elements(bytes, place)).toHaveLength(place.length)
    }
  })

  test(
    `${COUNT} changed ones are refused, or change what they stand for and nothing else`,
    async () => {
      const names = Object.keys(LAYOUTS)
      const files = new Map(names.map((name) => [name, readFileSync(join(FIXTURES, name))]))
      const tally: Record<string, Record<string, number>> = {}
      const wrong: string[] = []
      for (let index = 0; index < COUNT; index++) {
        const rng = createRng(SEED, index)
        const name = names[index % names.length]!
        const layout = LAYOUTS[name]!
        const paths = Object.keys(layout.places)
        const path = paths[rng.int(paths.length)]!
        const bytes = Uint8Array.from(files.get(name)!)
        const words = changeOne(bytes, layout.places[path]!, rng)
        const model = modelOf(bytes, layout)
        const outcome = await read(name, bytes)
        const verdict =
          typeof outcome === 'string'
            ? outcome
            : model === null
              ? 'a contradiction was read'
              : (contradiction(outcome, model, layout) ?? 'read as it stands')
        const counts = (tally[path] ??= {})
        if (['refused', 'asked', 'read as it stands'].includes(verdict))
          counts[verdict] = (counts[verdict] ?? 0) + 1
        else wrong.push(`${index} ${name} ${path}, ${words}: ${verdict}`)
      }
      if (COUNT > 500)
        console.log(JSON.stringify(tally, null, 1), wrong.length, wrong.slice(0, 40).join('\n'))
      expect(wrong).toEqual([])
    },
    60_000 + COUNT * 100,
  )
})
