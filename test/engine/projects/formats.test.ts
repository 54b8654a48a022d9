import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-shared/contract/errors'
import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { packContent, unpackContent, type ProjectContent } from '../../../src-shared/contract/project-content'
import { EMPTY_STATE } from '../../../src-shared/contract/project-state'
import { parseResult } from '../../../src-main/io/result/parse-result'
import { migrated, PROJECT_VERSION } from '../../../src-main/io/project/migrations'
import {
  parseDocument,
  serialiseDocument,
  type ProjectDocument,
} from '../../../src-main/io/project/project-file'
import { carriedProject, carryProject } from '../../../src-main/report/carried-project'
import { simulatedTable } from '../../support/simulated-table'
import { startEngine, type EngineFixture } from '../engine-fixture'

const FIXTURES = resolve(import.meta.dirname, '../../fixtures')
const VERSION_1 = join(FIXTURES, 'projects/version-1.metacadi')
const RESULT = join(FIXTURES, 'result/version-1.json')

let fixture: EngineFixture
beforeEach(() => (fixture = startEngine()))
afterEach(() => fixture.end())

const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.message : String(error)),
  )
const seen = (content: ProjectContent): unknown => {
  const { runs, ...open } = unpackContent(content)
  const withoutIds = JSON.stringify({ ...open, runs: runs.length, shown: null }, (key, value: unknown) =>
    key === 'files' ? 'files' : value,
  )
  return JSON.parse(withoutIds)
}

describe('A project of format 1', () => {
  it('opens with its runs, its history and its data, now and in every later version', async () => {
    const opened = await fixture.client.call('project.open', {
      file: await fixture.grant(VERSION_1),
      lookOnly: true,
    })
    const open = unpackContent(opened.content)
    expect(opened.problems).toEqual([])
    expect(open.history.past.map(({ label }) => label)).toEqual(['metacadi analyze'])
    expect(open.history.present.settings).toMatchObject({ seed: 2, mode: 'closed-form' })
    expect(open.history.present.settings.constraints).toMatchObject({
      required: [{ source: 'G02', target: 'G03' }],
      forbidden: [{ source: 'G01', target: 'G02' }],
    })
    const hashes = await Promise.all(
      open.runs.map(async ({ runId }) => (await fixture.client.call('run.view', { runId })).run.resultHash),
    )
    expect(hashes.map((hash) => hash.slice(0, 12))).toEqual(['fcf402da1193', '7ff690c71c4e'])
    const data = await fixture.client.call('dataset.read', open.history.present.read!)
    expect(data.genes).toEqual(['G01', 'G02', 'G03', 'G04'])
  })

  it('opens as the run it shows where a result is asked for', async () => {
    const run = await fixture.client.call('run.open', { file: await fixture.grant(VERSION_1) })
    expect(run.resultHash.slice(0, 12)).toBe('7ff690c71c4e')
    expect(await fixture.client.call('project.recent', {})).toEqual([])
  })
})

describe('Formats that come later', () => {
  const document = (): ProjectDocument => ({
    format: 'metacadi-project',
    version: PROJECT_VERSION,
    app: { name: 'MetaCaDI', version: '0' },
    id: 'x',
    content: packContent({
      name: 'x',
      history: { past: [], present: EMPTY_STATE, future: [] },
      runs: [],
      shown: null,
    }),
    data: [],
    results: [],
  })

  it('are reached step by step, and a missing step changes nothing', () => {
    const steps = {
      1: (old: object) => ({ ...old, two: true }),
      2: (old: object) => ({ ...old, three: true }),
    }
    expect(migrated({ version: 1 }, 1, steps, 3)).toEqual({ version: 3, two: true, three: true })
    expect(migrated({ version: 2 }, 2, steps, 3)).toEqual({ version: 3, three: true })
    expect(migrated({ version: 1 }, 1, {}, 3)).toEqual({ version: 1 })
    expect(migrated('text', 1, steps, 3)).toBe('text')
  })

  it('are shown as far as they are understood, and say that they are newer', () => {
    const newer = { ...document(), version: PROJECT_VERSION + 1, somethingNew: [1] }
    const parsed = parseDocument(JSON.stringify(newer), 'x.metacadi')
    expect(parsed.version).toBe(PROJECT_VERSION + 1)
    expect(parsed.document.content.name).toBe('x')
    const strange = { format: 'metacadi-project', version: PROJECT_VERSION + 1, content: 'other' }
    expect(() => parseDocument(JSON.stringify(strange), 'x.metacadi')).toThrow(/newer version of MetaCaDI/)
  })

  it('never bring a prototype, a foreign file or a part that is not there', () => {
    const text = serialiseDocument(document())
    const polluted = text.replace('"id":"x"', '"__proto__":{"polluted":true},"id":"x"')
    expect('polluted' in parseDocument(polluted, 'x').document).toBe(false)
    const { content } = document()
    const read = ReadOptions.parse({ files: ['/etc/passwd'] })
    const foreign = {
      ...content,
      history: { ...content.history, parts: { ...content.history.parts, read: [read] } },
    }
    const missing = {
      ...content,
      history: { ...content.history, present: { ...content.history.present, look: 7 } },
    }
    for (const bad of [foreign, missing])
      expect(() => parseDocument(serialiseDocument({ ...document(), content: bad }), 'x.metacadi')).toThrow(
        /damaged or was changed/,
      )
  })
})

