import { createHash } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it, vi } from 'vitest'
import {
  EXPORT_FORMATS,
  EXPORT_FORMAT_IDS,
  formatInfo,
  type WrittenFormat,
} from '../../../src-shared/contract/export-formats'
import { uniqueNames } from '../../../src-main/report/exports/names'
import { EXPORTERS } from '../../../src-main/report/exports/registry'
import { makeResult } from '../make-result'
import { AWKWARD_NAMES, awkwardResult, exportInput } from './export-input'

// hostile names and processes of their own take long on a busy computer
vi.setConfig({ testTimeout: 120_000 })

/** All but the PDF, which a Chromium prints. */
const WRITTEN = EXPORT_FORMAT_IDS.filter((format): format is WrittenFormat => format !== 'report-pdf')

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')
const textOf = (content: string | Uint8Array): string =>
  typeof content === 'string' ? content : Buffer.from(content).toString('latin1')

describe('every export format', () => {
  it.each(WRITTEN)('%s gives the same bytes for the same run', (format) => {
    const write = (): string => textOf(EXPORTERS[format](exportInput(makeResult({ seed: 3 }))))
    expect(write()).toBe(write())
    expect(write().length).toBeGreaterThan(20)
  })

  it.each(WRITTEN)('%s stands hostile names', (format) => {
    const content = EXPORTERS[format](exportInput(awkwardResult()))
    if (typeof content !== 'string') return
    // Names stay exact where they are read back, in JSON; nowhere else a control character gets through.
    expect(/(?![\n\r\t])\p{Cc}/u.exec(content)).toBeNull()
    expect(/\p{Cs}/u.exec(content)).toBeNull()
  })

  it.each(WRITTEN)('%s stands a run without experiments, and one without edges', (format) => {
    const empty = makeResult({ genes: 3 })
    empty.edges.probability.fill(0)
    for (const result of [makeResult({ environments: [] }), empty])
      expect(() => EXPORTERS[format](exportInput(result))).not.toThrow()
  })

  it('has a name, a purpose, and a file name of its own', () => {
    const suffixes = EXPORT_FORMAT_IDS.map((format) => formatInfo(format).suffix)
    expect(new Set(suffixes).size).toBe(suffixes.length)
    for (const { label, help } of Object.values(EXPORT_FORMATS)) {
      expect(label.length).toBeGreaterThan(2)
      expect(help).toMatch(/\.$/)
    }
  })
})

describe('names as identity', () => {
  it('are unique, never empty, and clean', () => {
    const names = uniqueNames([...AWKWARD_NAMES, '', ' ', '\u0001', 'TP53', 'TP53 (2)'])
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^(?!\s)[^\p{Cc}\p{Cs}]+(?<!\s)$/u)
  })

  it('keep the name of the first gene that has it', () => {
    expect(uniqueNames(['A', 'A\n', 'A '])).toEqual(['A', 'A (2)', 'A (3)'])
  })
})

describe('CX2', () => {
  it('lays causes above their effects and gives every gene a place', () => {
    const result = makeResult({ genes: 3, environments: 1 })
    result.edges.probability.fill(0)
    result.edges.probability[1] = 0.9
    const [, , , , nodes] = JSON.parse(String(EXPORTERS.cx2(exportInput(result)))) as [
      object,
      object,
      object,
      object,
      { nodes: { id: number; x: number; y: number }[] },
    ]
    expect(nodes.nodes).toHaveLength(3)
    expect(nodes.nodes[0]!.y).toBeLessThan(nodes.nodes[1]!.y)
    for (const { x, y } of nodes.nodes) expect(Number.isFinite(x + y)).toBe(true)
  })

  it('leaves the layout of a very large graph to the program that opens it', () => {
    const result = makeResult({ genes: 40 })
    const content = String(EXPORTERS.cx2(exportInput(result, { minProbability: 0 })))
    expect(content).not.toContain('"x":')
  })

  it('leaves out unconnected genes when it is asked to', () => {
    const result = makeResult({ genes: 30 })
    const nodes = (genes: 'all' | 'connected'): number =>
      String(EXPORTERS.graphml(exportInput(result, { genes }))).split('<node').length - 1
    expect(nodes('all')).toBe(30)
    expect(nodes('connected')).toBeLessThan(30)
  })
})

describe('constraints as JSON', () => {
  it('hold the names exactly as in the data', () => {
    const content: unknown = JSON.parse(String(EXPORTERS['constraints-json'](exportInput(awkwardResult()))))
    expect(content).toMatchObject({
      format: 'metacadi-constraints',
      version: 1,
      required: [{ source: AWKWARD_NAMES[3], target: AWKWARD_NAMES[12] }],
      knownTargets: [{ experiment: AWKWARD_NAMES[2], genes: [AWKWARD_NAMES[5]], complete: true }],
    })
  })
})

describe('bundle', () => {
  const bundle = (): Record<string, Uint8Array> =>
    unzipSync(EXPORTERS['bundle-zip'](exportInput(awkwardResult())) as Uint8Array)

  it('holds its files under fixed names and describes each of them', () => {
    const files = bundle()
    for (const name of Object.keys(files)) expect(name).toMatch(/^[\w-]+(?:\/[\w-]+)?(?:\.\w+)?$/)
    const crate = JSON.parse(strFromU8(files['ro-crate-metadata.json']!)) as { '@graph': { '@id': string }[] }
    const described = new Set(crate['@graph'].map((entity) => entity['@id']))
    for (const name of Object.keys(files)) expect(described).toContain(name)
  })

  it('is the same on computers in other time zones', () => {
    const home = process.env.TZ
    const input = exportInput(makeResult({ genes: 4, environments: 1 }))
    const hashes = ['UTC', 'Pacific/Auckland', 'America/Los_Angeles'].map((zone) => {
      process.env.TZ = zone
      return [new Date(0).getHours(), sha256(EXPORTERS['bundle-zip'](input))] as const
    })
    if (home === undefined) delete process.env.TZ
    else process.env.TZ = home
    expect(new Set(hashes.map(([hour]) => hour)).size).toBe(3)
    expect(new Set(hashes.map(([, hash]) => hash)).size).toBe(1)
  })
})
