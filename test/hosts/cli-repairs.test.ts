import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtApp } from '../support/built-app'
import { scratchFolder, simulatedTable, type Scratch } from '../support/simulated-table'

let scratch: Scratch
let cli: string

interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

function run(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = {
      cwd: scratch.folder,
      env: { ...process.env, METACADI_DATA_DIR: join(scratch.folder, 'data') },
    }
    execFile(process.execPath, [cli, ...args], options, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}

/** Counts with a duplicate gene, a damaged name, a text cell and a missing value. */
const DIRTY = [
  'gene,ctrl_1,ctrl_2,ctrl_3,drug_1,drug_2,drug_3',
  'TP53,10,n.d.,30,40,50,60',
  'JUN,11,21,31,41,51,61',
  'JUN,1,2,3,4,5,6',
  '1-Sep,5,8,7,,9,6',
  '1-Mar,5,3,7,9,11,6',
].join('\n')

beforeAll(async () => {
  cli = (await builtApp()).path('main/cli.js')
  scratch = scratchFolder()
  scratch.file('dirty.csv', DIRTY)
}, 200_000)
afterAll(() => scratch.remove())

interface Validated {
  readonly genes: string[]
  readonly findings: {
    rule: string
    choice?: { current?: string | null; values: { value: string; changes?: unknown[] }[] }
  }[]
}

describe('metacadi validate', () => {
  it('ends with 3 where a person must decide, with every choice, and prints the diffs', async () => {
    const { code, out, err } = await run('validate', 'dirty.csv')
    expect(code).toBe(3)
    expect(out).toMatch(/JUN, ctrl_1: 11 and 1 → 12/)
    expect(out).toMatch(/row 5: 1-Sep → SEPTIN1/)
    expect(err).toMatch(/--text-cells missing +Treat as missing/)
    expect(err).toMatch(/--duplicate-genes sum +Add up \(counts\)/)
    expect(err).toMatch(/--missing-values mean/)
  })

  it('applies all safe repairs, or single ones by their rule, and tells them as applied', async () => {
    const { code, out } = await run('validate', 'dirty.csv', '--accept-repairs', '--json')
    expect(code).toBe(0)
    const { genes, findings } = JSON.parse(out) as Validated
    expect(genes).toEqual(['TP53', 'JUN', 'SEPTIN1', '1-Mar'])
    const current = (rule: string): unknown => findings.find((each) => each.rule === rule)?.choice?.current
    expect(current('duplicate-genes')).toBe('sum')
    expect(current('text-in-data')).toBe('missing')

    const some = await run(
      ...['validate', 'dirty.csv', '--json', '--fix', 'text-in-data', '--fix', 'duplicate-genes=mean'],
      ...['--fix', 'missing-values', '--gene-name', '1-Mar=MARCHF1'],
    )
    expect(some.code).toBe(0)
    expect((JSON.parse(some.out) as Validated).genes).toEqual(['TP53', 'JUN', '1-Sep', 'MARCHF1'])
  })

  it('names the repairs there are when one is not known', async () => {
    const { code, err } = await run('validate', 'dirty.csv', '--fix', 'excel-date')
    expect(code).toBe(2)
    expect(err).toContain("Did you mean 'excel-dates'?")
  })

  it('writes a sample sheet to fill in, which reads the same, and never over another file', async () => {
    const args = ['validate', 'dirty.csv', '--accept-repairs']
    expect((await run(...args, '--sample-sheet-template', 'sheet.tsv')).code).toBe(0)
    const sheet = readFileSync(join(scratch.folder, 'sheet.tsv'), 'utf8')
    expect(sheet.split('\n')[1]).toBe('ctrl_1\tctrl\tcontrol\t\t\t\t\t')
    const { code, out } = await run(...args, '--sample-sheet', 'sheet.tsv')
    expect({ code, from: /experiments from +(\w+)/.exec(out)?.[1] }).toEqual({ code: 0, from: 'sheet' })
    expect((await run(...args, '--sample-sheet-template', 'sheet.tsv')).code).toBe(2)
  })

  it('ends with 4 before anything is allocated when a file is too large for the computer', async () => {
    mkdirSync(join(scratch.folder, 'huge'))
    const size = '%%MatrixMarket matrix coordinate integer general\n2 2 9007199254740991\n1 1 1\n'
    scratch.file('huge/matrix.mtx', size)
    scratch.file('huge/barcodes.tsv', 'A-1\nB-1\n')
    scratch.file('huge/features.tsv', 'G1\tTP53\nG2\tMYC\n')
    const { code, err } = await run('validate', 'huge')
    expect(code).toBe(4)
    expect(err).toMatch(/Needs about .* GB, .* GB free\. Options: average the cells of each experiment/)
  })

  it('says in which file there is too little and what to do', async () => {
    scratch.file('one.csv', 'sample,environment,A,B\ns1,control,1.5,-2\n')
    const { code, err } = await run('validate', 'one.csv')
    expect(code).toBe(2)
    expect(err).toContain(
      'one.csv has 1 sample that can be used; at least 3 are needed. Add samples, or include ones that were left out.',
    )
  })
})

/** The table with other names for its genes; null keeps one. */
const renamed = (table: string, name: (index: number) => string | null): string =>
  table.replace(/^.*$/m, (header) =>
    header
      .split(',')
      .map((old, index) => (/^(sample|environment)$/.test(old) ? old : (name(index) ?? old)))
      .join(','),
  )

describe('metacadi analyze and targets', () => {
  it('name the repairs in the methods text, and refuse new data that share no gene with the result', async () => {
    scratch.file(
      'study.csv',
      renamed(simulatedTable(6), (index) => (index === 3 ? '1-Sep' : null)),
    )
    const args = ['--accept-repairs', '--mode', 'closed-form', '--out', 'run']
    expect((await run('analyze', 'study.csv', ...args)).code).toBe(0)
    await run('export', 'run', '--format', 'methods-txt', '--out', 'methods.txt')
    expect(readFileSync(join(scratch.folder, 'methods.txt'), 'utf8')).toContain(
      'On import: 1 gene name looks like a date',
    )
    scratch.file(
      'other.csv',
      renamed(simulatedTable(6), (index) => `Other${index}`),
    )
    const other = await run('targets', 'run', 'other.csv', '--out', 'new')
    expect(other.code).toBe(2)
    expect(other.err).toMatch(
      /Only 0 of 6 genes of the study 'study' are shared with 'other', which has 6 genes/,
    )
    expect(existsSync(join(scratch.folder, 'new'))).toBe(false)
  }, 60_000)
})
