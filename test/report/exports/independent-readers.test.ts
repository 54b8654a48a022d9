import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import type { WrittenFormat } from '../../../src-shared/contract/export-formats'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { edgeTable } from '../../../src-main/report/exports/edge-table'
import { INTERACTION, networkOf } from '../../../src-main/report/exports/network'
import { exportText } from '../../../src-main/report/exports/names'
import { EXPORTERS } from '../../../src-main/report/exports/registry'
import { runTargetTable } from '../../../src-main/report/exports/target-table'
import type { Table } from '../../../src-main/report/exports/table'
import { makeResult } from '../make-result'
import { awkwardResult, exportInput } from './export-input'

const FILES: readonly (readonly [WrittenFormat, string])[] = [
  ['graphml', 'network.graphml'],
  ['gml', 'network.gml'],
  ['cx2', 'network.cx2'],
  ['dot', 'network.dot'],
  ['cyjs', 'network.cyjs'],
  ['sif', 'network.sif'],
  ['sif-edges-tsv', 'network-sif-edges.tsv'],
  ['tables-xlsx', 'tables.xlsx'],
  ['bundle-zip', 'bundle.zip'],
]

const folder = mkdtempSync(join(tmpdir(), 'metacadi-exports-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A Python that has what requirements.txt names; PYTHON chooses one. */
function pythonWithReaders(): string | null {
  const candidates = process.env.PYTHON ? [process.env.PYTHON] : ['python3', 'python']
  const wanted = readFileSync(join(import.meta.dirname, 'requirements.txt'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('=='))
    .map((line) => line.split('==')[0])
  const check = `import ${wanted.join(', ')}`
  return (
    candidates.find((python) => spawnSync(python, ['-c', check], { timeout: 60_000 }).status === 0) ?? null
  )
}

const python = pythonWithReaders()
if (!python)
  console.log(
    'Independent readers of the exports are skipped: no Python with test/report/exports/requirements.txt (set PYTHON).',
  )

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** What a spreadsheet shows of a cell; openpyxl gives null for an empty one. */
const sheetCells = ({ columns, rows }: Table): unknown[][] => [
  [...columns],
  ...rows.map((row) =>
    row.map((cell) => {
      if (typeof cell === 'number') return finite(cell)
      const text = typeof cell === 'string' ? (cell === 'NA' ? '' : cell) : exportText(cell.text)
      return text === '' ? null : text
    }),
  ),
]

function writeExports(result: AnalysisResult, threshold: number): void {
  const input = exportInput(result, { minProbability: threshold })
  for (const [format, name] of FILES) writeFileSync(join(folder, name), EXPORTERS[format](input))
  const network = networkOf(input, threshold)
  const bundle = EXPORTERS['bundle-zip'](input)
  const expected = {
    title: network.name,
    software: result.app.name,
    date: result.createdAt,
    seed: result.settings.seed,
    inputs: result.input.files.map(({ sha256 }) => sha256),
    nodes: network.nodes,
    edges: network.edges.map((edge) => ({
      source: edge.source,
      target: edge.target,
      interaction: INTERACTION[edge.sign],
      probability: result.edges.probability[edge.source * result.genes.length + edge.target]!,
      effect: finite(edge.effect),
      effectLow: finite(edge.effectLow),
      effectHigh: finite(edge.effectHigh),
      constraint: edge.constraint === '' ? null : edge.constraint,
      experiments: edge.experiments,
    })),
    tables: {
      edges: sheetCells(edgeTable(input, threshold)),
      targets: sheetCells(runTargetTable(result)),
    },
    crate: Object.keys(unzipSync(bundle as Uint8Array)),
  }
  writeFileSync(join(folder, 'expected.json'), JSON.stringify(expected))
}

function readThem(): string {
  try {
    return execFileSync(python!, [join(import.meta.dirname, 'read_exports.py'), folder], {
      encoding: 'utf8',
      timeout: 180_000,
    })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`The readers disagree:\n${stdout}\n${stderr}`)
  }
}

describe.skipIf(!python)('exports read by independent programs', () => {
  it('hold every node, edge and cell of an ordinary run', () => {
    writeExports(makeResult({ genes: 30, environments: 8, seed: 5 }), 0.3)
    expect(readThem()).toMatch(/GraphML by networkx: \d+ compared, 0 differ/)
  }, 240_000)

  it('hold every node, edge and cell of a run with hostile names', () => {
    writeExports(awkwardResult(), 0.05)
    expect(readThem()).toMatch(/XLSX by openpyxl: \d+ compared, 0 differ/)
  }, 240_000)

  it('stand values that are missing', () => {
    const result = makeResult({ genes: 6, environments: 2 })
    result.edges.effect.fill(NaN)
    result.edges.effectSd.fill(NaN)
    result.targets.predictedShift.fill(NaN)
    writeExports(result, 0)
    expect(readThem()).toMatch(/CX2 by ndex2: \d+ compared, 0 differ/)
  }, 240_000)
})
