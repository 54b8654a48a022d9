import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findChromium } from '../../src-main/engine/printing/find-chromium'
import { analyze } from '../../src-main/hosts/command-line/analyze'
import { figure } from '../../src-main/hosts/command-line/figure'
import { runCommandLine } from '../../src-main/hosts/command-line/main'
import { report } from '../../src-main/hosts/command-line/report'
import { reproduce } from '../../src-main/hosts/command-line/reproduce'
import { builtApp } from '../support/built-app'
import { scratchFolder, simulatedTable, type Scratch } from '../support/simulated-table'

// real runs on a busy computer
vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 })

let scratch: Scratch
let study: string
const inScratch = (...path: string[]): string => join(scratch.folder, ...path)

/** The command line in this process: what it wrote to standard output, and its exit code. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const toOut = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
  const toErr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true))
  try {
    return { code: await runCommandLine(args, { analyze, report, figure, reproduce }), out, err }
  } finally {
    toOut.mockRestore()
    toErr.mockRestore()
  }
}

beforeAll(async () => {
  await builtApp()
  scratch = scratchFolder()
  vi.stubEnv('METACADI_DATA_DIR', inScratch('data'))
  study = scratch.file('study.csv', simulatedTable(6))
  const { code } = await run(
    'analyze',
    study,
    '--mode',
    'closed-form',
    '--seed',
    '5',
    '--out',
    inScratch('run'),
  )
  expect(code).toBe(0)
})
afterAll(() => {
  vi.unstubAllEnvs()
  scratch.remove()
})

describe('metacadi reproduce', () => {
  it('gives the same hash from the result, with the seed and settings of the record', async () => {
    const { code, out } = await run('reproduce', inScratch('run'), study)
    expect(out).toContain('Reproduced: the result hash is the same')
    expect(code).toBe(0)
  })

  it('gives the same hash from the report', async () => {
    expect((await run('report', inScratch('run'), '--out', inScratch('r.html'))).code).toBe(0)
    const { code, out } = await run('reproduce', inScratch('r.html'), study, '--json')
    expect(JSON.parse(out)).toMatchObject({ command: 'reproduce', same: true, differences: [] })
    expect(code).toBe(0)
  })

  it('ends with 1 and says what differs when a value of the data was changed', async () => {
    const changed = scratch.file('changed.csv', readFileSync(study, 'utf8').replace(/(\d)\.(\d)/, '$1.9$2'))
    const { code, out } = await run('reproduce', inScratch('run', 'result.json'), changed)
    expect(code).toBe(1)
    expect(out).toMatch(
      /Not reproduced[\s\S]*Input file: recorded 'study\.csv'[\s\S]*Expression values: 1 of/,
    )
  })
})

describe('metacadi reproduce of a run with repairs', () => {
  it('takes every choice of the import from the record, of the result and of the report', async () => {
    const [header, ...rows] = simulatedTable(6).trimEnd().split('\n') as [string, ...string[]]
    const dirty = rows.map((row, index) =>
      index === 2 ? row.replace(/[^,]+$/, 'n.d.') : index === 5 ? row.replace(/[^,]+$/, '') : row,
    )
    // the fourth column gets a name that a spreadsheet made
    const names = header.split(',').map((name, column) => (column === 3 ? '1-Sep' : name))
    const file = scratch.file('dirty.csv', `${[names.join(','), ...dirty].join('\n')}\n`)
    expect((await run('analyze', file, '--mode', 'closed-form', '--out', inScratch('none'))).code).toBe(3)
    const choices = ['--text-cells', 'missing', '--missing-values', 'mean', '--fix', 'excel-dates']
    const analysed = await run(
      'analyze',
      file,
      ...choices,
      '--mode',
      'closed-form',
      '--out',
      inScratch('fixed'),
    )
    expect(analysed).toMatchObject({ code: 0 })
    expect(JSON.parse(readFileSync(inScratch('fixed', 'result.json'), 'utf8'))).toMatchObject({
      input: { choices: { textCells: 'missing', missingValues: 'mean', excelNames: 'repair' } },
      genes: expect.arrayContaining(['SEPTIN1']) as unknown,
    })
    expect(await run('reproduce', inScratch('fixed'), file)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Reproduced') as unknown,
    })
    await run('report', inScratch('fixed'), '--out', inScratch('fixed.html'))
    expect(await run('reproduce', inScratch('fixed.html'), file)).toMatchObject({ code: 0 })
    // what is given goes before what is recorded
    const otherwise = await run('reproduce', inScratch('fixed'), file, '--fix', 'excel-dates=keep')
    expect(otherwise.code).not.toBe(0)
  })
})

describe('metacadi reproduce of a run with a sample sheet', () => {
  it('needs the sheet no more: experiments, control groups, batches and known targets are in the record', async () => {
    const [header, ...rows] = simulatedTable(5, 6).trimEnd().split('\n') as [string, ...string[]]
    // sample names that say nothing, so that only the sheet knows the experiments
    const name = (row: number): string => `x${row * 7919}`
    const genes = header.split(',').slice(1)
    const table = rows.map((row, at) => `${name(at)},${row.slice(row.indexOf(',') + 1)}`)
    const file = scratch.file('plain.csv', `${['sample', ...genes].join(',')}\n${table.join('\n')}\n`)
    const sheetRow = (row: string, at: number): string => {
      const experiment = row.slice(0, row.indexOf(','))
      const [role, targets] = experiment === 'control' ? ['control', ''] : ['perturbed', genes[0]!]
      return [name(at), experiment, role, targets, at % 2 === 0 ? 'May' : 'June'].join('\t')
    }
    const sheet = scratch.file(
      'sheet.tsv',
      `sample\texperiment\trole\tknown_targets\tbatch\n${rows.map(sheetRow).join('\n')}\n`,
    )
    const out = inScratch('sheet-run')
    const analysed = await run(
      'analyze',
      file,
      '--sample-sheet',
      sheet,
      '--mode',
      'closed-form',
      '--out',
      out,
    )
    expect(analysed).toMatchObject({ code: 0 })
    const { input } = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')) as {
      input: { choices: { sheetRows: unknown[] } }
    }
    expect(input.choices.sheetRows).toHaveLength(rows.length)
    expect(input.choices.sheetRows[1]).toEqual({
      sample: name(1),
      experiment: 'control',
      role: 'control',
      batch: 'June',
    })
    const again = await run('reproduce', out, file)
    expect(again.out).toContain('Reproduced: the result hash is the same')
    expect(again.code).toBe(0)
    await run('report', out, '--out', inScratch('sheet.html'))
    expect(await run('reproduce', inScratch('sheet.html'), file)).toMatchObject({ code: 0 })
  })
})

describe('metacadi report', () => {
  it('writes Markdown, and only the sections that were chosen', async () => {
    const { code } = await run(
      'report',
      inScratch('run'),
      '--format',
      'md',
      '--section',
      'network',
      '--out',
      inScratch('short.md'),
    )
    expect(code).toBe(0)
    const text = readFileSync(inScratch('short.md'), 'utf8')
    expect(text.match(/^## .*$/gm)).toEqual(['## Summary', '## Network', '## Reliability', '## Limits'])
  })
})

describe('metacadi figure', () => {
  it('writes a figure whose format is told by the name of the file, and the data behind it', async () => {
    const args = ['figure', inScratch('run'), '--figure', 'ranking', '--experiment', 'env01']
    expect((await run(...args, '--out', inScratch('f.svg'))).code).toBe(0)
    expect(readFileSync(inScratch('f.svg'), 'utf8')).toMatch(/^<\?xml[\s\S]*width="[\d.]+mm"/)
    expect((await run(...args, '--out', inScratch('f.tsv'))).code).toBe(0)
    expect(readFileSync(inScratch('f.tsv'), 'utf8')).toMatch(/^rank\tgene\tprobability\tlist_fdr/)
  })

  it('says what is missing', async () => {
    const { code, err } = await run('figure', inScratch('run'), '--figure', 'ranking')
    expect(code).toBe(2)
    expect(err).toContain('needs the name of the experiment')
  })

  it('says what to do where there is no Chromium', async () => {
    vi.stubEnv('CHROMIUM', inScratch('none'))
    const { code, err } = await run('figure', inScratch('run'), '--figure', 'heatmap', '--format', 'png')
    expect(code).toBe(2)
    expect(err).toContain('none was found')
    vi.unstubAllEnvs()
    vi.stubEnv('METACADI_DATA_DIR', inScratch('data'))
  })
})

const chromium = ((): string | null => {
  try {
    return findChromium()
  } catch {
    return null
  }
})()
if (chromium === null) console.log('PNG and PDF are not tested: no Chromium (set CHROMIUM).')

describe.skipIf(chromium === null)('with a Chromium', () => {
  it('a PNG has the pixels of its width at its density, the same ones every time', async () => {
    const png = async (name: string): Promise<Buffer> => {
      const args = ['figure', inScratch('run'), '--figure', 'heatmap', '--preset', '89mm', '--dpi', '300']
      expect((await run(...args, '--out', inScratch(name))).code).toBe(0)
      return readFileSync(inScratch(name))
    }
    const [first, second] = [await png('a.png'), await png('b.png')]
    expect(first.subarray(1, 4).toString()).toBe('PNG')
    expect(first.readUInt32BE(16)).toBeGreaterThan(900)
    expect(first.readUInt32BE(16)).toBeLessThanOrEqual(Math.ceil((89 / 25.4) * 300) + 1)
    expect(first.subarray(37, 41).toString()).toBe('pHYs')
    expect(first.readUInt32BE(41)).toBe(11811)
    expect(first.equals(second)).toBe(true)
  })

  it('a PDF of a figure has one page of its size, with text, and the date of the run', async () => {
    mkdirSync(inScratch('pdf'), { recursive: true })
    const pdf = async (name: string): Promise<string> => {
      const args = [
        'figure',
        inScratch('run'),
        '--figure',
        'ranking',
        '--experiment',
        'env01',
        '--preset',
        '89mm',
      ]
      expect((await run(...args, '--out', inScratch('pdf', name))).code).toBe(0)
      return readFileSync(inScratch('pdf', name)).toString('latin1')
    }
    const first = await pdf('a.pdf')
    expect(first.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
    const [, width] = /\/MediaBox \[0 0 ([\d.]+) /.exec(first)!
    expect(Number(width)).toBeLessThanOrEqual((89 / 25.4) * 72 + 1)
    expect(first).toContain('/FontName')
    const { createdAt } = JSON.parse(
      /"createdAt":"[^"]+"/
        .exec(readFileSync(inScratch('run', 'result.json'), 'utf8'))![0]
        .replace(/^/, '{') + '}',
    ) as { createdAt: string }
    expect(first).toContain(`(D:${createdAt.replace(/\D/g, '').slice(0, 14)}+00'00')`)
    expect(await pdf('b.pdf')).toBe(first)
  })

  it('a report becomes a PDF of several pages', async () => {
    expect((await run('report', inScratch('run'), '--format', 'pdf', '--out', inScratch('r.pdf'))).code).toBe(
      0,
    )
    const pdf = readFileSync(inScratch('r.pdf')).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0).toBeGreaterThan(2)
  })
})
