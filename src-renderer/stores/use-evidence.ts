import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { AppError } from '../../src-shared/contract/errors'
import { asAppError, useEngine } from './engine'

/** Loads evidence for a key, none for null; an answer that is overtaken by a newer question is dropped. */
export function useEvidence<K, E>(
  key: () => K | null,
  load: (key: K) => Promise<E>,
): {
  evidence: ShallowRef<E | null>
  error: ShallowRef<AppError | null>
  loading: Ref<boolean>
  /** asks once more, after a failure */
  again: () => void
} {
  const evidence = shallowRef<E | null>(null) as ShallowRef<E | null>
  const error = shallowRef<AppError | null>(null)
  const loading = ref(false)
  const engine = useEngine()
  let asked = 0

  async function ask(now: K | null): Promise<void> {
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
  }

  watch(key, ask, { immediate: true })
  watch(
    () => engine.reconnections,
    () => {
      if (error.value?.code === 'DISCONNECTED') void ask(key())
    },
  )
  return { evidence, error, loading, again: () => void ask(key()) }
}
