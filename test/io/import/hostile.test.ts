import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test, vi } from 'vitest'
import { dataset, findingOf, lines, read, readFiles, row, rulesOf, SMALL } from './support'

const PROCESS_FILES = '/proc/self/fd'
if (!existsSync(PROCESS_FILES)) console.log(`No ${PROCESS_FILES} here: open files are not counted.`)

const openTables = (): number =>
  readdirSync(PROCESS_FILES).filter((entry) => {
    try {
      return readlinkSync(`${PROCESS_FILES}/${entry}`).includes('metacadi-import-')
    } catch {
      return false
    }
  }).length

describe('hostile tables', () => {
  test('names like __proto__ are only names', async () => {
    const table = lines(
      'gene,__proto__,constructor,toString,ctrl_1',
      '__proto__,1,-2,3,4',
      'hasOwnProperty,5,6,7,8',
      'MYC,1,2,3,9',
    )
    const sheet = lines(
      'sample,experiment,role,known_targets',
      '__proto__,__proto__,perturbed,__proto__',
      'constructor,constructor,perturbed,hasOwnProperty',
      'toString,constructor,perturbed,',
      'ctrl_1,valueOf,control,',
    )
    const { dataset: data, summary } = await read(table, {}, { sheet })
    expect(data?.genes).toEqual(['__proto__', 'hasOwnProperty', 'MYC'])
    expect(data?.environments).toEqual(['valueOf', '__proto__', 'constructor'])
    expect(Object.entries(summary.knownTargets)).toEqual([
      ['__proto__', { genes: ['__proto__'], complete: false }],
      ['constructor', { genes: ['hasOwnProperty'], complete: false }],
    ])
    expect(Object.prototype).not.toHaveProperty('genes')
  })

  test('an assignment does not find what objects inherit', async () => {
    const table = lines('gene,toString,a_1,a_2,ctrl_1,ctrl_2', 'TP53,1,-2,3,4,5', 'MYC,5,6,7,8,9')
    const outcome = await read(table, { assignment: { a_1: 'a' } })
    expect(outcome.summary.samples.map(({ environment }) => environment)).toEqual([
      'toString',
      'a',
      'a',
      'ctrl',
      'ctrl',
    ])
  })

  test('names with quotes, delimiters, line breaks and 10,000 characters are kept as one name', async () => {
    const long = 'G'.repeat(10_000)
    const table = `environment,"a ""quoted"", gene","two\nlines",${long}\ncontrol,1,-2,3\ncontrol,2,-3,4\n"drug\nB",3,-4,5\n"drug\nB",4,-5,6\n`
    const outcome = await read(table)
    expect(outcome.dataset?.genes).toEqual(['a "quoted", gene', 'two lines', long])
    expect(outcome.dataset?.environments).toEqual(['control', 'drug B'])
    expect(row(outcome.dataset!, 3)).toEqual([4, -5, 6])
    expect(JSON.stringify(outcome.summary.findings).length).toBeLessThan(5000)
  })

  test('names longer than any gene name are cut and stay different', async () => {
    const long = 'G'.repeat(12_000)
    const data = await dataset(
      lines(`environment,${long}1,${long}2`, 'control,1,-1', 'control,2,-3', 'kd,3,-4'),
      { duplicateGenes: 'keep' },
    )
    expect(data.genes.every((gene) => gene.length < 10_020)).toBe(true)
    expect(new Set(data.genes).size).toBe(2)
  })

  test('control characters of a name reach no text', async () => {
    const outcome = await read(SMALL.replaceAll('drug A', 'drug\u0007\u202EA').replaceAll('control', 'x'))
    expect(findingOf(outcome, 'no-control').text).toBe(
      "Experiments 'x' and 'drug A' have no control samples. Pick a control group.",
    )
  })

  test('the apostrophe that guards formulas in exported text is removed', async () => {
    const data = await dataset(
      lines("environment,'=SUM(A1),'-AS1,'quoted'", 'control,1,-1,3', 'control,2,-2,4', 'kd,3,-3,5'),
    )
    expect(data.genes).toEqual(['=SUM(A1)', '-AS1', "'quoted'"])
  })

  test('duplicate sample names are numbered and reported', async () => {
    const outcome = await read(
      lines(
        'sample,environment,A,B',
        's,control,1,-2',
        't,control,2,-3',
        's,kd,3,-4',
        'u,kd,4,-5',
        'v,kd,4,-5',
      ),
    )
    expect(outcome.dataset?.samples).toEqual(['s', 't', 's (2)', 'u', 'v'])
    expect(findingOf(outcome, 'duplicate-samples').examples).toEqual(['s'])
  })

  test('numbering repeated names never makes another name twice', async () => {
    const data = await dataset(
      lines(
        'sample,environment,A,B',
        's,control,1,-2',
        's (2),control,2,-3',
        's,kd,3,-4',
        's,kd,4,-5',
        'x,kd,1,1',
        'y,kd,1,2',
        'z,kd,0,2',
      ),
    )
    expect(new Set(data.samples).size).toBe(7)
  })

  test('empty columns disappear, and numbers without a name are kept under one', async () => {
    const empty = await dataset(SMALL.replaceAll(/^([^,]+),/gm, '$1,,'))
    expect(empty.genes).toEqual(['TP53', 'MYC', 'JUN'])
    const outcome = await read(SMALL.replace('MYC', ''))
    expect(outcome.dataset?.genes).toEqual(['TP53', 'column 3', 'JUN'])
    expect(rulesOf(outcome)).toContain('unnamed-column')
  })

  test('rows without a gene name are left out and counted', async () => {
    const outcome = await read(
      lines('gene,ctrl_1,ctrl_2,kd_1,kd_2', 'A1,1,-2,3,4', ',5,6,7,8', 'B1,1,2,3,5', 'C1,9,8,7,6'),
    )
    expect(outcome.dataset?.genes).toEqual(['A1', 'B1', 'C1'])
    expect(findingOf(outcome, 'unnamed-gene').count).toBe(1)
  })

  test('thousands separators of every kind are read', async () => {
    const cells = ['1,234,567.5', '12\u00A0345', "1'234", '1 234 567', '1\u202F234,5']
    const comma = lines(
      'environment\tA\tB',
      `control\t${cells[0]}\t${cells[1]}`,
      `control\t${cells[2]}\t${cells[3]}`,
      'kd\t-1\t2',
    )
    expect(row(await dataset(comma), 0)).toEqual([1234567.5, 12345])
    expect(row(await dataset(comma), 1)).toEqual([1234, 1234567])
    const european = lines(
      'environment\tA\tB',
      'control\t1.234,5\t0,5',
      'control\t1.234.567,25\t1.000',
      `kd\t-1,5\t${cells[4]}`,
    )
    const data = await dataset(european)
    expect(row(data, 0)).toEqual([1234.5, 0.5])
    expect(row(data, 1)).toEqual([1234567.25, 1000])
    expect(row(data, 2)).toEqual([-1.5, 1234.5])
  })

  test('a decimal comma that appears only far down is found by reading again', async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => `${i % 2 ? 'kd' : 'control'};${i % 17};-${i % 5}`)
    const data = await dataset(lines('environment;A;B', ...rows, 'kd;0,5;-1,25'))
    expect(row(data, data.samples.length - 1)).toEqual([0.5, -1.25])
  })

  test('a letter outside UTF-8 far down is found by reading again', async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => `${i % 2 ? 'kd' : 'control'},${i % 17},-${i % 5}`)
    const outcome = await read(Buffer.from(lines('environment,A,B', ...rows, 'Größe,1,2'), 'latin1'))
    expect(outcome.dataset?.environments).toEqual(['control', 'kd', 'Größe'])
    expect(rulesOf(outcome)).toContain('encoding')
  })

  test('hexadecimal, octal and programming notations are text, not numbers', async () => {
    for (const cell of ['0x1F', '0b11', '0o7', '1_000', '1e', 'Infinity1', '--1', '1.2.3']) {
      const outcome = await read(SMALL.replace('3.1\n', `${cell}\n`))
      expect(findingOf(outcome, 'text-in-data').examples).toEqual([cell])
    }
  })

  test('a number too large for a double is missing', async () => {
    const outcome = await read(SMALL.replace('3.1\n', '1e999\n'), { missingValues: 'mean' })
    expect(row(outcome.dataset!, 0)[2]).toBeCloseTo((3.3 + 2.9) / 2, 12)
  })

  test('a header of a megabyte is read', async () => {
    const width = 120_000
    const header = `gene,${Array.from({ length: width }, (_, i) => `cell_${i}`).join(',')}`
    const values = (step: number): string =>
      Array.from({ length: width }, (_, i) => ((i * step) % 7) - 1).join(',')
    const outcome = await read(lines(header, `TP53,${values(3)}`, `MYC,${values(5)}`, `JUN,${values(1)}`))
    expect(outcome.summary.samples.length).toBe(width)
    expect(outcome.summary.genes).toEqual(['TP53', 'MYC', 'JUN'])
  }, 20_000)

  test('more columns or longer rows than any table has are refused', async () => {
    await expect(read(SMALL, {}, { limits: { columns: 3 } })).rejects.toMatchObject({
      code: 'RESOURCE_LIMIT',
    })
    const open = `environment,A,B\ncontrol,1,2\n"control,${'1,2\n'.repeat(100_000)}`
    await expect(read(open, {}, { limits: { rowLength: 200_000 } })).rejects.toMatchObject({
      code: 'DATA_FORMAT',
    })
  })

  test('an experiment called null is an experiment', async () => {
    expect((await dataset(SMALL.replaceAll('drug A', 'null'))).environments).toEqual(['control', 'null'])
  })

  test.skipIf(!existsSync(PROCESS_FILES))('the file is closed when its head is no table', async () => {
    const table = `0.5,1.5,2.5\n${'0.5,1.7,2.9\n'.repeat(100_000)}`
    await expect(read(table)).rejects.toMatchObject({ code: 'DATA_FORMAT' })
    await expect(read(gzipSync(table))).rejects.toMatchObject({ code: 'DATA_FORMAT' })
    await vi.waitFor(() => expect(openTables()).toBe(0))
  })

  test('a sheet that names a sample twice with different experiments is refused', async () => {
    const table = lines('gene,a,b,c,d', 'TP53,1,-2,3,4', 'MYC,6,5,4,3')
    const sheet = lines('sample,experiment', 'a,control', 'b,control', 'c,x', 'd,x', 'c,y')
    expect(findingOf(await readFiles({ 'x.csv': table }, { sheet }), 'sheet-contradiction').level).toBe(
      'blocking',
    )
  })
})
