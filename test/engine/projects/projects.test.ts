import { copyFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { AppError } from '../../../src-shared/contract/errors'
import {
  newContent,
  packContent,
  unpackContent,
  type ProjectContent,
} from '../../../src-shared/contract/project-content'
import { EMPTY_STATE } from '../../../src-shared/contract/project-state'
import { parseResult } from '../../../src-main/io/result/parse-result'
import { realDisk, type Disk } from '../../../src-main/io/project/disk'
import { simulatedTable } from '../../support/simulated-table'
import { startEngine, type EngineFixture } from '../engine-fixture'

let fixture: EngineFixture
let restarted: EngineFixture[]
beforeEach(() => {
  fixture = startEngine()
  restarted = []
})
afterEach(async () => {
  for (const other of restarted) await other.engine.shutdown()
  await fixture.end()
})

/** An engine as it comes back after the process was killed. */
function killed(): EngineFixture {
  const next = fixture.restart()
  restarted.push(next)
  return next
}

const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.message : String(error)),
  )

/** A stored result stands for a run: projects do not care how it was made. */
const RESULT = resolve(import.meta.dirname, '../../fixtures/result/version-1.json')
const stored = parseResult(readFileSync(RESULT, 'utf8'))
const TABLE = simulatedTable(5)

/** A table, one run of it, and three steps of undo history. */
async function study(at: EngineFixture = fixture): Promise<{ content: ProjectContent; runId: string }> {
  const file = await at.grant(at.scratch.file('screen.csv', TABLE))
  const read = ReadOptions.parse({ files: [file] })
  const { settings } = stored
  const { runId } = await at.client.call('run.open', { file: await at.grant(RESULT) })
  const first = { ...EMPTY_STATE, settings, read }
  const second = { ...first, settings: { ...settings, seed: 2 } }
  const third = {
    ...second,
    notes: [{ about: { kind: 'gene' as const, gene: '__proto__' }, text: 'odd name' }],
  }
  const content = packContent({
    name: 'screen.csv',
    history: {
      past: [{ label: 'Change Seed', state: first }],
      present: second,
      future: [{ label: 'Note', state: third }],
    },
    runs: [{ runId, settings, read }],
    shown: runId,
  })
  return { content, runId }
}

const target = (name = 'screen.metacadi'): string => join(fixture.scratch.folder, name)
const grantTarget = (path: string, at = fixture): Promise<string> =>
  at.engine.grant({ name: 'screen.metacadi', path, use: 'save' })

/** What the window sees of a content, without the handles, which differ from session to session. */
const seen = (content: ProjectContent): unknown => {
  const open = unpackContent(content)
  return JSON.parse(JSON.stringify(open, (key, value: unknown) => (key === 'files' ? 'files' : value)))
}

