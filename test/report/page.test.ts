import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { reportPage } from '../../src-main/report/page'
import { HOSTILE_NAMES } from './hostile-names'
import { GENERATED_EVIDENCE, makeResult } from './make-result'

const page = (...args: Parameters<typeof makeResult>): string =>
  reportPage(makeResult(...args), GENERATED_EVIDENCE)
const inside = (html: string, open: RegExp, close: string): string => {
  const start = open.exec(html)!
  return html.slice(start.index + start[0].length, html.indexOf(close, start.index))
}

describe('report page', () => {
  let html = ''
  beforeAll(() => {
    html = page({
      genes: 20,
      environments: ['Drug A', 'Drug B', 'Drug C'],
      withoutTarget: [1],
      settings: { knownTargets: { 'Drug C': { genes: ['GENE5'], complete: true } } },
      warnings: ['Gene <X> is nearly constant.'],
    })
  })

  it('allows its own style sheet and script by hash, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)![1]!
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`style-src ${hash(inside(html, /<style>/, '</style>'))};`)
    expect(policy).toContain(`script-src ${hash(inside(html, /<script>/, '</script>'))};`)
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'))
  })

  it('holds nothing that loads, runs or styles from an attribute', () => {
    const body = html.slice(html.indexOf('<body'))
    expect(/\s(?:on\w+|style|src|srcset|ping|formaction)=/i.exec(body)?.[0]).toBeUndefined()
    expect(/<(?:link|iframe|object|embed|img|base|form|foreignObject|use)\b/i.exec(html)?.[0]).toBeUndefined()
    const hrefs = [...html.matchAll(/href="([^"]{0,40})/g)].map((match) => match[1]!)
    for (const href of hrefs) expect(href).toMatch(/^(?:#|data:text\/tab-separated-values;)/)
  })

  it('begins with what was asked, what was found, how sure it is and what to do next', () => {
    const summary = inside(html, /<section id="summary"[^>]*>/, '</section>')
    expect([...summary.matchAll(/<h3>([^<]+)/g)].map((match) => match[1])).toEqual([
      'What was asked',
      'What was found',
      'How sure it is',
      'What to do next',
    ])
    expect(html.indexOf('id="summary"')).toBeLessThan(html.indexOf('id="experiments"'))
    expect(summary).toContain('each of the 3 experiments')
    expect(summary).toContain('Targets of 1 experiment were given in the settings')
    expect(summary).toContain('Drug B')
    expect(summary).toContain('1 warning')
  })

  it('says of an experiment without a confident target that its ranking holds leads', () => {
    const block = inside(html, /<h3 id="experiment-2">/, '</article>')
    expect(block).toContain('No confident target.')
    expect(block).toContain('treat them as leads')
    expect(block).not.toContain('class="tag ok"')
  })

  it('marks a given target as given and never as found', () => {
    const block = inside(html, /<h3 id="experiment-3">/, '</article>')
    expect(block).toMatch(/GENE5[\s\S]*?<span class="tag">given<\/span>/)
    expect(block).toContain('1 of them given in the settings')
  })

  it('holds every section with a heading, every table with a caption and scopes, every figure with a text', () => {
    for (const id of [
      'experiments',
      'network',
      'data',
      'quality',
      'reliability',
      'honesty',
      'limits',
      'settings',
      'methods',
      'provenance',
      'citation',
    ]) {
      expect(html).toMatch(new RegExp(`<section id="${id}" aria-labelledby="${id}-heading">`))
      expect(html).toContain(`<a href="#${id}">`)
    }
    const tables = html.split('<table').slice(1)
    expect(tables.length).toBeGreaterThan(8)
    for (const table of tables) expect(table).toMatch(/^[^>]*>\s*<caption id="[^"]+">\s*\S/)
    expect(/<th(?![^>]*scope=)[\s>]/.exec(html)?.[0]).toBeUndefined()
    for (const svg of html.split('<svg xmlns').slice(1))
      expect(svg).toMatch(/role="img"[\s\S]*?<title[^>]*>[^<]+<\/title><desc[^>]*>[^<]+</)
  })

  it('uses every id once', () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]!)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  it('carries the record of the run as data', () => {
    const record: unknown = JSON.parse(
      inside(html, /<script type="application\/json" id="metacadi-record">/, '</script>'),
    )
    expect(record).toMatchObject({
      format: 'metacadi-report-record',
      resultHash: makeResult().resultHash,
      settings: { fdr: 0.1 },
      warnings: ['Gene <X> is nearly constant.'],
    })
  })

  it('says what is the paper’s idea and what is this software’s own design', () => {
    const limits = inside(html, /<section id="limits"[^>]*>/, '</section>').replace(/\s+/g, ' ')
    expect(limits).toContain('From the MetaCaDI paper')
    expect(limits).toContain('Own design of this software')
  })

  it('never shows a missing number as a word of the program', () => {
    const text = html.replace(/<style>[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/g, '')
    expect(/\b(?:undefined|NaN|null|Infinity)\b|\[object/.exec(text)?.[0]).toBeUndefined()
  })

  it('tells in the summary and in its section how the method behaves on these data', () => {
    const checked = reportPage(makeResult(), GENERATED_EVIDENCE, {
      honesty: {
        fdr: 0.1,
        falseAlarms: { splits: 50, samples: 6, alarms: 3, meanNoTarget: 0.71 },
        hidden: [
          { environment: 'Drug A', gene: '<GENE1>', rank: 1, probability: 0.97, listed: true },
          { environment: 'Drug B', gene: 'GENE2', rank: 9, probability: 0.04, listed: false },
        ],
      },
    })
    const words = (id: string): string =>
      inside(checked, new RegExp(`<section id="${id}"[^>]*>`), '</section>').replace(/\s+/g, ' ')
    for (const id of ['summary', 'honesty']) {
      expect(words(id)).toContain('In 3 of 50 random draws of 6 control samples a gene was named')
      expect(words(id)).toContain('Of 2 known targets that were hidden, 1 was found again')
    }
    expect(words('honesty')).toContain('&lt;GENE1&gt;')
    expect(html).toContain('Not made: the check needs the mechanisms of the full search')
  })

  it('has the numbers behind every figure beside it', () => {
    const captions = html.split('<figcaption>').slice(1)
    expect(captions.length).toBeGreaterThan(8)
    for (const caption of captions)
      expect(caption.slice(0, caption.indexOf('</figcaption>'))).toMatch(
        /download="[\w-]+\.tsv"\s+href="data:text\/tab-separated-values;/,
      )
  })

  it('is the same to the byte for the same result', () => {
    expect(page({ genes: 15, seed: 7 })).toBe(page({ genes: 15, seed: 7 }))
    expect(page({ genes: 15, seed: 7 })).not.toBe(page({ genes: 15, seed: 8 }))
  })

  it('stays below 4 MB and 10 s of processor time for 200 genes and 100 experiments', () => {
    const result = makeResult({ genes: 200, environments: 100 })
    const before = process.cpuUsage()
    const large = reportPage(result, GENERATED_EVIDENCE)
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1e6).toBeLessThan(10)
    // leaves room for the project that a report of at most 5 MB carries
    expect(Buffer.byteLength(large)).toBeLessThan(4_000_000)
    expect(large.split('<article').length - 1).toBe(12)
    expect(large).toContain('id="experiment-100"')
  })
})

