import { describe, expect, it } from 'vitest'
import { shortNames } from '../../../src-renderer/services/short-names'

const shown = (...names: string[]): string[] => [...shortNames(names).values()]

describe('Names of samples in tables', () => {
  it('lose folders and the endings of alignment files', () => {
    expect(shown('/data/bam/WT_1.sorted.bam', 'C:\\runs\\KO_1.Aligned.out.bam', 'KO_2.bam')).toEqual([
      'WT_1',
      'KO_1',
      'KO_2',
    ])
  })
  it('stay as they are where they would become equal, or nothing would be left', () => {
    expect(shown('a/WT.bam', 'b/WT.bam')).toEqual(['a/WT.bam', 'b/WT.bam'])
    expect(shown('.bam', 'ctrl.1')).toEqual(['.bam', 'ctrl.1'])
  })
})
