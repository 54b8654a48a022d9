import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Edge } from '../../src-shared/domain/constraints'

export type Selection =
  | { readonly kind: 'edge'; readonly source: string; readonly target: string }
  | { readonly kind: 'target'; readonly environment: string; readonly gene: string }
  | { readonly kind: 'gene'; readonly gene: string }

/** The one thing that graph, heatmap, tables and inspector agree on. */
export const useSelection = defineStore('selection', () => {
  const current = shallowRef<Selection | null>(null)
  const selectEdge = ({ source, target }: Edge): void => {
    current.value = { kind: 'edge', source, target }
  }
  const selectTarget = (environment: string, gene: string): void => {
    current.value = { kind: 'target', environment, gene }
  }
  const selectGene = (gene: string): void => {
    current.value = { kind: 'gene', gene }
  }
  const clear = (): void => {
    current.value = null
  }
  return { current, selectEdge, selectTarget, selectGene, clear }
})