describe('report of an unusual result', () => {
  it('has no targets to tell without a perturbed experiment', () => {
    const html = page({ environments: [] })
    expect(html).toContain('There is no perturbed experiment, so no targets were sought.')
    expect(html).toContain('Which causal network connects the 12 genes?')
  })

  it('says that no edge was found', () => {
    const result = makeResult({ genes: 4 })
    result.edges.probability.fill(0.05)
    const html = reportPage(result, GENERATED_EVIDENCE)
    expect(html).toContain('No edge of the network has a probability of 0.5 or more.')
    expect(html).toContain('These data do not settle who acts on whom.')
  })

  it('says that there is no control', () => {
    const html = page({ controlSamples: 0 })
    expect(html).toContain('There are no control samples')
    expect(html).toContain('sd of all samples')
    expect(html).not.toContain('control sd')
  })

  it('says that the searches disagree, and not when they were exact', () => {
    expect(page({ diagnostics: { maxChainDifference: 0.3 } })).toContain(
      'The 2 independent searches disagree',
    )
    const exact = page({ diagnostics: { exactOrders: true, chains: 0, sweeps: 0, maxChainDifference: 0 } })
    expect(exact).toContain('summed over all orders of the genes')
    expect(exact).not.toContain('Chains differ by')
  })

  it('stands one gene and one experiment with one sample', () => {
    const html = page({ genes: ['ONLY'], environments: ['one'], samplesPerExperiment: 1, controlSamples: 1 })
    expect(html).toContain('the 1 gene?')
    expect(/\b1 (?:genes|samples|experiments|controls)\b/.exec(html)?.[0]).toBeUndefined()
  })

  it('keeps hostile names as text', () => {
    const html = page({
      genes: HOSTILE_NAMES,
      environments: HOSTILE_NAMES.slice(0, 6),
      name: HOSTILE_NAMES[0]!,
      control: HOSTILE_NAMES[1]!,
    })
    expect(/<script>alert|<img|<b>bold|<svg on/.exec(html)?.[0]).toBeUndefined()
    expect(html.match(/<script/g)).toHaveLength(2)
    expect(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.exec(html)).toBeNull()
    expect(html).toContain(`title="${'L'.repeat(10_000)}"`)
  })
})
