import { computed, ref, type ComputedRef, type Ref } from 'vue'
import type { Edge } from '../../../src-shared/domain/constraints'
import type { NoteSubject } from '../../../src-shared/domain/notes'
import { constraintOf } from '../../services/edge-list'
import { useConstraints } from '../../stores/constraints'
import { useNetworkView } from '../../stores/network-view'
import { useProject } from '../../stores/project'
import type { GraphItem } from './graph-item'
import type { MenuFacts } from './graph-menu'

/** A dialog of the canvas that is open. */
export type Asking =
  | { readonly what: 'note'; readonly about: NoteSubject; readonly name: string }
  | { readonly what: 'group'; readonly genes: readonly string[] }
  | { readonly what: 'rename-group'; readonly name: string }
  | { readonly what: 'require'; readonly source: string }

export interface GraphEdits {
  readonly asking: Readonly<Ref<Asking | null>>
  stopAsking(): void
  readonly isAsking: ComputedRef<boolean>
  facts(item: GraphItem): MenuFacts
  /** @returns false when the command is none of the edits */
  run(command: string, item: GraphItem): boolean
  saveNote(note: string): void
  saveGroup(name: string): void
  requireTo(target: string): void
}

/** What keys and menu of the canvas do to the constraints, the notes and the look. */
export function useGraphEdits(): GraphEdits {
  const constraints = useConstraints()
  const project = useProject()
  const network = useNetworkView()
  const asking = ref<Asking | null>(null)

  /** A gene that is picked together with others stands for all of them. */
  function genesOf(item: GraphItem): readonly string[] {
    if (item.kind === 'edge') return []
    return network.picked.has(item.gene) ? [...network.picked] : [item.gene]
  }
  const groupOf = (genes: readonly string[]): string | null =>
    project.look.groups.find((group) => genes.every((gene) => group.genes.includes(gene)))?.name ?? null

  function facts(item: GraphItem): MenuFacts {
    const genes = genesOf(item)
    return {
      state: item.kind === 'edge' ? constraintOf(constraints.current, item.edge) : '',
      isRoot: genes.length > 0 && genes.every((gene) => constraints.roots.has(gene)),
      isLeaf: genes.length > 0 && genes.every((gene) => constraints.leaves.has(gene)),
      tier: item.kind === 'gene' ? (constraints.tierOf.get(item.gene) ?? null) : null,
      tiers: constraints.current.tiers.length,
      genes,
      group: item.kind === 'gene' ? groupOf(genes) : null,
    }
  }

  function runOnEdge(command: string, edge: Edge): boolean {
    if (command === 'require') constraints.require(edge)
    else if (command === 'forbid') constraints.forbid(edge)
    else if (command === 'reverse') constraints.reverse(edge)
    else if (command === 'toggle-required') constraints.toggle('required', edge)
    else if (command === 'toggle-forbidden') constraints.toggle('forbidden', edge)
    else if (command === 'free') constraints.free(edge)
    else if (command === 'note')
      asking.value = {
        what: 'note',
        about: { kind: 'edge', source: edge.source, target: edge.target },
        name: `${edge.source} → ${edge.target}`,
      }
    else return false
    return true
  }
  function runOnGenes(command: string, gene: string, genes: readonly string[]): boolean {
    const [name, number] = command.split(' ')
    if (name === 'tier') constraints.setTier(genes, Number(number))
    else if (name === 'no-tier') constraints.setTier(genes, null)
    else if (name === 'root' || name === 'leaf') constraints.setEnd(name, genes, true)
    else if (name === 'not-root') constraints.setEnd('root', genes, false)
    else if (name === 'not-leaf') constraints.setEnd('leaf', genes, false)
    else if (name === 'near') network.scope = { kind: 'near', genes, steps: number === '2' ? 2 : 1 }
    else if (name === 'hide') network.hide(genes)
    else if (name === 'group') asking.value = { what: 'group', genes }
    else if (name === 'rename-group') asking.value = { what: 'rename-group', name: groupOf(genes) ?? '' }
    else if (name === 'ungroup') network.ungroup(groupOf(genes) ?? '')
    else if (name === 'require-to') asking.value = { what: 'require', source: gene }
    else if (name === 'note') asking.value = { what: 'note', about: { kind: 'gene', gene }, name: gene }
    else return false
    return true
  }

  return {
    asking,
    stopAsking: () => {
      asking.value = null
    },
    isAsking: computed(() => asking.value !== null),
    facts,
    run: (command, item) =>
      item.kind === 'edge' ? runOnEdge(command, item.edge) : runOnGenes(command, item.gene, genesOf(item)),
    saveNote: (note) => {
      if (asking.value?.what === 'note') project.setNote(asking.value.about, note, asking.value.name)
      asking.value = null
    },
    saveGroup: (name) => {
      if (asking.value?.what === 'group') network.group(name, asking.value.genes)
      if (asking.value?.what === 'rename-group') network.renameGroup(asking.value.name, name)
      asking.value = null
    },
    requireTo: (target) => {
      if (asking.value?.what === 'require' && target !== asking.value.source)
        constraints.require({ source: asking.value.source, target })
      asking.value = null
    },
  }
}
