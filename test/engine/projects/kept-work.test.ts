import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Contract } from '../../../src-shared/contract/contract'
import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { AppError } from '../../../src-shared/contract/errors'
import { packContent, unpackContent, type ProjectContent } from '../../../src-shared/contract/project-content'
import { EMPTY_STATE } from '../../../src-shared/contract/project-state'
import { createClient, createInProcessPair, type Client } from '../../../src-shared/rpc'
import { createProjectWindows } from '../../../src-main/engine/projects/project-windows'
import { pruneKept } from '../../../src-main/engine/projects/kept-projects'
import { writeZip } from '../../../src-main/io/project/zip-writer'
import { simulatedTable } from '../../support/simulated-table'
import { startEngine, type EngineFixture } from '../engine-fixture'

/** What is kept of projects beside their files, when folders, windows and other instances do not behave. */

const RESULT = resolve(import.meta.dirname, '../../fixtures/result/version-1.json')
const TABLE = simulatedTable(5)

let fixture: EngineFixture
beforeEach(() => (fixture = startEngine()))
afterEach(() => fixture.end())

const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.message : String(error)),
  )
const target = (name: string): string => join(fixture.scratch.folder, name)
const grantTarget = (name: string): Promise<string> =>
  fixture.engine.grant({ name, path: target(name), use: 'save' })
const folderOf = (projectId: string): string => join(fixture.scratch.folder, 'data/projects', projectId)
const aboutOf = (projectId: string): string => join(folderOf(projectId), 'about.json')

async function study(name = 'study'): Promise<ProjectContent> {
  const file = await fixture.grant(fixture.scratch.file('study.csv', TABLE))
  const read = ReadOptions.parse({ files: [file] })
  const { runId } = await fixture.client.call('run.open', { file: await fixture.grant(RESULT) })
  const state = { ...EMPTY_STATE, read }
  return packContent({
    name,
    history: { past: [], present: state, future: [] },
    runs: [{ runId, settings: state.settings, read }],
    shown: runId,
  })
}
const keep = async (content: ProjectContent, client = fixture.client): Promise<string> =>
  (await client.call('project.keep', { projectId: null, content, unsaved: true })).projectId
const rename = (content: ProjectContent, name: string): ProjectContent => ({ ...content, name })

/** Another window of the same engine. */
function otherWindow(): Client<Contract> {
  const [own, other] = createInProcessPair()
  fixture.engine.connect(other)
  return createClient<Contract>(own)
}

describe('A project that is read-only for good', () => {
  /** As a later version would write it. */
  async function newerFile(name: string): Promise<Buffer> {
    const { content, format, app, id } = {
      content: packContent({
        name: 'later',
        history: { past: [], present: EMPTY_STATE, future: [] },
        runs: [],
        shown: null,
      }),
      format: 'metacadi-project',
      app: { name: 'MetaCaDI Desktop', version: '9' },
      id: 'later',
    }
    const text = Buffer.from(
      JSON.stringify({ format, version: 2, app, id, content, data: [], results: [], somethingNew: 1 }),
    )
    const pieces: Uint8Array[] = []
    const one = { name: 'project.json', bytes: text.length, read: () => piecesOf(text) }
    await writeZip([one], (bytes) => Promise.resolve(void pieces.push(bytes)))
    writeFileSync(target(name), Buffer.concat(pieces))
    return readFileSync(target(name))
  }
  async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes)
  }

  it('stays so when it is opened again from the list, and after the end of the engine', async () => {
    const bytes = await newerFile('later.metacadi')
    const opened = await fixture.client.call('project.open', {
      file: await fixture.grant(target('later.metacadi')),
    })
    expect(opened.readOnly).toBe('newer-version')
    const { projectId, content } = opened
    await fixture.client.call('project.close', { projectId })
    expect((await fixture.client.call('project.resume', { projectId })).readOnly).toBe('newer-version')

    const second = fixture.restart()
    expect((await second.client.call('project.resume', { projectId })).readOnly).toBe('newer-version')
    expect(await messageOf(second.client.call('project.save', { projectId, content, to: 'same' }))).toContain(
      'for reading only',
    )
    expect(readFileSync(target('later.metacadi')).equals(bytes)).toBe(true)
    const file = await second.engine.grant({ name: 'mine', path: target('mine.metacadi'), use: 'save' })
    await second.client.call('project.save', { projectId, content, to: { file } })
    expect((await second.client.call('project.resume', { projectId })).readOnly).toBeNull()
    await second.engine.shutdown()
  })
})

