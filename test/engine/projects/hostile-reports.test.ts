import { createHash } from 'node:crypto'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { unzipSync, zipSync, type Zippable } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-shared/contract/errors'
import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { OpenedProject } from '../../../src-shared/contract/project'
import { packContent } from '../../../src-shared/contract/project-content'
import { EMPTY_STATE } from '../../../src-shared/contract/project-state'
import { PROJECT_VERSION } from '../../../src-main/io/project/migrations'
import { packResult } from '../../../src-main/io/project/packed-result'
import { parseResult } from '../../../src-main/io/result/parse-result'
import { serialiseResult } from '../../../src-main/io/result/serialise-result'
import { carriedProject } from '../../../src-main/report/carried-project'
import { simulatedTable } from '../../support/simulated-table'
import { startEngine, type EngineFixture } from '../engine-fixture'

const RESULT = resolve(import.meta.dirname, '../../fixtures/result/version-1.json')
const stored = parseResult(readFileSync(RESULT, 'utf8'))

let fixture: EngineFixture
let kept: OpenedProject
/** a report with its whole project, as the program writes it */
let page: string

beforeEach(async () => {
  fixture = startEngine()
  const file = await fixture.grant(fixture.scratch.file('screen.csv', simulatedTable(4)))
  const { runId } = await fixture.client.call('run.open', { file: await fixture.grant(RESULT) })
  const state = { ...EMPTY_STATE, settings: stored.settings, read: ReadOptions.parse({ files: [file] }) }
  const content = packContent({
    name: 'screen',
    history: { past: [], present: state, future: [] },
    runs: [{ runId, settings: stored.settings, read: state.read }],
    shown: runId,
  })
  const { projectId } = await fixture.client.call('project.keep', { projectId: null, content, unsaved: true })
  const exported = await fixture.client.call('run.export', { runId, format: 'report-html', projectId })
  page = new TextDecoder().decode(exported.bytes)
  kept = await fixture.client.call('project.resume', { projectId })
})
afterEach(async () => {
  // Whatever was opened, the work that was there is there.
  const again = await fixture.client.call('project.resume', { projectId: kept.projectId })
  expect(again.content).toEqual(kept.content)
  expect(again.problems).toEqual([])
  await fixture.end()
})

const BLOCK = /(<script type="application\/json" id="metacadi-project">")([^"]*)("<\/script>)/
const carrying = (base64: string): string => page.replace(BLOCK, `$1${base64}$3`)
const parts = (): Record<string, Uint8Array> => unzipSync(carriedProject(page)!)
const repacked = (files: Zippable): string =>
  carrying(Buffer.from(zipSync(files, { level: 9 })).toString('base64'))
const documentOf = (files: Record<string, Uint8Array>): Record<string, unknown> =>
  JSON.parse(Buffer.from(files['project.json']!).toString('utf8')) as Record<string, unknown>
const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))

async function open(html: string, change?: (path: string) => void): Promise<OpenedProject> {
  const path = fixture.scratch.file('report.html', html)
  change?.(path)
  return fixture.client.call('project.open', { file: await fixture.grant(path) })
}
async function refusal(html: string, change?: (path: string) => void): Promise<string> {
  const before = await fixture.client.call('project.recent', {})
  const text = await open(html, change).then(
    () => 'opened',
    (error: unknown) => (error instanceof AppError ? `${error.code} ${error.message}` : String(error)),
  )
  expect(await fixture.client.call('project.recent', {})).toEqual(before)
  return text
}

const DAMAGED = "DATA_FORMAT The project in the report 'report.html' is damaged or was changed."

