import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../src-shared/domain/run-settings'
import { analyzeCommand, needsFiles, shellWord } from '../../../src-renderer/services/cli-command'

describe('The command line of a run', () => {
  it('names nothing but the file when everything is the default', () => {
    expect(analyzeCommand(['a.csv'], { files: ['x'] }, DEFAULT_SETTINGS)).toBe('metacadi analyze a.csv')
  })
  it('quotes names so that a shell reads them as one word', () => {
    expect(shellWord("it's mine.csv")).toBe("'it'\\''s mine.csv'")
    expect(shellWord('$(rm)')).toBe("'$(rm)'")
  })
  it('writes settings, importer choices, known targets and constraints', () => {
    const settings = {
      ...DEFAULT_SETTINGS,
      seed: 7,
      knownTargets: { 'Drug A': { genes: ['G1'], complete: false } },
      constraints: { required: [{ source: 'A', target: 'B' }], forbidden: [], tiers: [] },
    }
    const command = analyzeCommand(
      ['a.csv'],
      { files: ['x'], control: 'DMSO', orientation: 'auto' },
      settings,
    )
    expect(command).toBe(
      "metacadi analyze a.csv --control DMSO --seed 7 --known-targets 'Drug A=G1;?' --require 'A>B'",
    )
  })
  it('says when samples that were moved by hand need a sheet', () => {
    expect(needsFiles({ files: ['x'], assignment: { s1: 'e' } }, DEFAULT_SETTINGS)).toBe(true)
    expect(needsFiles({ files: ['x'] }, DEFAULT_SETTINGS)).toBe(false)
  })
})
