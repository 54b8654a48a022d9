import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { LayoutName, NetworkLook } from '../../src-shared/domain/network-look'
import { DRAWN_AT_MOST, shownEdges } from '../services/edge-list'
import { findModules } from '../services/modules'
import { neighbourhood, WHOLE, type Scope } from '../services/network-scope'
import type { Point } from '../services/point'
import { text } from '../strings'
import { useProject } from './project'
import { useRuns } from './runs'

/** More genes than this and those without an edge are left out at first. */
const CROWD = 60

/** What the width of an edge tells. */
export type EdgeWidth = 'probability' | 'effect'

/**
 * What is shown of the network. Positions belong to genes and outlive runs: an edit or a re-run moves nothing. Threshold,
 * places, hidden genes, groups and sizes are part of the project, and so of its undo; what is looked at is not.
 */
export const useNetworkView = defineStore('network-view', () => {
  const runs = useRuns()
  const project = useProject()
  const threshold = computed({
    get: () => project.look.threshold,
    set: (value) => project.changeLook(text.undo.threshold, { threshold: value }, 'threshold'),
  })
  const scope = shallowRef<Scope>(WHOLE)
  /** genes that are chosen together, for hiding, grouping and looking at their neighbours */
  const picked = shallowRef<ReadonlySet<string>>(new Set())
  /** dragging from gene to gene draws an edge instead of moving genes */
  const drawing = ref(false)
  const edgeWidth = ref<EdgeWidth>('probability')
  const overview = ref(false)
  /** genes without an edge are left out */
  const hideLonely = ref(false)
  watch(
    () => runs.view?.genes.length ?? 0,
    (genes) => (hideLonely.value = genes > CROWD),
    { immediate: true, flush: 'sync' },
  )

  // Each by itself: a gene that was moved changes the look too, and must not make everything below anew.
  const hiddenGenes = computed(() => project.look.hidden)
  const topEdges = computed(() => project.look.topEdges)
  const kept = computed(() => project.look.places)
  const hidden = computed(() => new Set(hiddenGenes.value))
  const positions = computed<ReadonlyMap<string, Point>>({
    get: () => new Map(kept.value.map(({ gene, x, y }) => [gene, { x, y }])),
    set: (next) => {
      const places = [...next].map(([gene, { x, y }]) => ({ gene, x, y }))
      const moved = places.filter(({ gene, x, y }) => {
        const at = positions.value.get(gene)
        return at !== undefined && (at.x !== x || at.y !== y)
      })
      if (places.some(({ gene }) => !positions.value.has(gene))) project.placeGenes(places)
      else if (moved.length === 1)
        project.changeLook(text.undo.place(moved[0]!.gene), { places }, `place ${moved[0]!.gene}`)
      else if (moved.length > 1) project.changeLook(text.undo.placeMany(moved.length), { places })
    },
  })

  /** every edge that the threshold lets through, whatever part is looked at */
  const credible = computed(() => {
    const end = runs.edges.findIndex((edge) => edge.probability < threshold.value)
    return end < 0 ? runs.edges : runs.edges.slice(0, end)
  })
  const above = computed(() => credible.value.length)
  const modules = computed(() => findModules(runs.view?.genes ?? [], credible.value.slice(0, DRAWN_AT_MOST)))
  /** the genes looked at; null = all that are not hidden */
  const inScope = computed<ReadonlySet<string> | null>(() => {
    const now = scope.value
    if (now.kind === 'all') return null
    if (now.kind === 'module') return new Set(modules.value[now.index] ?? [])
    return neighbourhood(now.genes, credible.value, now.steps)
  })
  const isVisible = (gene: string): boolean =>
    !hidden.value.has(gene) && (inScope.value === null || inScope.value.has(gene))
  const visibleGenes = computed(() => (runs.view?.genes ?? []).filter(isVisible))
  const shown = computed(() => {
    const visible = credible.value.filter(({ source, target }) => isVisible(source) && isVisible(target))
    return shownEdges(visible, 0, Math.min(topEdges.value ?? DRAWN_AT_MOST, DRAWN_AT_MOST))
  })
  /** more edges reach the threshold than are drawn at most */
  const capped = computed(
    () => topEdges.value === null && scope.value.kind === 'all' && above.value > DRAWN_AT_MOST,
  )

  /** the user's number of edges leaves out some that reach the threshold */
  const isTop = computed(
    () => shown.value.length === project.look.topEdges && shown.value.length < above.value,
  )

  function look(label: string, patch: Partial<NetworkLook>): void {
    project.changeLook(label, patch)
  }
  function hide(genes: readonly string[]): void {
    const added = genes.filter((gene) => !hidden.value.has(gene))
    if (added.length === 0) return
    picked.value = new Set()
    look(text.undo.hide(added), { hidden: [...project.look.hidden, ...added] })
  }
  /** A hidden gene that is looked for is hidden no more. */
  function show(gene: string): void {
    look(text.undo.show(gene), { hidden: project.look.hidden.filter((other) => other !== gene) })
  }
  /** A layout that was asked for: its name, its seed and every place are one step. */
  function arrange(layout: LayoutName, seed: number, places: ReadonlyMap<string, Point>): void {
    look(text.undo.layout(layout), {
      layout,
      seed,
      places: [...places].map(([gene, { x, y }]) => ({ gene, x, y })),
    })
  }
  /** What the size of a gene tells. @param places of all genes, where the sizes need other ones */
  function setNodeSize(nodeSize: NetworkLook['nodeSize'], places?: ReadonlyMap<string, Point>): void {
    const moved = places ? { places: [...places].map(([gene, { x, y }]) => ({ gene, x, y })) } : {}
    project.changeLook(text.undo.nodeSize, { nodeSize, ...moved }, 'node size')
  }
  /** A gene is in one group at most. */
  function group(name: string, genes: readonly string[]): void {
    const joined = new Set(genes)
    const others = project.look.groups
      .map((other) => ({
        name: other.name,
        genes: other.name === name ? other.genes : other.genes.filter((gene) => !joined.has(gene)),
      }))
      .filter((other) => other.name !== name && other.genes.length > 0)
    const before = project.look.groups.find((other) => other.name === name)?.genes ?? []
    look(text.undo.group(name), { groups: [...others, { name, genes: [...new Set([...before, ...genes])] }] })
  }
  /** A name that another group has joins the two. */
  function renameGroup(name: string, wanted: string): void {
    const members = project.look.groups.find((other) => other.name === name)?.genes
    if (!members || wanted === name) return
    const joined = project.look.groups.find((other) => other.name === wanted)?.genes ?? []
    const others = project.look.groups.filter((other) => other.name !== name && other.name !== wanted)
    look(text.undo.renameGroup(wanted), {
      groups: [...others, { name: wanted, genes: [...new Set([...joined, ...members])] }],
    })
  }
  function ungroup(name: string): void {
    look(text.undo.ungroup(name), { groups: project.look.groups.filter((other) => other.name !== name) })
  }

  return {
    threshold,
    scope,
    picked,
    drawing,
    edgeWidth,
    overview,
    hideLonely,
    hidden,
    positions,
    modules,
    visibleGenes,
    shown,
    above,
    capped,
    isTop,
    look,
    hide,
    show,
    showAll: () => look(text.undo.showAll, { hidden: [] }),
    arrange,
    setNodeSize,
    group,
    renameGroup,
    ungroup,
  }
})
