import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { nextTick, shallowRef } from 'vue'
import type { RunOrigin } from '../../../src-shared/contract/project-content'
import { editedMark, type EditedMark } from '../../../src-renderer/stores/edited-mark'
import { useProject } from '../../../src-renderer/stores/project'

const runs = shallowRef<readonly RunOrigin[]>([])
let project: ReturnType<typeof useProject>
let mark: EditedMark
const edge = { source: 'TP53', target: 'MDM2' }

beforeEach(() => {
  setActivePinia(createPinia())
  runs.value = []
  project = useProject()
  mark = editedMark(project, () => runs.value)
})

describe('The mark of an edited project', () => {
  it('is set by an edit and gone when undo comes back to what was saved', async () => {
    project.constrain(edge, 'required')
    expect(mark.edited.value).toBe(true)
    mark.take()()
    expect(mark.edited.value).toBe(false)
    project.constrain(edge, 'forbidden')
    project.setNote({ kind: 'gene', gene: 'TP53' }, 'odd', 'Note')
    expect(mark.edited.value).toBe(true)
    await project.undo()
    expect(mark.edited.value).toBe(true)
    await project.undo()
    expect(mark.edited.value).toBe(false)
    await project.undo()
    expect(mark.edited.value).toBe(true)
    await project.redo()
    expect(mark.edited.value).toBe(false)
  })

  it('stands for the state that was written, not for what was done while it was being written', () => {
    project.constrain(edge, 'required')
    const written = mark.take()
    project.constrain(edge, '')
    written()
    expect(mark.edited.value).toBe(true)
  })

  it('is not set by what the program adds itself, and survives it', async () => {
    mark.take()()
    project.setSetting('seed', 7, 'Seed')
    project.placeGenes([{ gene: 'TP53', x: 1, y: 2 }])
    expect(mark.edited.value).toBe(true)
    await project.undo()
    expect(mark.edited.value).toBe(false)
    project.placeGenes([{ gene: 'MDM2', x: 3, y: 4 }])
    expect(mark.edited.value).toBe(false)
  })

  it('is set by a new run, and stays set while it is not known what a file holds', async () => {
    mark.take()()
    runs.value = [{ runId: 'r1', settings: null, read: null }]
    await nextTick()
    expect(mark.edited.value).toBe(true)
    mark.forget(true)
    await project.undo()
    expect(mark.edited.value).toBe(true)
    mark.forget(false)
    expect(mark.edited.value).toBe(false)
    project.setSetting('seed', 7, 'Seed')
    await project.undo()
    expect(mark.edited.value).toBe(true)
  })
})