describe('A report from outside', () => {
  it('whose project was changed at any place is refused, or opens without what was changed and says so', async () => {
    const base64 = BLOCK.exec(page)![2]!
    for (const share of [0.001, 0.05, 0.35, 0.7, 0.93, 0.995]) {
      const at = Math.floor(share * base64.length)
      const other = base64[at] === 'A' ? 'B' : 'A'
      const changed = carrying(base64.slice(0, at) + other + base64.slice(at + 1))
      const outcome = await open(changed).then(
        ({ problems, content }) => ({ problems, content }),
        (error: unknown) => (error as AppError).message,
      )
      if (typeof outcome === 'string') expect(`DATA_FORMAT ${outcome}`).toContain(DAMAGED)
      else if (outcome.problems.length === 0) expect(outcome.content.name).toBe('screen')
      else expect(outcome.problems.join(' ')).toContain('is damaged and was left out.')
    }
  })

  it('whose run is not what its hash says opens without it, read-only, and names it', async () => {
    const files = parts()
    const name = Object.keys(files).find((entry) => entry.startsWith('results/'))!
    const opened = await open(repacked({ ...files, [name]: Buffer.from('{}') }))
    expect(opened.problems).toHaveLength(1)
    expect(opened.problems[0]).toContain('is damaged and was left out.')
    expect(opened.readOnly).not.toBeNull()
    expect(opened.content.runs).toEqual([])
  })

  it('whose run is packed opens whole, and without it when the packed run is not what its hash says', async () => {
    const files = parts()
    const name = Object.keys(files).find((entry) => entry.startsWith('results/'))!
    const { [name]: text, ...others } = files
    const packedName = name.replace('.json', '.packed')
    const packed = packResult(Buffer.from(text!))!
    const changed = Buffer.from(packed)
    changed[packed.length - 1]! ^= 1
    for (const bytes of [changed, packed.subarray(0, -1), Buffer.from('{}')]) {
      const opened = await open(repacked({ ...others, [packedName]: bytes }))
      expect(opened.problems.join(' ')).toContain('is damaged and was left out.')
      expect(opened.content.runs).toEqual([])
      await fixture.client.call('project.close', { projectId: opened.projectId })
    }
    const opened = await open(repacked({ ...others, [packedName]: packed }))
    expect(opened.problems).toEqual([])
    expect(opened.content.runs).toHaveLength(1)
  })

  it('whose run was changed together with its hash is shown with a warning', async () => {
    const files = parts()
    const name = Object.keys(files).find((entry) => entry.startsWith('results/'))!
    const probability = Float64Array.from(stored.edges.probability, (p) => p / 2)
    const edited = Buffer.from(serialiseResult({ ...stored, edges: { ...stored.edges, probability } }))
    const sha256 = createHash('sha256').update(edited).digest('hex')
    const was = name.slice('results/'.length, -'.json'.length)
    const document = Buffer.from(files['project.json']!).toString('utf8').replaceAll(was, sha256)
    const { [name]: _replaced, ...others } = files
    const html = repacked({
      ...others,
      'project.json': Buffer.from(document),
      [`results/${sha256}.json`]: edited,
    })
    const other = startEngine()
    const path = other.scratch.file('report.html', html)
    const opened = await other.client.call('project.open', { file: await other.grant(path) })
    const { runId } = opened.content.runs[0]!
    const exported = await other.client.call('run.export', { runId, format: 'report-md' })
    expect(new TextDecoder().decode(exported.bytes)).toContain('does not match its result hash')
    await other.end()
  })

  it('that unpacks to an unusual size is not read further', async () => {
    const files = parts()
    const name = Object.keys(files).find((entry) => entry.startsWith('data/'))!
    const bomb = repacked({ ...files, [name]: new Uint8Array(80 * 1024 ** 2) })
    expect(await refusal(bomb)).toMatch(
      /^RESOURCE_LIMIT 'report\.html' unpacks to an unusual size, more than \d+ MB from 1 MB\. It was not read further\.$/,
    )
  }, 60_000)

  it('that is far larger than any report is not read at all', async () => {
    expect(await refusal(page, (path) => truncateSync(path, 200 * 1024 ** 2))).toBe(
      "RESOURCE_LIMIT 'report.html' is far larger than any report of MetaCaDI. It was not read.",
    )
  })

  it('that was cut off says so', async () => {
    const inBlock = page.indexOf('id="metacadi-project"') + 500
    for (const length of [inBlock, Math.floor(page.length / 3)])
      expect(await refusal(page.slice(0, length))).toBe(
        "DATA_FORMAT 'report.html' is incomplete: it ends before the end of the report. Copy or download it again.",
      )
  })

  it('with a script in place of its project carries none', async () => {
    const script = page.replace(BLOCK, '$1"</script><script>alert(1)</script>$3')
    expect(await refusal(script)).toContain(DAMAGED)
    expect(await refusal(carrying(Buffer.from('<script>alert(1)</script>').toString('base64')))).toContain(
      DAMAGED,
    )
  })

  it('whose project reaches out of its folder is refused', async () => {
    expect(await refusal(repacked({ ...parts(), '../../evil.js': Buffer.from('1') }))).toContain(DAMAGED)
  })

  it('of a newer version is shown read-only as far as it is understood, and else says what to do', async () => {
    const files = parts()
    const newer = { ...documentOf(files), version: PROJECT_VERSION + 1, something: ['new'] }
    const opened = await open(repacked({ ...files, 'project.json': bytesOf(newer) }))
    expect(opened.readOnly).toBe('newer-version')
    expect(opened.content.name).toBe('screen')
    const strange = { format: 'metacadi-project', version: PROJECT_VERSION + 1, content: 'other' }
    expect(await refusal(repacked({ ...files, 'project.json': bytesOf(strange) }))).toMatch(
      /^DATA_FORMAT 'report\.html' was saved by a newer version of MetaCaDI .* Update MetaCaDI to open it\.$/,
    )
  })

  it('that is no report of this program says what to open instead', async () => {
    expect(await refusal('<!doctype html><title>News</title>')).toBe(
      "DATA_FORMAT 'report.html' carries no project: it is no report of MetaCaDI, or its run was too large to be carried. Open the project file or result.json instead.",
    )
    const noise = Buffer.from([0xff, 0xfe, 0x00])
    expect(await refusal(page, (path) => writeFileSync(path, noise))).toMatch(/^DATA_FORMAT /)
  })
})