describe('A project file', () => {
  it('opens in another engine as what was saved: history, data, runs and notes', async () => {
    const { content, runId } = await study()
    const saved = await fixture.client.call('project.save', {
      projectId: null,
      content,
      to: { file: await grantTarget(target()) },
    })
    expect(saved).toMatchObject({ fileName: 'screen.metacadi', bytes: null })
    const view = await fixture.client.call('run.view', { runId })
    await fixture.engine.shutdown()

    const other = startEngine()
    const opened = await other.client.call('project.open', { file: await other.grant(target()) })
    expect(opened).toMatchObject({
      fileName: 'screen.metacadi',
      unsaved: false,
      readOnly: null,
      problems: [],
      recovery: null,
    })
    expect(seen(opened.content)).toEqual(seen(content))
    const again = await other.client.call('run.view', { runId })
    expect({ ...again, run: { ...again.run, datasetId: null } }).toEqual({
      ...view,
      run: { ...view.run, datasetId: null },
    })
    const { read } = unpackContent(opened.content).history.present
    const summary = await other.client.call('dataset.read', read!)
    expect(summary.files[0]?.name).toBe('screen.csv')
    await other.end()
  })

  it('has the same bytes for the same state, and keeps what it held before as a copy', async () => {
    const { content } = await study()
    const file = await grantTarget(target())
    const { projectId } = await fixture.client.call('project.save', {
      projectId: null,
      content,
      to: { file },
    })
    const first = readFileSync(target())
    await fixture.client.call('project.save', { projectId, content, to: 'same' })
    expect(readFileSync(target()).equals(first)).toBe(true)
    const renamed = { ...content, name: 'another name' }
    await fixture.client.call('project.save', { projectId, content: renamed, to: 'same' })
    expect(readFileSync(target()).equals(first)).toBe(false)
    expect(readFileSync(`${target()}.bak`).equals(first)).toBe(true)
  })

  it('is never written to a file that was chosen for reading', async () => {
    const { content } = await study()
    const input = await fixture.grant(fixture.scratch.file('precious.metacadi', 'x'))
    expect(
      await messageOf(fixture.client.call('project.save', { projectId: null, content, to: { file: input } })),
    ).toContain('chosen to be read')
  })

  it('that is damaged in one run opens without it, says so and is not saved over', async () => {
    const { content } = await study()
    await fixture.client.call('project.save', {
      projectId: null,
      content,
      to: { file: await grantTarget(target()) },
    })
    const bytes = readFileSync(target())
    bytes[bytes.indexOf('results/') + 200]! ^= 0xff
    writeFileSync(target(), bytes)
    const other = startEngine()
    const opened = await other.client.call('project.open', { file: await other.grant(target()) })
    expect(opened.readOnly).toBe('damaged')
    expect(opened.problems).toEqual([
      expect.stringMatching(/^The run 'study' of .* is damaged and was left out\.$/),
    ])
    expect(opened.content.runs).toEqual([])
    expect(
      await messageOf(
        other.client.call('project.save', {
          projectId: opened.projectId,
          content: opened.content,
          to: 'same',
        }),
      ),
    ).toContain('for reading only')
    await other.end()
  })

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 300)],
    ['empty', () => Buffer.alloc(0)],
    ['no project', () => Buffer.from('sample,TP53\ns1,4\n')],
    [
      'damaged in its document',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 60), Buffer.alloc(9), bytes.subarray(69)]),
    ],
  ])('that is %s is refused and names the copy saved before it', async (_what, damage) => {
    const { content } = await study()
    await fixture.client.call('project.save', {
      projectId: null,
      content,
      to: { file: await grantTarget(target()) },
    })
    writeFileSync(target('broken.metacadi'), damage(readFileSync(target())))
    const text = await messageOf(
      fixture.client.call('project.open', { file: await fixture.grant(target('broken.metacadi')) }),
    )
    expect(text).toContain("'broken.metacadi'")
    expect(text).toContain('broken.metacadi.bak')
  })
})