describe('A report', () => {
  async function project(): Promise<{ projectId: string; content: ProjectContent; runId: string }> {
    const file = await fixture.grant(fixture.scratch.file('screen.csv', simulatedTable(4)))
    const { runId } = await fixture.client.call('run.open', { file: await fixture.grant(RESULT) })
    const { settings } = parseResult(readFileSync(RESULT, 'utf8'))
    const first = { ...EMPTY_STATE, settings, read: ReadOptions.parse({ files: [file] }) }
    const second = { ...first, notes: [{ about: { kind: 'project' as const }, text: '</script><b>bold' }] }
    const content = packContent({
      name: 'screen',
      history: { past: [{ label: 'Note', state: first }], present: second, future: [] },
      runs: [{ runId, settings, read: first.read }],
      shown: runId,
    })
    const { projectId } = await fixture.client.call('project.keep', {
      projectId: null,
      content,
      unsaved: true,
    })
    return { projectId, content, runId }
  }
  const reportOf = async (runId: string, projectId: string | null): Promise<string> => {
    const { bytes } = await fixture.client.call('run.export', { runId, format: 'report-html', projectId })
    return new TextDecoder().decode(bytes)
  }

  it('carries its project and gives it back, equal, after the same checks', async () => {
    const { projectId, content, runId } = await project()
    const page = await reportOf(runId, projectId)
    expect(page).toContain('It carries the whole project, data files included')
    const path = fixture.scratch.file('report.html', page)
    const other = startEngine()
    const opened = await other.client.call('project.open', { file: await other.grant(path) })
    expect(opened).toMatchObject({ readOnly: 'report', unsaved: true, fileName: null, problems: [] })
    expect(seen(opened.content)).toEqual(seen(content))
    const { read } = unpackContent(opened.content).history.present
    expect((await other.client.call('dataset.read', read!)).genes.length).toBe(4)
    await other.end()
  })

  it('without a project carries its run alone, the same bytes every time', async () => {
    const { runId } = await project()
    const page = await reportOf(runId, null)
    expect(await reportOf(runId, null)).toBe(page)
    const opened = await fixture.client.call('project.open', {
      file: await fixture.grant(fixture.scratch.file('alone.html', page)),
    })
    expect(opened.content.runs.length).toBe(1)
    expect(unpackContent(opened.content).history.present.read).toBeNull()
  })

  it('whose block was changed is refused or opens damaged, never otherwise', async () => {
    const { projectId, runId } = await project()
    const page = await reportOf(runId, projectId)
    const at = page.indexOf('id="metacadi-project">"') + 300
    const changed = `${page.slice(0, at)}AAAA${page.slice(at + 4)}`
    const path = fixture.scratch.file('changed.html', changed)
    expect(
      await messageOf(fixture.client.call('project.open', { file: await fixture.grant(path) })),
    ).toContain('The project in the report')
    writeFileSync(path, page.replace('id="metacadi-project"', 'id="other"'))
    expect(
      await messageOf(fixture.client.call('project.open', { file: await fixture.grant(path) })),
    ).toContain('carries no project')
  })

  it('takes base64 alone into its block', () => {
    const page = '<footer></footer><script type="application/json" id="metacadi-record">{}</script>'
    expect(() => carryProject(page, { base64: '"</script>', note: 'x' })).toThrow(RangeError)
    expect(carriedProject(carryProject(page, { base64: 'aGk=', note: 'It carries hi.' }))?.toString()).toBe(
      'hi',
    )
    expect(carriedProject(page)).toBeUndefined()
  })
})
