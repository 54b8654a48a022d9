import type { PopMenuItem } from '../../components/PopMenu.vue'
import { text } from '../../strings'
import type { GraphItem } from './graph-item'

const words = text.network

export interface MenuFacts {
  /** what the constraints say of the edge */
  readonly state: '' | 'required' | 'forbidden'
  readonly isRoot: boolean
  readonly isLeaf: boolean
  /** of the gene, counted from 0; null = in no tier */
  readonly tier: number | null
  readonly tiers: number
  /** genes the menu is about */
  readonly genes: readonly string[]
  readonly group: string | null
}

export interface CanvasFacts {
  readonly hidden: number
  readonly drawing: boolean
}

/** The context menu of the canvas itself. */
export function canvasMenu({ hidden, drawing }: CanvasFacts): PopMenuItem[] {
  return [
    { id: 'all', label: words.selectAll, shortcut: 'Ctrl+A' },
    { id: 'show', label: words.showHidden, disabled: hidden === 0 },
    { id: 'fit', label: words.fit, shortcut: '0', divided: true },
    { id: 'arrange', label: words.arrange },
    { id: 'draw', label: drawing ? words.stopDrawing : words.draw, divided: true },
  ]
}

/** More tiers than this are set in the list of constraints. */
const MOST_TIERS = 4

/** The context menu of an edge or of one or more genes; the same commands as the keys. */
export function graphMenu(item: GraphItem, facts: MenuFacts): PopMenuItem[] {
  return item.kind === 'edge' ? edgeMenu(facts) : geneMenu(facts)
}

function edgeMenu({ state }: MenuFacts): PopMenuItem[] {
  return [
    { id: 'inspect', label: words.inspect, shortcut: 'Enter' },
    { id: 'require', label: words.require, shortcut: 'R', disabled: state === 'required', divided: true },
    { id: 'forbid', label: words.forbid, shortcut: 'X', disabled: state === 'forbidden' },
    { id: 'reverse', label: words.reverseEdge },
    { id: 'free', label: words.free, shortcut: 'Del', disabled: state === '' },
    { id: 'note', label: words.note, shortcut: 'N', divided: true },
  ]
}

function geneMenu({ isRoot, isLeaf, tier, tiers, genes, group }: MenuFacts): PopMenuItem[] {
  const one = genes.length === 1
  const tierItems = Array.from({ length: Math.min(tiers, MOST_TIERS) }, (_, at): PopMenuItem => ({
    id: `tier ${at}`,
    label: words.toTier(at + 1),
    disabled: one && tier === at,
  }))
  return [
    ...(one
      ? [
          { id: 'inspect', label: words.inspect, shortcut: 'Enter' },
          { id: 'require-to', label: words.requireTo },
        ]
      : []),
    { id: isRoot ? 'not-root' : 'root', label: isRoot ? words.notRoot : words.root, divided: one },
    { id: isLeaf ? 'not-leaf' : 'leaf', label: isLeaf ? words.notLeaf : words.leaf },
    ...tierItems,
    ...(tiers < MOST_TIERS ? [{ id: `tier ${tiers}`, label: words.newTier(tiers + 1) }] : []),
    ...(tier === null ? [] : [{ id: 'no-tier', label: words.leaveTier(tier + 1) }]),
    ...(one ? [{ id: 'note', label: words.note, shortcut: 'N', divided: true }] : []),
    { id: 'near 1', label: words.near(1), divided: true },
    { id: 'near 2', label: words.near(2) },
    ...(group === null
      ? [{ id: 'group', label: words.group, divided: true }]
      : [
          { id: 'rename-group', label: words.renameGroup, divided: true },
          { id: 'ungroup', label: words.ungroup(group) },
        ]),
    { id: 'hide', label: words.hide, shortcut: 'H' },
  ]
}