describe('What is not saved yet', () => {
  it('survives the end of the engine and is offered again, with its whole history', async () => {
    const { content, runId } = await study()
    const { projectId } = await fixture.client.call('project.keep', {
      projectId: null,
      content,
      unsaved: true,
    })
    const second = killed()
    const [recent] = await second.client.call('project.recent', {})
    expect(recent).toMatchObject({
      projectId,
      name: 'screen.csv',
      fileName: null,
      unsaved: true,
      open: false,
      runs: 1,
    })
    const resumed = await second.client.call('project.resume', { projectId })
    expect(seen(resumed.content)).toEqual(seen(content))
    expect(resumed.unsaved).toBe(true)
    await second.client.call('run.view', { runId })
  })

  it('survives the loss of the whole session, as after a restart of the computer', async () => {
    const { content, runId } = await study()
    const { projectId } = await fixture.client.call('project.keep', {
      projectId: null,
      content,
      unsaved: true,
    })
    rmSync(join(fixture.scratch.folder, 'session'), { recursive: true })
    rmSync(join(fixture.scratch.folder, 'screen.csv'))
    const second = killed()
    const resumed = await second.client.call('project.resume', { projectId })
    const { read } = unpackContent(resumed.content).history.present
    expect((await second.client.call('dataset.read', read!)).genes.length).toBe(5)
    expect((await second.client.call('run.view', { runId })).genes.length).toBe(4)
  })

  it('is offered when the file it belongs to is opened', async () => {
    const { content } = await study()
    const { projectId } = await fixture.client.call('project.save', {
      projectId: null,
      content,
      to: { file: await grantTarget(target()) },
    })
    await fixture.client.call('project.keep', {
      projectId,
      content: { ...content, name: 'later' },
      unsaved: true,
    })
    const second = killed()
    const opened = await second.client.call('project.open', { file: await second.grant(target()) })
    expect(opened.content.name).toBe('screen.csv')
    expect(opened.recovery?.projectId).toBe(projectId)
    await second.client.call('project.close', { projectId: opened.projectId })
    const resumed = await second.client.call('project.resume', { projectId })
    expect(resumed).toMatchObject({ content: { name: 'later' }, fileName: 'screen.metacadi', readOnly: null })
  })

  it('is forgotten when the user says so, and only then', async () => {
    const { content } = await study()
    const { projectId } = await fixture.client.call('project.keep', {
      projectId: null,
      content,
      unsaved: true,
    })
    await fixture.client.call('project.close', { projectId })
    expect((await fixture.client.call('project.recent', {})).length).toBe(1)
    await fixture.client.call('project.forget', { projectId })
    expect(await fixture.client.call('project.recent', {})).toEqual([])
    expect(readdirSync(join(fixture.scratch.folder, 'data', 'projects'))).toEqual([])
  })
})

