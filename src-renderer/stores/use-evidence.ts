import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { AppError } from '../../src-shared/contract/errors'
import { asAppError } from './engine'

/** Loads evidence for a key, none for null; an answer that is overtaken by a newer question is dropped. */
export function useEvidence<K, E>(
  key: () => K | null,
  load: (key: K) => Promise<E>,
): { evidence: ShallowRef<E | null>; error: ShallowRef<AppError | null>; loading: Ref<boolean> } {
  const evidence = shallowRef<E | null>(null) as ShallowRef<E | null>
  const error = shallowRef<AppError | null>(null)
  const loading = ref(false)
  let asked = 0
  watch(
    key,
    async (now) => {
      const own = ++asked
      if (now === null) {
        evidence.value = null
        error.value = null
        loading.value = false
        return
      }
      loading.value = true
      error.value = null
      try {
        const answer = await load(now)
        if (own === asked) evidence.value = answer
      } catch (failure) {
        if (own !== asked) return
        evidence.value = null
        error.value = asAppError(failure)
      } finally {
        if (own === asked) loading.value = false
      }
    },
    { immediate: true },
  )
  return { evidence, error, loading }
}
