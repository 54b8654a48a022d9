import { describe, expect, it } from 'vitest'
import type { ImportChoices } from '../../../src-shared/domain/dataset'
import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { DEFAULT_SETTINGS, type RunSettings } from '../../../src-shared/domain/run-settings'
import { parseArguments } from '../../../src-main/hosts/command-line/options'
import { READ_OPTIONS, readOptionsFrom } from '../../../src-main/hosts/command-line/read-arguments'
import { SETTING_OPTIONS, settingsFrom } from '../../../src-main/hosts/command-line/setting-arguments'
import { commandOfRun, shellWord, type CommandOfRun } from '../../../src-renderer/services/cli-command'

const run = (changes: Partial<CommandOfRun>): CommandOfRun => ({
  files: [{ name: 'a.csv', bytes: 1, sha256: '0' }],
  choices: {},
  control: 'DMSO',
  transform: 'none',
  settings: DEFAULT_SETTINGS,
  genes: ['G1', 'G2'],
  geneChoice: null,
  ...changes,
})

/** The words as a POSIX shell would hand them over. */
function shellWords(command: string): string[] {
  const words: string[] = []
  let word = ''
  let quoted = false
  for (let i = 0; i < command.length; i++) {
    const letter = command[i]!
    if (letter === "'") quoted = !quoted
    else if (letter === '\\' && !quoted) word += command[++i]!
    else if (letter === ' ' && !quoted) {
      words.push(word)
      word = ''
    } else word += letter
  }
  return [...words, word]
}

/** What `metacadi analyze` makes of a command. */
async function understood(command: string): Promise<{ read: ReadOptions; settings: RunSettings }> {
  const [program, name, ...rest] = shellWords(command)
  expect([program, name]).toEqual(['metacadi', 'analyze'])
  const args = parseArguments(rest, { ...READ_OPTIONS, ...SETTING_OPTIONS }, { names: '', min: 1, max: 20 })
  const read = ReadOptions.parse(readOptionsFrom(args, { files: [...args.positionals] }))
  return { read, settings: await settingsFrom(args, {}) }
}

describe('The command line of a run', () => {
  it('names the files and what the import found out', () => {
    expect(commandOfRun(run({}), 'r.json')).toEqual({
      command: 'metacadi analyze a.csv --control DMSO --transform none',
      needsResult: false,
    })
    expect(commandOfRun(run({ control: null }), 'r.json').command).toContain('--control none')
  })

  it('quotes names so that a shell reads them as one word', () => {
    expect(shellWord("it's mine.csv")).toBe("'it'\\''s mine.csv'")
    expect(shellWord('$(rm)')).toBe("'$(rm)'")
  })

  it('says every setting, known target and constraint so that the command line understands the same', async () => {
    const settings: RunSettings = {
      ...DEFAULT_SETTINGS,
      seed: 7,
      mode: 'closed-form',
      fdr: 0.05,
      sweeps: 900,
      knownTargets: {
        'Drug A': { genes: ['G1'], complete: false },
        "O'Neill = 2": { genes: ['G1', 'G2'], complete: true },
      },
      constraints: {
        required: [{ source: 'A', target: 'B' }],
        forbidden: [{ source: 'B', target: 'C d' }],
        tiers: [['A', 'B'], ['C d']],
        roots: ['A'],
        leaves: ['C d'],
      },
    }
    const { command } = commandOfRun(run({ settings }), 'r.json')
    expect((await understood(command)).settings).toEqual(settings)
  })

  it('says every choice of the import so that the command line understands the same', async () => {
    const choices: ImportChoices = {
      environmentColumn: 'drug name',
      decimal: 'comma',
      duplicateGenes: 'auto',
      missingValues: 'drop-genes',
      excelNames: 'repair',
      geneNames: { '1-Mar': 'MARCHF1' },
      severalGenes: 'first',
      geneSymbols: 'current',
      labelSwaps: 'swap',
      cells: 'pseudobulk',
      minCells: 3,
      excludedSamples: ['s 1', 's=2'],
      pinnedGenes: ['G9'],
      geneCount: 30,
      assignment: { 's=3': 'Drug A', s4: '' },
      controlGroupOf: { 'Drug A': 'DMSO' },
      directions: { 'Drug A': 'down' },
      acceptRepairs: true,
    }
    const { command, needsResult } = commandOfRun(run({ choices, transform: 'log1p-cpm' }), 'r.json')
    expect(needsResult).toBe(false)
    const { read } = await understood(command)
    expect(read).toEqual(
      ReadOptions.parse({ ...choices, files: ['a.csv'], control: 'DMSO', transform: 'log1p-cpm' }),
    )
  })

  it('names the genes where the user had named them', () => {
    const geneChoice = {
      measured: 3,
      analysed: 2,
      kept: [{ reason: 'named' as const, count: 2 }],
      dropped: [],
    }
    expect(commandOfRun(run({ geneChoice }), 'r.json').command).toContain('--gene G1 --gene G2')
  })

  it('leaves the control to the groups that were chosen', () => {
    const choices = { controlExperiments: ['DMSO', 'water'] }
    const { command } = commandOfRun(run({ choices }), 'r.json')
    expect(command).toContain('--control-experiment DMSO --control-experiment water')
    expect(command).not.toContain('--control DMSO')
  })

  it('lets the result itself say what no option can', () => {
    const expected = { command: "metacadi reproduce 'my result.json' a.csv", needsResult: true }
    expect(commandOfRun(run({ choices: { sheetRows: [{ sample: 's1' }] } }), 'my result.json')).toEqual(
      expected,
    )
    expect(commandOfRun(run({ choices: { ofALaterVersion: 'x' } }), 'my result.json')).toEqual(expected)
    const knownTargets = { 'Drug A': { genes: [], complete: true } }
    const settings = { ...DEFAULT_SETTINGS, knownTargets }
    expect(commandOfRun(run({ settings }), 'my result.json')).toEqual(expected)
  })
})
