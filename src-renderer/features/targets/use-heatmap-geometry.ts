import { computed, type ComputedRef, type Ref } from 'vue'
import type { TreeBar } from '../../services/cluster'
import type { HeatmapRow } from '../../services/target-list'

/** Room of a tree, in pixels across its leaves. */
export const TREE_ROOM = 40
/** In a cell below this width the leading zero is left out: “.95” */
export const COMPACT_CELL = 46
const LEAST_CELL = 36
const MOST_CELL = 190
const LEAST_ROW = 24
const MOST_ROW = 34
const LEAST_HEAD = 28
const MOST_HEAD = 112
const CHARACTER = 6.7
const OVERSCAN = 3

export interface HeatmapContent {
  readonly rows: readonly HeatmapRow[]
  readonly environments: readonly string[]
  readonly rowTree: readonly TreeBar[]
  readonly columnTree: readonly TreeBar[]
}

interface Range {
  readonly from: number
  readonly to: number
}

/** Sizes in pixels, and which rows and columns are drawn. */
export interface HeatmapGeometry {
  readonly cellWidth: ComputedRef<number>
  readonly rowHeight: ComputedRef<number>
  readonly rowRange: ComputedRef<Range>
  readonly columnRange: ComputedRef<Range>
  readonly geneWidth: ComputedRef<number>
  /** names that are wider than their column stand upright */
  readonly upright: ComputedRef<boolean>
  readonly nameHeight: ComputedRef<number>
  readonly headHeight: ComputedRef<number>
  readonly rowTreeWidth: ComputedRef<number>
  readonly leftWidth: ComputedRef<number>
  /** the joins as paths of an SVG */
  readonly rowPath: ComputedRef<string>
  readonly columnPath: ComputedRef<string>
}

/** Cells fill the space between a least and a most size, and scroll when they cannot. */
export function useHeatmapGeometry(
  content: () => HeatmapContent,
  size: Ref<{ readonly width: number; readonly height: number }>,
  scroll: Ref<{ readonly left: number; readonly top: number }>,
): HeatmapGeometry {
  const columns = computed(() => content().environments.length)
  const lines = computed(() => content().rows.length)
  const widestName = computed(() => longest(content().environments))
  const geneWidth = computed(() =>
    Math.round(Math.max(72, Math.min(150, longest(content().rows.map((row) => row.gene)) + 24))),
  )
  const rowTreeWidth = computed(() => (content().rowTree.length > 0 ? TREE_ROOM : 0))
  const leftWidth = computed(() => rowTreeWidth.value + geneWidth.value)
  const cellWidth = computed(() => {
    const share = (size.value.width - leftWidth.value) / Math.max(1, columns.value)
    return Math.floor(Math.max(LEAST_CELL, Math.min(MOST_CELL, share)))
  })
  const upright = computed(() => widestName.value + 12 > cellWidth.value)
  const nameHeight = computed(() =>
    upright.value ? Math.round(Math.min(MOST_HEAD, widestName.value * 1.08 + 22)) : LEAST_HEAD,
  )
  const headHeight = computed(() => nameHeight.value + (content().columnTree.length > 0 ? TREE_ROOM : 0))
  const rowHeight = computed(() => {
    const share = (size.value.height - headHeight.value) / Math.max(1, lines.value)
    return Math.floor(Math.max(LEAST_ROW, Math.min(MOST_ROW, share)))
  })
  return {
    cellWidth,
    rowHeight,
    rowRange: computed(() => range(scroll.value.top, size.value.height, rowHeight.value, lines.value)),
    columnRange: computed(() => range(scroll.value.left, size.value.width, cellWidth.value, columns.value)),
    geneWidth,
    upright,
    nameHeight,
    headHeight,
    rowTreeWidth,
    leftWidth,
    rowPath: computed(() =>
      content()
        .rowTree.map(({ from, to, height, fromHeight, toHeight }) => {
          const step = rowHeight.value
          return `M${across(fromHeight)} ${from * step}H${across(height)}V${to * step}H${across(toHeight)}`
        })
        .join(''),
    ),
    columnPath: computed(() =>
      content()
        .columnTree.map(({ from, to, height, fromHeight, toHeight }) => {
          const step = cellWidth.value
          return `M${from * step} ${across(fromHeight)}V${across(height)}H${to * step}V${across(toHeight)}`
        })
        .join(''),
    ),
  }
}

const longest = (names: readonly string[]): number =>
  Math.max(0, ...names.map((name) => name.length)) * CHARACTER

/** Leaves at the far side, the last join at the near one. */
const across = (height: number): number => 2 + (1 - height) * (TREE_ROOM - 4)

function range(offset: number, extent: number, step: number, count: number): Range {
  return {
    from: Math.max(0, Math.floor(offset / step) - OVERSCAN),
    to: Math.min(count, Math.ceil((offset + extent) / step) + OVERSCAN),
  }
}
