import { describe, expect, it } from 'vitest'
import { correlationRows } from '../../src-main/report/figures/correlation-figure'
import { compact, measureAxis } from '../../src-main/report/figures/measure-axis'
import { viridis } from '../../src-main/report/figures/ramp'
import { MOST_STRIPS, sampleStrips } from '../../src-main/report/figures/sample-strips'
import { reportMarkdown } from '../../src-main/report/markdown'
import { reportPage } from '../../src-main/report/page'
import { qualityOf } from '../../src-main/report/sample-quality'
import { render } from '../../src-main/report/markup'
import type { AnalysisResult } from '../../src-shared/domain/result'
import { GENERATED_EVIDENCE, makeResult } from './make-result'

/** A study with a flagged sample, two left out, and targets known beforehand. */
const base = makeResult({
  genes: 20,
  environments: 5,
  settings: {
    knownTargets: {
      'Drug 1': { genes: ['GENE3'], complete: false },
      'Drug 2': { genes: ['NOT_MEASURED'], complete: false },
    },
  },
})
const result: AnalysisResult = {
  ...base,
  input: {
    ...base.input,
    transform: 'log1p-cpm',
    directions: { 'Drug 1': 'up' },
    choices: { excludedSamples: ['old_1', 'old_2'], exclusionReasons: { old_1: 'RNA degraded <b>' } },
  },
}
/** Line breaks within a sentence mean nothing. */
const pageOf = (...args: Parameters<typeof reportPage>): string => reportPage(...args).replace(/\s+/g, ' ')
const page = pageOf(result, GENERATED_EVIDENCE)
const section = (html: string): string =>
  /<section id="quality"[\s\S]*?(?=<section id="experiments")/.exec(html)?.[0] ?? ''

describe('quality of the samples in the report', () => {
  it('says in words and numbers which sample stands out, beside the figures and in Markdown', () => {
    const last = result.input.samples.at(-1)!
    const markdown = reportMarkdown(reportPage(result, GENERATED_EVIDENCE))
    expect(section(page)).toContain('1 sample deserves a look')
    expect(section(page)).toMatch(new RegExp(`>${last}<[\\s\\S]*?low total: \\d{3},\\d{3}, usually`))
    expect(markdown).toMatch(new RegExp(`${last.replace('_', '.?_')} \\| Drug 5 \\| low total: `))
    for (const id of ['quality', 'pca', 'correlation']) expect(section(page)).toContain(`id="${id}-title"`)
    expect(section(page)).toContain('Library size (counts)')
  })

  it('is spoken of in the summary, with what to do about it', () => {
    const summary = /<section id="summary"[\s\S]*?<\/section>/.exec(page)![0]
    expect(summary).toMatch(/1 sample stands out among the others/)
    expect(summary).toContain('<a href="#quality">')
    expect(summary).toMatch(/Look at .*? before relying on its experiment/)
    const without = pageOf(result, GENERATED_EVIDENCE, { sections: ['network'] })
    expect(without).not.toContain('href="#quality"')
  })

  it('lists what was left out with its reason, as text', () => {
    expect(section(page)).toContain('RNA degraded &lt;b&gt;')
    expect(section(page)).toMatch(/old_2[\s\S]*?no reason given/)
    const untouched = pageOf(base, GENERATED_EVIDENCE)
    expect(section(untouched)).toContain('No sample was left out by hand.')
  })

  it('says whether known targets move, which way they should, and which were not analysed', () => {
    const table = /id="engagement"[\s\S]*?<\/table>/.exec(section(page))![0]
    expect(table).toMatch(/GENE3[\s\S]*?<td>up<\/td>/)
    expect(table).toMatch(/NOT_MEASURED[\s\S]*?not among the analysed genes/)
  })

  it('says so when an older result holds no measures, and shows what can be shown', () => {
    const { quality: _quality, ...older } = result
    const html = section(pageOf(older, GENERATED_EVIDENCE))
    expect(html).toContain('holds no measures over all genes of the file')
    expect(html).toContain('id="pca-title"')
    expect(html).not.toContain('id="correlation-title"')
  })
})

describe('correlation of the samples', () => {
  it('has a row for each of few samples, and for each experiment where there are many', () => {
    expect(correlationRows(qualityOf(result))).toMatchObject({ of: 'samples' })
    const many = qualityOf(makeResult({ genes: 8, environments: 12, samplesPerExperiment: 5 }))
    const rows = correlationRows(many)!
    expect(rows.of).toBe('experiments')
    const { correlation } = many.quality!
    const n = many.samples.length
    const of = (k: number): number[] =>
      Array.from(many.environmentOf.keys()).filter((i) => many.environmentOf[i] === k)
    for (const [a, b] of [
      [0, 0],
      [1, 4],
      [3, 3],
    ] as const) {
      const pairs = of(a).flatMap((i) => of(b).flatMap((j) => (i === j ? [] : [correlation[i * n + j]!])))
      const mean = pairs.reduce((sum, r) => sum + r, 0) / pairs.length
      expect(rows.values[a * rows.names.length + b]).toBeCloseTo(mean, 12)
    }
  })

  it('is not drawn for more experiments than can be told apart', () => {
    const many = qualityOf(makeResult({ genes: 3, environments: 130, samplesPerExperiment: 1 }))
    expect(correlationRows(many)).toBeNull()
    expect(render(sampleStrips(many, 'none')).match(/font-weight="600"/g)).toHaveLength(3)
  })
})

describe('a line for each experiment', () => {
  it('stays within a page: control and experiments with a marked sample come first', () => {
    const view = qualityOf(makeResult({ genes: 3, environments: MOST_STRIPS + 20, samplesPerExperiment: 2 }))
    const markup = render(sampleStrips(view, 'none'))
    const names = [...markup.matchAll(/<text x="0"[^>]*>([^<]+)</g)].map(([, name]) => name!)
    expect(names).toHaveLength(MOST_STRIPS)
    expect(names[0]).toBe('control')
    expect(names.at(-1)).toBe(`Drug ${MOST_STRIPS + 20}`)
  })
})

describe('an axis of measures', () => {
  it('is linear where values are alike and logarithmic where they span much', () => {
    const near = measureAxis([900, 1000, 1100], [0, 100])
    expect(near(1000) - near(900)).toBeCloseTo(near(1100) - near(1000), 9)
    const wide = measureAxis([10, 1e5], [0, 100])
    expect(wide(1000) - wide(100)).toBeCloseTo(wide(1e4) - wide(1000), 9)
    expect(wide.ticks.length).toBeLessThanOrEqual(5)
    expect(measureAxis([], [0, 100]).ticks.length).toBeGreaterThan(1)
  })
  it('writes large ticks short', () => {
    expect([950, 12_000, 1_500_000, 0.25].map((value) => compact(value, 2))).toEqual([
      '950',
      '12 k',
      '1.5 M',
      '0.25',
    ])
  })
  it('takes its colours from viridis, ends included', () => {
    expect([viridis(0), viridis(1), viridis(9), viridis(3 / 7)]).toEqual([
      '#440154',
      '#fde725',
      '#fde725',
      '#277f8e',
    ])
  })
})
