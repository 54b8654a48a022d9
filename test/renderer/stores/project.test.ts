import fc from 'fast-check'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { packContent, ProjectContent, unpackContent } from '../../../src-shared/contract/project-content'
import { useEngine } from '../../../src-renderer/stores/engine'
import { useProject } from '../../../src-renderer/stores/project'

const GENES = ['TP53', 'MDM2', 'CDKN1A', '__proto__', 'constructor']
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

type Project = ReturnType<typeof useProject>

/** A project whose engine reads whatever it is asked to, as asked. */
async function newProject(): Promise<Project> {
  setActivePinia(createPinia())
  const engine = useEngine()
  engine.call = ((_method: string, params: object) =>
    Promise.resolve({
      datasetId: 'd',
      name: 'screen.csv',
      read: 'files' in params ? ReadOptions.parse(params) : null,
      genes: GENES,
      environments: [{ name: 'drug', samples: 3, isControl: false }],
      findings: [],
      knownTargets: {},
    })) as unknown as typeof engine.call
  const project = useProject()
  await project.openFiles([{ handle: 'f1', name: 'screen.csv', size: 1 }])
  return project
}

const gene = fc.constantFrom(...GENES)
const coordinate = fc.integer({ min: -500, max: 500 })
/** Everything a user can do that undo covers, and what the program adds by itself. */
const edit: fc.Arbitrary<(project: Project) => unknown> = fc.oneof(
  fc.tuple(gene, gene, fc.constantFrom('', 'required', 'forbidden')).map(
    ([source, target, state]) =>
      (p: Project) =>
        p.constrain({ source, target }, state),
  ),
  fc.tuple(gene, fc.boolean()).map(
    ([name, complete]) =>
      (p: Project) =>
        p.setKnown('drug', { genes: [name], complete }),
  ),
  fc.nat(5).map((seed) => (p: Project) => p.setSetting('seed', seed, 'Seed')),
  fc.constant((p: Project) => p.resetSettings()),
  fc
    .double({ min: 0, max: 1, noNaN: true })
    .map((threshold) => (p: Project) => p.changeLook('Threshold', { threshold }, 'threshold')),
  fc.subarray(GENES).map((hidden) => (p: Project) => p.changeLook('Hide', { hidden })),
  fc.tuple(gene, coordinate, coordinate).map(
    ([name, x, y]) =>
      (p: Project) =>
        p.placeGenes([{ gene: name, x, y }]),
  ),
  fc.tuple(gene, fc.string({ maxLength: 6 })).map(
    ([name, words]) =>
      (p: Project) =>
        p.setNote({ kind: 'gene', gene: name }, words, 'Note'),
  ),
  fc
    .subarray(['s1', 's2', 's3'])
    .map((out) => (p: Project) => p.reread('Leave out', { excludedSamples: out })),
  fc.constantFrom('none', 'log1p').map((transform) => (p: Project) => p.reread('Scale', { transform })),
  // The other commands of product.md: what a run was called and what it was made from, tiers, groups, layouts, places, notes.
  fc.string({ minLength: 1, maxLength: 8 }).map(
    (name) => (p: Project) =>
      p.record('Rename Run 1', {
        runs: { ...p.state.runs, names: [{ runId: 'r1', name }] },
      }),
  ),
  fc
    .shuffledSubarray(GENES, { minLength: 1 })
    .map((tier) => (p: Project) => p.setConstraints('Tier', { ...p.settings.constraints, tiers: [tier] })),
  fc
    .subarray(GENES, { minLength: 1 })
    .map((genes) => (p: Project) => p.changeLook('Group', { groups: [{ name: 'g', genes }] })),
  fc.tuple(fc.constantFrom('layered', 'force', 'concentric'), fc.nat(3), gene, coordinate).map(
    ([layout, seed, name, x]) =>
      (p: Project) =>
        p.changeLook('Layout', { layout, seed, places: [{ gene: name, x, y: 0 }] }),
  ),
  fc
    .constantFrom('equal', 'effects', 'targets')
    .map((nodeSize) => (p: Project) => p.changeLook('Size', { nodeSize })),
  fc.tuple(gene, gene, fc.string({ maxLength: 6 })).map(([source, target, words]) => (p: Project) => {
    p.setNote({ kind: 'edge', source, target }, words, 'Note')
    p.setNote({ kind: 'run', runId: 'r1' }, words, 'Note')
  }),
  fc.constant((p: Project) => p.setKnown('drug', null)),
  fc
    .nat(3)
    .map(
      (seed) => (p: Project) =>
        p.record('Settings of Run 1', { settings: { ...p.settings, seed, mode: 'instant' } }),
    ),
  fc.boolean().map(
    (scaled) => (p: Project) =>
      p.discardTo(
        {
          settings: { ...p.settings, seed: 1 },
          read: scaled && p.read ? { ...p.read, transform: 'log1p' } : p.read,
        },
        'Revert to Run 1',
      ),
  ),
  fc.constant((p: Project) =>
    p.record('Delete Run 1', { runs: { ...p.state.runs, deleted: [...p.state.runs.deleted, 'r1'] } }),
  ),
  fc.constant((p: Project) => p.undo()),
  fc.constant((p: Project) => p.redo()),
)

