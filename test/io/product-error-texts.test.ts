/**
 * The audit of the error texts of docs/product.md: every row of its table is produced here by the code that a user's file
 * or constraint would meet, and a row without an example fails.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ReadOptions, type ReadOptionsInput } from '../../src-shared/contract/dataset-source'
import { AppError } from '../../src-shared/contract/errors'
import { NO_CONSTRAINTS } from '../../src-shared/domain/constraints'
import { constraintConflicts } from '../../src-shared/domain/constraint-conflicts'
import { readDataset } from '../../src-main/io/import'
import { defaultLimits, type ImportLimits } from '../../src-main/io/import/limits'
import { lines, read, readFiles, SMALL } from './import/support'

const root = resolve(import.meta.dirname, '../..')

interface Row {
  readonly name: string
  readonly text: string
}

/** The table under "Error text". */
function rowsOfProduct(): Row[] {
  const section = readFileSync(join(root, 'docs/product.md'), 'utf8').split(/^## /m)
  const table = section.find((each) => each.startsWith('Error text'))
  if (table === undefined) throw new Error('docs/product.md has no section "Error text"')
  return [...table.matchAll(/^\| (?!Case|---)([^|]+?) \| "(.+)"[^"|]* \|$/gm)].map((match) => ({
    name: match[1]!,
    text: match[2]!,
  }))
}

/** What changes from file to file stands for itself; everything else has to be there to the letter. */
const VARIABLE: readonly (readonly [RegExp, string])[] = [
  [/\*[^*]+\*/g, '\\S+'],
  [/\bs7, s8…/g, '.+?'],
  [/'[^']*'/g, "'.+?'"],
  [/\bBRCA2\b/g, '\\S+'],
  [/\bexperiment \d\b/g, "experiment '.+?'"],
  [/\bFile A looks human, file B mouse\b/g, '\\S+ looks human, \\S+ mouse'],
  [/\buse the command line\b/g, 'use the command line.*?'],
  [/\bGB\b/g, '[kMG]?B'],
  [/\d+(?:[,.]\d+)*/g, '[\\d,.e-]*\\d'],
]

function patternOf(text: string): RegExp {
  const escape = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  let parts: { readonly text: string; readonly done: boolean }[] = [{ text, done: false }]
  for (const [variable, pattern] of VARIABLE)
    parts = parts.flatMap((part) => {
      if (part.done) return [part]
      const literals = part.text.split(variable)
      return literals.flatMap((literal, at) => [
        { text: literal, done: false },
        ...(at < literals.length - 1 ? [{ text: pattern, done: true }] : []),
      ])
    })
  return new RegExp(parts.map((part) => (part.done ? part.text : escape(part.text))).join(''))
}

const textsOf = async (outcome: ReturnType<typeof read>): Promise<string[]> =>
  (await outcome).summary.findings.map((finding) => finding.text)

/** The text of a file that cannot be read at all. */
async function refusalOf(
  fixture: string,
  options: Partial<ReadOptionsInput> = {},
  limits: Partial<ImportLimits> = {},
): Promise<string[]> {
  const path = join(root, 'test/fixtures/import', fixture)
  try {
    await readDataset(
      { files: [{ name: fixture, path }] },
      ReadOptions.parse({ files: [fixture], ...options }),
      {},
      { ...defaultLimits(), ...limits },
    )
  } catch (error) {
    if (error instanceof AppError) return [error.message]
    throw error
  }
  return []
}

const ROWS = lines(
  'gene,ctrl_1,ctrl_2,ctrl_3,drug_1,drug_2,drug_3',
  'TP53,1,-2,3,4,5,6',
  'MYC,6,5,4,3,2,1',
  'JUN,2,4,6,1,3,5',
)
const genesOf = (genes: readonly string[], samples: string): string =>
  lines(`gene,${samples}`, ...genes.map((gene, at) => `${gene},${at},-1`))

const EXAMPLES: Readonly<Record<string, () => Promise<string[]> | string[]>> = {
  'Orientation unclear': () =>
    textsOf(read(lines('x,aa1x,bb2x,cc3x', 'dd4x,1,2,3', 'ee5x,4,-5,6', 'ff6x,7,8,9'))),
  'Ambiguous comma': () => textsOf(read(SMALL.replaceAll(',', ';').replaceAll(/-?\d\.\d/g, '1,234'))),
  'Excel dates': () => textsOf(read(ROWS.replace('MYC', '1-Sep').replace('JUN', '2-Sep'))),
  'Text in data': () => textsOf(read(ROWS.replace('6,5,4', '6,n.d.,n.d.'))),
  'Ragged row': () => textsOf(read(ROWS.replace('MYC,6', 'MYC,6,0'))),
  'Unmatched samples': () =>
    textsOf(
      read(
        lines('gene,s7,s8,s1,s2,s3', 'TP53,1,-2,3,4,5', 'MYC,6,5,4,3,2'),
        {},
        {
          sheet: lines(
            'sample\texperiment',
            's1\tcontrol',
            's2\tcontrol',
            's3\tdrug',
            'S07\tdrug',
            'S08\tdrug',
          ),
        },
      ),
    ),
  'No control': () =>
    textsOf(
      read(
        lines('gene,a,b,c,d', 'TP53,1,-2,3,4', 'MYC,6,5,4,3'),
        {},
        {
          sheet: lines(
            'sample,experiment,role,control_group',
            'a,vehicle 1,control,',
            'b,vehicle 1,control,',
            'c,Drug A,perturbed,vehicle 2',
            'd,Drug A,perturbed,vehicle 2',
          ),
          sheetName: 's.csv',
        },
      ),
    ),
  'Too few': () => textsOf(read(SMALL.trimEnd().split('\n').slice(0, -1).join('\n'))),
  'Few shared genes': () =>
    textsOf(
      readFiles({
        'a.csv': genesOf(['TP53', 'MYC', 'JUN', 'FOS', 'EGR1', 'X1', 'X2'], 'ctrl_1,ctrl_2'),
        'b.csv': genesOf(['Trp53', 'Myc', 'Jun', 'Fos', 'Egr1', 'Actb', 'X1', 'X2'], 'drug_1,drug_2'),
      }),
    ),
  'Target not measured': () =>
    textsOf(
      read(
        lines('gene,a,b,c,d', 'TP53,1,-2,3,4', 'MYC,6,5,4,3'),
        {},
        {
          sheet: lines('sample,experiment,known_targets', 'a,control,', 'b,control,', 'c,3,BRCA2', 'd,3,'),
          sheetName: 's.csv',
        },
      ),
    ),
  'Unsupported compression': () => refusalOf('lzf.h5ad'),
  Truncated: () => refusalOf('truncated.h5ad'),
  Memory: () => refusalOf('csr.h5ad', { cells: 'all' }, { tableBytes: 64 }),
  'Constraint conflict': () =>
    constraintConflicts(
      { ...NO_CONSTRAINTS, required: [{ source: 'A', target: 'B' }], tiers: [['B'], ['A']] },
      ['A', 'B'],
    ),
}

const rows = rowsOfProduct()

describe('the error texts of docs/product.md', () => {
  test('are all found in the table, and every example belongs to one', () => {
    expect(rows.length).toBeGreaterThanOrEqual(14)
    expect(Object.keys(EXAMPLES)).toEqual(rows.map(({ name }) => name))
  })

  test.each(rows)('$name: as written there', async ({ name, text }) => {
    const produce = EXAMPLES[name]
    if (!produce) throw new Error(`no example produces the text of '${name}'`)
    const texts = await produce()
    expect(texts.join('\n')).toMatch(patternOf(text))
  })
})
