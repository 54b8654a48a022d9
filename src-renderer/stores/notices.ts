import { defineStore } from 'pinia'
import { ref } from 'vue'

export interface Notice {
  readonly id: number
  readonly text: string
  readonly tone: 'info' | 'ok' | 'bad'
}

const SHOWN_MS = 6_000

/** Short messages: one visible list, and one live region for what is only to be read out. */
export const useNotices = defineStore('notices', () => {
  const list = ref<Notice[]>([])
  const spoken = ref('')
  let nextId = 0

  function dismiss(id: number): void {
    list.value = list.value.filter((notice) => notice.id !== id)
  }
  function show(text: string, tone: Notice['tone'] = 'info'): void {
    const id = nextId++
    list.value = [...list.value.slice(-2), { id, text, tone }]
    // What went wrong stays until it is read, or three newer ones have come.
    if (tone !== 'bad') setTimeout(() => dismiss(id), SHOWN_MS)
  }
  /** For screen readers only: selection in a canvas, stage of a job. */
  function say(text: string): void {
    spoken.value = text
  }
  return { list, spoken, show, say, dismiss }
})