describe('The list of recent projects', () => {
  const saveAt = async (content: ProjectContent, path = target()): Promise<string> =>
    (
      await fixture.client.call('project.save', {
        projectId: null,
        content,
        to: { file: await grantTarget(path) },
      })
    ).projectId
  /** Somebody else's version of the project, put in the place of the file. */
  const changeElsewhere = async (content: ProjectContent): Promise<void> => {
    await fixture.client.call('project.close', {
      projectId: await saveAt(content, target('theirs.metacadi')),
    })
    copyFileSync(target('theirs.metacadi'), target())
    rmSync(target('theirs.metacadi'))
  }

  it('opens the file itself when it was changed elsewhere since', async () => {
    const { content } = await study()
    const projectId = await saveAt(content)
    await fixture.client.call('project.close', { projectId })
    await changeElsewhere({ ...content, name: 'theirs' })
    const list = await fixture.client.call('project.recent', {})
    expect(list.find((one) => one.projectId === projectId)?.file).toBe('changed')
    const opened = await fixture.client.call('project.resume', { projectId })
    expect(opened).toMatchObject({
      content: { name: 'theirs' },
      readOnly: null,
      unsaved: false,
      problems: [],
    })
    expect(opened.projectId).not.toBe(projectId)
    const after = await fixture.client.call('project.recent', {})
    expect(after.filter(({ fileName }) => fileName === 'screen.metacadi').length).toBe(1)
  })

  it('never lets unsaved work and a file that was changed elsewhere overwrite each other', async () => {
    const { content } = await study()
    const projectId = await saveAt(content)
    await fixture.client.call('project.keep', {
      projectId,
      content: { ...content, name: 'mine' },
      unsaved: true,
    })
    await fixture.client.call('project.close', { projectId })
    await changeElsewhere({ ...content, name: 'theirs' })
    const theirs = readFileSync(target())
    const opened = await fixture.client.call('project.resume', { projectId })
    expect(opened).toMatchObject({ content: { name: 'mine' }, readOnly: 'changed', unsaved: true })
    const save = (to: 'same' | { file: string }): Promise<unknown> =>
      fixture.client.call('project.save', { projectId, content: opened.content, to })
    expect(await messageOf(save('same'))).toContain('for reading only')
    expect(readFileSync(target()).equals(theirs)).toBe(true)
    await save({ file: await grantTarget(target('mine.metacadi')) })
    expect((await fixture.client.call('project.resume', { projectId })).readOnly).toBeNull()
  })

  it('says so when a file that is open was changed elsewhere before it is saved', async () => {
    const { content } = await study()
    const projectId = await saveAt(content)
    writeFileSync(target(), 'what a synchronising folder brought')
    const text = await messageOf(fixture.client.call('project.save', { projectId, content, to: 'same' }))
    expect(text).toBe(
      "'screen.metacadi' was changed elsewhere since it was opened here, and was left as it is. Save this work under another name; then open the file to see what changed.",
    )
    expect(readFileSync(target(), 'utf8')).toBe('what a synchronising folder brought')
    // Choosing the same name on purpose is the user's answer to the question of the dialog.
    await fixture.client.call('project.save', {
      projectId,
      content,
      to: { file: await grantTarget(target()) },
    })
    expect(readFileSync(`${target()}.bak`, 'utf8')).toBe('what a synchronising folder brought')
  })

  it('shows the kept copy when the file is damaged or gone, says so, and can save it again', async () => {
    const { content } = await study()
    const projectId = await saveAt(content)
    await fixture.client.call('project.close', { projectId })
    writeFileSync(target(), 'damaged')
    const damaged = await fixture.client.call('project.resume', { projectId })
    expect(damaged).toMatchObject({ projectId, readOnly: 'changed', content: { name: 'screen.csv' } })
    expect(damaged.problems).toEqual([expect.stringContaining("'screen.metacadi'")])
    await fixture.client.call('project.close', { projectId })
    rmSync(target())
    expect((await fixture.client.call('project.recent', {}))[0]?.file).toBe('gone')
    const gone = await fixture.client.call('project.resume', { projectId })
    expect(gone).toMatchObject({ projectId, readOnly: null, unsaved: true })
    expect(gone.problems).toEqual([
      "'screen.metacadi' is no longer where it was saved. What is shown is the copy that was kept; Save writes the file again.",
    ])
    expect(seen(gone.content)).toEqual(seen(content))
    await fixture.client.call('project.save', { projectId, content: gone.content, to: 'same' })
    expect(readFileSync(target()).length).toBeGreaterThan(1_000)
  })

  it('has a file once, however often it was opened, also where the host only hands over copies', async () => {
    const { content } = await study()
    const projectId = await saveAt(content)
    await fixture.client.call('project.close', { projectId })
    const recent = (): Promise<unknown[]> => fixture.client.call('project.recent', {})
    for (const use of [undefined, undefined, 'upload', 'upload'] as const) {
      const file = await fixture.engine.grant({ name: 'screen.metacadi', path: target(), use })
      const opened = await fixture.client.call('project.open', { file })
      await fixture.client.call('project.close', { projectId: opened.projectId })
    }
    // once by its path, once as an upload, of which nobody knows the place
    expect(await recent()).toEqual([
      expect.objectContaining({ fileName: null, file: null, unsaved: false }),
      expect.objectContaining({ fileName: 'screen.metacadi', file: 'same' }),
    ])
  })
})

describe('The same project opened twice', () => {
  it('can be saved by the first alone; the second sees who has it, and can take it over', async () => {
    const { content } = await study()
    await fixture.client.call('project.save', {
      projectId: null,
      content,
      to: { file: await grantTarget(target()) },
    })
    const file = await fixture.grant(target())
    const second = await fixture.client.call('project.open', { file })
    expect(second.readOnly).toBe('locked')
    expect(second.lockedBy?.who).toMatch(/ on /)
    expect(
      await messageOf(
        fixture.client.call('project.save', { projectId: second.projectId, content, to: 'same' }),
      ),
    ).toContain('for reading only')
    const taken = await fixture.client.call('project.open', { file, takeOver: true })
    expect(taken.readOnly).toBeNull()
  })

  it('is free again when the first has closed it or its engine has ended', async () => {
    const { content } = await study()
    const { projectId } = await fixture.client.call('project.save', {
      projectId: null,
      content,
      to: { file: await grantTarget(target()) },
    })
    await fixture.client.call('project.close', { projectId })
    const file = await fixture.grant(target())
    const again = await fixture.client.call('project.open', { file })
    expect(again.readOnly).toBeNull()
    const second = killed()
    const opened = await second.client.call('project.open', { file: await second.grant(target()) })
    expect(opened.readOnly).toBeNull()
  })
})

