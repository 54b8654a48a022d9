import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simulate } from '../../src-main/engine/simulate'

export interface Scratch {
  readonly folder: string
  readonly file: (name: string, content: string) => string
  readonly remove: () => void
}

export function scratchFolder(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'metacadi-test-'))
  return {
    folder,
    file: (name, content) => {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The text of an expression table with a control and one experiment per gene. */
export function simulatedTable(genes: number, samplesPerEnvironment = 5, seed = 1): string {
  return simulate({ genes, environments: genes, controlSamples: 30, samplesPerEnvironment }, seed).csv
}
