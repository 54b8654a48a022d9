import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach } from 'vitest'
import { loadModel, type ModelManifest, type TargetModel } from '../../src-main/model'
import type { LoadOptions } from '../../src-main/model'
import { scratchFolder } from '../support/simulated-table'

const FIXTURES = resolve(import.meta.dirname, '../fixtures/model')

/** Folders made by test/fixtures/model/make_models.py. */
export const fixture = (name: 'good' | 'with-nan' | 'narrow'): string => join(FIXTURES, name)

export const manifestOf = (folder: string): ModelManifest =>
  JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as ModelManifest

/** A copy of the good model that a test may spoil. */
export function copyOfGood(): {
  folder: string
  changeManifest: (changes: object) => void
  remove: () => void
} {
  const scratch = scratchFolder()
  cpSync(fixture('good'), scratch.folder, { recursive: true })
  return {
    folder: scratch.folder,
    changeManifest: (changes) =>
      writeFileSync(
        join(scratch.folder, 'manifest.json'),
        JSON.stringify({ ...manifestOf(scratch.folder), ...changes }),
      ),
    remove: scratch.remove,
  }
}

/** Loads models on the CPU and closes them after each test. */
export function modelLoader(): (folder: string, options?: Partial<LoadOptions>) => Promise<TargetModel> {
  const open: TargetModel[] = []
  afterEach(async () => {
    for (const model of open.splice(0)) await model.close()
  })
  return async (folder, options) => {
    const model = await loadModel({ folder, provider: 'cpu', ...options })
    open.push(model)
    return model
  }
}
