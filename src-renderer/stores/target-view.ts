import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { HeatmapChoice } from '../services/heatmap'

/** How the targets are looked at: the page of one experiment or all of them, and the order of the heatmap. */
export const useTargetView = defineStore('target-view', () => {
  /** experiment whose page is open; null = all experiments */
  const experiment = ref<string | null>(null)
  const heatmap = shallowRef<HeatmapChoice>({
    genes: 'given',
    experiments: 'given',
    top: 0,
    filter: '',
    onlyTargets: false,
  })
  function choose(change: Partial<HeatmapChoice>): void {
    heatmap.value = { ...heatmap.value, ...change }
  }
  return { experiment, heatmap, choose }
})
