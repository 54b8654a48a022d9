import { describe, expect, it } from 'vitest'
import { targetsInNames } from '../../../src-renderer/services/targets-in-names'

const GENES = ['TP53', 'MYC', 'GATA1', 'HLA-A', 'Trp53', 'SIX1', 'A1', 'a1']
const found = (...names: string[]) => Object.fromEntries(targetsInNames(names, GENES))

describe('Experiments named after genes', () => {
  it('are recognised as screens write them', () => {
    expect(found('TP53', 'MYC_KO', 'TP53+MYC', 'sgGATA1_2', 'HLA-A kd', 'trp53-knockout', 'SIX1')).toEqual({
      TP53: ['TP53'],
      MYC_KO: ['MYC'],
      'TP53+MYC': ['TP53', 'MYC'],
      sgGATA1_2: ['GATA1'],
      'HLA-A kd': ['HLA-A'],
      'trp53-knockout': ['Trp53'],
      SIX1: ['SIX1'],
    })
  })
  it('are not guessed from a part of a name, from what is said about them, or between two spellings', () => {
    expect(found('MYC inhibitor', 'drug_A', 'Heat', 'KO', 'rep 1', '', 'A1')).toEqual({})
  })
})