describe('A data folder that cannot be written', () => {
  it('does not keep work from being saved elsewhere, with its data and runs', async () => {
    const content = await study()
    const projectId = await keep(content)
    // As full as a folder can be for a test: a file stands in its place.
    rmSync(folderOf(projectId), { recursive: true })
    writeFileSync(folderOf(projectId), '')
    const later = rename(content, 'later')
    expect(
      await messageOf(fixture.client.call('project.keep', { projectId, content: later, unsaved: true })),
    ).toContain('data folder of this program')
    const to = { file: await grantTarget('rescued.metacadi') }
    await fixture.client.call('project.save', { projectId, content: later, to })
    const other = startEngine()
    const opened = await other.client.call('project.open', {
      file: await other.grant(target('rescued.metacadi')),
    })
    expect(opened).toMatchObject({ content: { name: 'later' }, problems: [] })
    expect(opened.content.runs.length).toBe(1)
    await other.end()
    rmSync(folderOf(projectId))
  })

  it('is named when the work of a new project cannot be kept there, and the save still holds everything', async () => {
    const content = await study()
    const root = join(fixture.scratch.folder, 'data/projects')
    const projectId = await keep(rename(content, 'first'))
    for (const part of ['data', 'results', 'project.json'])
      rmSync(join(folderOf(projectId), part), { recursive: true })
    for (const part of ['data', 'results']) writeFileSync(join(folderOf(projectId), part), '')
    mkdirSync(join(folderOf(projectId), 'project.json'))
    const second = fixture.restart()
    // Another session: nothing of it is known to be held.
    const file = await second.grant(target('study.csv'))
    const read = ReadOptions.parse({ files: [file] })
    const { runId } = await second.client.call('run.open', { file: await second.grant(RESULT) })
    const again = packContent({
      name: 'again',
      history: { past: [], present: { ...EMPTY_STATE, read }, future: [] },
      runs: [{ runId, settings: EMPTY_STATE.settings, read }],
      shown: runId,
    })
    const to = { file: await second.engine.grant({ name: 'x', path: target('all.metacadi'), use: 'save' }) }
    expect(
      await messageOf(second.client.call('project.keep', { projectId, content: again, unsaved: true })),
    ).toContain('data folder of this program')
    await second.client.call('project.save', { projectId, content: again, to })
    const bytes = await second.client.call('project.save', { projectId, content: again, to: 'download' })
    expect(Buffer.from(bytes.bytes!).equals(readFileSync(target('all.metacadi')))).toBe(true)

    const third = startEngine()
    const opened = await third.client.call('project.open', {
      file: await third.grant(target('all.metacadi')),
    })
    expect(opened).toMatchObject({ content: { name: 'again' }, problems: [] })
    expect(opened.content.runs.length).toBe(1)
    const data = await third.client.call('dataset.read', unpackContent(opened.content).history.present.read!)
    expect(data.genes.length).toBe(5)
    await third.end()
    await second.engine.shutdown()
    expect(readdirSync(root)).toContain(projectId)
  })
})