describe('Saving when the disk does not', () => {
  /** A disk on which one operation fails from now on. */
  function failing(fail: (operation: string) => Error | null): Disk {
    const guard =
      <A extends unknown[], R>(operation: string, work: (...args: A) => Promise<R>) =>
      async (...args: A): Promise<R> => {
        const error = fail(operation)
        if (error) throw error
        return work(...args)
      }
    return {
      create: async (path) => {
        const file = await guard('create', realDisk.create)(path)
        return { write: guard('write', file.write), sync: guard('sync', file.sync), close: file.close }
      },
      rename: guard('rename', realDisk.rename),
      duplicate: guard('duplicate', realDisk.duplicate),
      remove: guard('remove', realDisk.remove),
      syncNames: realDisk.syncNames,
    }
  }
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })

  it.each(['write', 'sync', 'rename'])('keeps the saved file when the disk is full at %s', async (broken) => {
    let isFull = false
    const at = startEngine(
      fixture.scratch,
      undefined,
      failing((operation) => (isFull && operation === broken ? full : null)),
    )
    const { content } = await study(at)
    const file = await grantTarget(target(), at)
    const { projectId } = await at.client.call('project.save', { projectId: null, content, to: { file } })
    const before = readFileSync(target())
    isFull = true
    const later = { ...content, name: 'later' }
    const text = await messageOf(at.client.call('project.save', { projectId, content: later, to: 'same' }))
    expect(text).toBe(
      "The disk is full: 'screen.metacadi' could not be saved. 'screen.metacadi' is what it was before. Free some space, or save to another disk.",
    )
    expect(readFileSync(target()).equals(before)).toBe(true)
    expect(readdirSync(fixture.scratch.folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
    // The work itself is not lost either: it was kept before saving began.
    expect((await at.client.call('project.resume', { projectId })).content.name).toBe('later')
    isFull = false
    await at.client.call('project.save', { projectId, content: later, to: 'same' })
    expect(readFileSync(target()).equals(before)).toBe(false)
    await at.engine.shutdown()
  })

  it('loses nothing when the power goes between the temporary file and its renaming', async () => {
    let power = true
    const cut = new Error('the power was cut')
    const at = startEngine(
      fixture.scratch,
      undefined,
      failing((operation) => {
        if (operation === 'rename' && !power) return cut
        // Nothing runs after the cut, not even the cleaning up.
        return operation === 'remove' && !power ? cut : null
      }),
    )
    const { content } = await study(at)
    const file = await grantTarget(target(), at)
    const { projectId } = await at.client.call('project.save', { projectId: null, content, to: { file } })
    const before = readFileSync(target())
    await at.client.call('project.keep', { projectId, content: { ...content, name: 'later' }, unsaved: true })
    power = false
    await messageOf(
      at.client.call('project.save', { projectId, content: { ...content, name: 'later' }, to: 'same' }),
    )
    const leftovers = (): string[] =>
      readdirSync(fixture.scratch.folder).filter((name) => name.endsWith('.tmp'))
    expect(leftovers().length).toBe(1)
    expect(readFileSync(target()).equals(before)).toBe(true)

    const second = killed()
    const opened = await second.client.call('project.open', { file: await second.grant(target()) })
    expect(opened).toMatchObject({ content: { name: 'screen.csv' }, readOnly: null, recovery: { projectId } })
    expect(leftovers()).toEqual([])
  })
})

describe('A content made for the command line', () => {
  it('is a project without a past', () => {
    const content = newContent('x', {}, [])
    expect(unpackContent(content).history).toEqual({ past: [], present: EMPTY_STATE, future: [] })
  })
})
