import { describe, expect, it } from 'vitest'
import { fuzzyScore } from '../../../src-renderer/services/fuzzy'

const best = (query: string, labels: readonly string[]): string[] =>
  labels
    .map((label) => ({ label, score: fuzzyScore(query.toLowerCase().split(' '), label) }))
    .filter((each) => each.score !== null)
    .sort((a, b) => b.score! - a.score!)
    .map(({ label }) => label)

describe('What was typed', () => {
  it('finds a label by its first letters, in any order of the words', () => {
    expect(best('swi', ['Show what-if', 'Switch run', 'Save'])).toEqual(['Switch run', 'Show what-if'])
    expect(best('if show', ['Show what-if', 'Show network'])).toEqual(['Show what-if'])
    expect(best('sht', ['Save as…', 'Show targets'])).toEqual(['Show targets'])
  })
  it('prefers whole names, then starts of words, then parts of words', () => {
    expect(best('myc', ['MYCN', 'c-MYC', 'MYC', 'xmyc'])).toEqual(['MYC', 'MYCN', 'c-MYC', 'xmyc'])
  })
  it('does not take scattered letters for a match', () => {
    expect(best('tp53', ['Step 5 of 13', 'TP53'])).toEqual(['TP53'])
    expect(best('run', ['Return in ms', 'Run'])).toEqual(['Run'])
    expect(best('zz', ['Zoom in'])).toEqual([])
  })
})