async function walk(project: Project, step: () => Promise<void>): Promise<unknown[]> {
  const states = [plain(project.state)]
  for (;;) {
    const before = project.history
    await step()
    if (project.history === before) return states
    states.push(plain(project.state))
  }
}

describe('The undo history of a project', () => {
  let project: Project
  beforeEach(async () => {
    project = await newProject()
  })

  it('goes back to the start and forth to the end through equal states, whatever was edited', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 25 }), async (edits) => {
        project = await newProject()
        const start = plain(project.state) as { look: object }
        for (const change of edits) await change(project)
        const end = plain(project.state)
        await walk(project, () => project.redo())
        const back = await walk(project, () => project.undo())
        const forth = await walk(project, () => project.redo())
        expect(forth).toEqual([...back].reverse())
        await walk(project, () => project.undo())
        // Places are the program's own and stay; everything else is as it was.
        const { places: _places, ...look } = (
          plain(project.state) as typeof start & { look: { places: unknown } }
        ).look
        expect({ ...(plain(project.state) as object), look: { places: [], ...look } }).toEqual({
          ...start,
          look: { places: [], ...start.look },
        })
        expect([...back, ...forth]).toContainEqual(end)
      }),
      { numRuns: 60 },
    )
  })

  it('is equal after saving and opening at any point, and undone in the same way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 15 }), async (edits) => {
        project = await newProject()
        for (const change of edits) await change(project)
        const content = packContent({
          name: 'screen',
          history: project.history,
          runs: [{ runId: 'r1', settings: project.settings, read: project.read }],
          shown: 'r1',
        })
        const stored: unknown = JSON.parse(JSON.stringify(content))
        const opened = unpackContent(ProjectContent.parse(stored))
        expect(plain(opened.history)).toEqual(plain(project.history))
        expect(plain(opened.runs)).toEqual(
          plain([{ runId: 'r1', settings: project.settings, read: project.read }]),
        )
        const back = await walk(project, () => project.undo())
        const other = await newProject()
        other.load(opened.history)
        expect(await walk(other, () => other.undo())).toEqual(back)
      }),
      { numRuns: 60 },
    )
  })

  it('names the step that is taken back, and the one that is given again', async () => {
    project.constrain({ source: 'TP53', target: 'MDM2' }, 'forbidden')
    expect(project.undoLabel).toBe('Forbid TP53 → MDM2')
    await project.undo()
    expect(project.redoLabel).toBe('Forbid TP53 → MDM2')
    expect(project.undoLabel).toBeNull()
  })

  it('stays small: what many states share is stored once', async () => {
    project.placeGenes(GENES.map((name, index) => ({ gene: name, x: index, y: 0 })))
    for (let seed = 2; seed < 150; seed++) project.setSetting('seed', seed, 'Seed')
    const content = packContent({ name: 'x', history: project.history, runs: [], shown: null })
    expect(content.history.parts.look.length).toBe(1)
    expect(content.history.parts.settings.length).toBe(149)
    expect(unpackContent(content).history.past[0]!.state.look).toBe(
      unpackContent(content).history.past[0]!.state.look,
    )
  })
})
