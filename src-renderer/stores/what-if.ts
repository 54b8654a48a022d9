import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { MOST_INTERVENTIONS, type InterventionRequest } from '../../src-shared/contract/what-if'

/** A row of the question; without a gene it is not asked yet. */
export type Act = Omit<InterventionRequest, 'gene'> & { readonly gene: string | null }

const FIRST: Act = { gene: null, kind: 'shift', amount: 1 }

/** The question "what if": kept while other views are looked at. */
export const useWhatIf = defineStore('what-if', () => {
  const acts = shallowRef<readonly Act[]>([FIRST])
  /** experiment whose observed shifts stand beside the predicted ones; null = none */
  const compared = ref<string | null>(null)

  const full = computed(() => acts.value.length >= MOST_INTERVENTIONS)
  const chosen = computed(() => acts.value.flatMap(({ gene }) => (gene === null ? [] : [gene])))

  function change(at: number, change: Partial<Act>): void {
    acts.value = acts.value.map((act, index) => (index === at ? { ...act, ...change } : act))
  }
  function add(): void {
    acts.value = [...acts.value, FIRST]
  }
  function remove(at: number): void {
    const rest = acts.value.filter((_, index) => index !== at)
    acts.value = rest.length > 0 ? rest : [FIRST]
  }
  /** Asks about one gene alone, keeping what is asked of it. */
  function ask(gene: string): void {
    const known = acts.value.find((act) => act.gene === gene)
    acts.value = [known ?? { ...FIRST, gene }]
    compared.value = null
  }
  function askAs(experiment: string | null, interventions: readonly InterventionRequest[]): void {
    compared.value = experiment
    if (interventions.length > 0) acts.value = interventions
  }
  /** Those genes that a result has, as its engine is asked. */
  const requestsFor = (genes: readonly string[]): InterventionRequest[] =>
    acts.value.flatMap(({ gene, kind, amount }) =>
      gene !== null && genes.includes(gene) ? [{ gene, kind, amount }] : [],
    )

  return { acts, compared, full, chosen, change, add, remove, ask, askAs, requestsFor }
})
