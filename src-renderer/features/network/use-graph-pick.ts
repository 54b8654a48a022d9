import type { Ref } from 'vue'
import { useNetworkView } from '../../stores/network-view'
import { useNotices } from '../../stores/notices'
import { useRuns } from '../../stores/runs'
import { useSelection } from '../../stores/selection'
import { formatProbability, text } from '../../strings'
import type { GraphItem } from './graph-item'

export interface GraphPick {
  /** @param adding to the genes that are picked, with Shift or Ctrl */
  pick(item: GraphItem | null, adding: boolean): void
  togglePicked(gene: string): void
  /** @param adding to the genes that are picked */
  pickAll(genes: readonly string[], adding: boolean): void
  /** Tells what is selected to those who do not see it. */
  announce(): void
}

/**
 * What is selected and which genes are picked on the canvas.
 * @param anchor the end of the selected edge from which the arrow keys go on
 */
export function useGraphPick(anchor: Ref<string | null>): GraphPick {
  const runs = useRuns()
  const network = useNetworkView()
  const selection = useSelection()
  const notices = useNotices()
  const words = text.network

  function pick(item: GraphItem | null, adding: boolean): void {
    if (!item) {
      // A gene that was missed by a little is no reason to forget those that are picked.
      if (adding) return
      network.picked = new Set()
      selection.clear()
      return
    }
    if (item.kind === 'edge') {
      network.picked = new Set()
      selection.selectEdge(item.edge)
      anchor.value = item.edge.source
    } else {
      if (adding) togglePicked(item.gene)
      else if (!network.picked.has(item.gene)) network.picked = new Set()
      selection.selectGene(item.gene)
    }
    announce()
  }
  function togglePicked(gene: string): void {
    const now = selection.current
    const picked = new Set(network.picked)
    // The gene that was selected before is the first of those that are picked.
    if (picked.size === 0 && now?.kind === 'gene') picked.add(now.gene)
    if (!picked.delete(gene)) picked.add(gene)
    network.picked = picked
    notices.say(words.picked(picked.size))
  }

  function pickAll(genes: readonly string[], adding: boolean): void {
    network.picked = new Set([...(adding ? network.picked : []), ...genes])
    selection.clear()
    notices.say(words.picked(network.picked.size))
  }

  function announce(): void {
    const now = selection.current
    if (now?.kind === 'edge') {
      const row = runs.edges.find((edge) => edge.source === now.source && edge.target === now.target)
      const sign = row
        ? { activates: words.activates, inhibits: words.inhibits, unknown: words.unknown }[row.sign]
        : ''
      notices.say(words.announceEdge(now.source, now.target, sign, formatProbability(row?.probability ?? 0)))
    } else if (now?.kind === 'gene') {
      const causes = network.shown.filter((edge) => edge.target === now.gene).length
      const effects = network.shown.filter((edge) => edge.source === now.gene).length
      notices.say(words.announceGene(now.gene, causes, effects))
    }
  }

  return { pick, pickAll, togglePicked, announce }
}
