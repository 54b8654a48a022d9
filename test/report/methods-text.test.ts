import { describe, expect, it } from 'vitest'
import { bibtex } from '../../src-main/report/citation'
import { methodsText } from '../../src-main/report/methods-text'
import { makeResult } from './make-result'

describe('methods text', () => {
  it('holds what another laboratory needs to repeat the run', () => {
    const result = makeResult({
      genes: ['TP53', 'MDM2', 'MYC'],
      environments: ['Drug A', 'Drug B'],
      settings: {
        seed: 42,
        fdr: 0.05,
        knownTargets: { 'Drug A': { genes: ['TP53'], complete: false } },
        constraints: { required: [{ source: 'TP53', target: 'MDM2' }] },
      },
    })
    const text = methodsText(result)
    for (const part of [
      result.input.files[0]!.sha256,
      result.resultHash,
      'seed 42',
      '23 November 2026',
      '3 genes in 20 samples',
      '10 control samples (control) and 2 perturbed experiments with 5 samples each',
      'log(1 + x)',
      '1 required edge',
      'α = 0.5',
      'Drug A',
      '2 chains of 2,000 sweeps',
      'arXiv:2510.22298',
    ])
      expect(text).toContain(part)
    expect(text.replaceAll('\u202f', ' ')).toContain('false discovery rate of 5 %')
    expect(text).not.toMatch(/\bwe\b|undefined|NaN|null/i)
  })

  it('says that the formulas are not those of the paper', () => {
    expect(methodsText(makeResult())).toContain('The formulas are those of the software')
  })

  it('says what is missing: control, targets, constraints', () => {
    const text = methodsText(makeResult({ controlSamples: 0 }))
    expect(text).toContain('no control samples')
    expect(text).toContain('No targets were given in advance')
    expect(text).toContain('No prior knowledge of the network')
    expect(methodsText(makeResult({ environments: [] }))).toContain('no perturbed experiment')
  })

  it('names the exact sum over orders instead of chains', () => {
    const text = methodsText(makeResult({ diagnostics: { exactOrders: true, chains: 0, sweeps: 0 } }))
    expect(text).toContain('All orders of the genes were summed exactly')
    expect(text).not.toContain('Markov chain')
  })

  it('keeps names from becoming Markdown', () => {
    const result = makeResult({
      environments: ['*A* [x](javascript:1) <b>'],
      settings: { knownTargets: { '*A* [x](javascript:1) <b>': { genes: ['GENE1'], complete: true } } },
    })
    const markdown = methodsText(result, 'markdown')
    expect(markdown).toContain('### Data')
    expect(markdown).toContain('\\*A\\* \\[x\\]\\(javascript:1\\) \\<b\\>')
  })
})

describe('citation', () => {
  it('holds two balanced BibTeX entries', () => {
    const text = bibtex(makeResult())
    expect(text.match(/^@\w+\{/gm)).toEqual(['@misc{', '@software{'])
    expect(text.split('{').length).toBe(text.split('}').length)
    expect(text).toContain('eprint        = {2510.22298}')
    expect(text).toContain('version = {0.1.0}')
    expect(text).toContain('year    = {2026}')
  })
})