describe('What is kept of a project', () => {
  it('is found without its description, and counts as not saved', async () => {
    const projectId = await keep(await study('precious'))
    writeFileSync(aboutOf(projectId), '{"half')
    const second = fixture.restart()
    const [recent] = await second.client.call('project.recent', {})
    expect(recent).toMatchObject({ projectId, name: 'precious', unsaved: true, runs: 1, open: false })
    expect((await second.client.call('project.resume', { projectId })).content.name).toBe('precious')
    await second.engine.shutdown()
  })

  it('is not taken for whole when the disk cut it short', async () => {
    const projectId = await keep(await study())
    await fixture.client.call('project.close', { projectId })
    for (const part of ['data', 'results'])
      for (const name of readdirSync(join(folderOf(projectId), part)))
        truncateSync(join(folderOf(projectId), part, name), 10)
    writeFileSync(join(folderOf(projectId), 'data', 'cut.tmp'), 'of a killed process')
    rmSync(join(fixture.scratch.folder, 'session'), { recursive: true })
    const second = fixture.restart()
    const opened = await second.client.call('project.resume', { projectId })
    expect(unpackContent(opened.content)).toMatchObject({ runs: [], history: { present: { read: null } } })
    expect(existsSync(join(folderOf(projectId), 'data', 'cut.tmp'))).toBe(false)
    await second.engine.shutdown()
  })

  it('is removed when nothing ever was, after a day', async () => {
    const root = join(fixture.scratch.folder, 'data/projects')
    const projectId = await keep(await study())
    for (const name of ['a'.repeat(22), 'b'.repeat(22)]) mkdirSync(join(root, name))
    utimesSync(join(root, 'a'.repeat(22)), 1, 1)
    await pruneKept(root, () => false)
    expect(readdirSync(root).sort()).toEqual(['b'.repeat(22), projectId].sort())
  })

  it('is open to another computer that had it ten minutes ago, which then writes nothing over it', async () => {
    const content = await study()
    const projectId = await keep(content)
    const about = JSON.parse(readFileSync(aboutOf(projectId), 'utf8')) as { owner: object; changedAt: string }
    const theirs = (minutes: number): string =>
      JSON.stringify({
        ...about,
        changedAt: new Date(Date.now() - minutes * 60_000).toISOString(),
        owner: { computer: 'elsewhere', process: 1, instance: 'theirs' },
      })
    writeFileSync(aboutOf(projectId), theirs(1))
    // This window had it before: it does not write over what was changed there.
    expect(
      await messageOf(fixture.client.call('project.keep', { projectId, content, unsaved: true })),
    ).toContain('changed there')
    const to = { file: await grantTarget('own.metacadi') }
    const saved = await fixture.client.call('project.save', { projectId, content, to })
    expect(saved.projectId).not.toBe(projectId)
    await fixture.client.call('project.close', { projectId: saved.projectId })
    const second = fixture.restart()
    const listed = await second.client.call('project.recent', {})
    expect(listed.find((one) => one.projectId === projectId)?.open).toBe(true)
    expect(await messageOf(second.client.call('project.resume', { projectId }))).toContain('on elsewhere')
    expect(await messageOf(second.client.call('project.forget', { projectId }))).toContain('another instance')
    writeFileSync(aboutOf(projectId), theirs(11))
    expect((await second.client.call('project.resume', { projectId })).projectId).toBe(projectId)
    await second.engine.shutdown()
  })
})

describe('Two windows with one project', () => {
  it('do not write over each other: the one that opened it last has it, the other is told', async () => {
    const content = await study()
    const projectId = await keep(content)
    const other = otherWindow()
    expect((await other.call('project.recent', {}))[0]?.open).toBe(true)
    expect(await messageOf(other.call('project.forget', { projectId }))).toContain('another window')
    await other.call('project.resume', { projectId })
    await other.call('project.keep', { projectId, content: rename(content, 'newer'), unsaved: true })

    const older = { projectId, content: rename(content, 'older'), unsaved: true }
    expect(await messageOf(fixture.client.call('project.keep', older))).toContain('another window')
    await fixture.client.call('project.close', { projectId })
    expect((await other.call('project.recent', {}))[0]?.name).toBe('newer')
    await other.call('project.keep', { projectId, content: rename(content, 'newest'), unsaved: true })
    // Saved from the first, it becomes a project of its own.
    const to = { file: await grantTarget('older.metacadi') }
    const saved = await fixture.client.call('project.save', { projectId, content: older.content, to })
    expect(saved.projectId).not.toBe(projectId)
    expect((await other.call('project.resume', { projectId })).content.name).toBe('newest')
    other.close()
  })

  it('leave it to others when both are closed, also without a word', async () => {
    const closed: string[] = []
    const windows = createProjectWindows((projectId) => Promise.resolve(void closed.push(projectId)), 20)
    const [first, second, third] = [windows.open(), windows.open(), windows.open()]
    first.take('a')
    second.take('a')
    first.end()
    expect(windows.isShown('a')).toBe(true)
    second.take('b')
    second.end()
    expect([windows.isShown('a'), windows.isShown('b')]).toEqual([false, false])
    // A reload is back before the project is closed.
    expect(third.mayChange('a')).toBe(true)
    await new Promise((done) => setTimeout(done, 60))
    expect(closed).toEqual(['b'])
  })
})
