import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { REPORT_SECTION_IDS, type ReportSectionId } from '../../src-shared/contract/report-sections'
import type { AppError } from '../../src-shared/contract/errors'
import type { ResultView } from '../../src-shared/contract/result-view'
import { asAppError, useEngine } from './engine'

/** The report as it will be saved: which sections it has, and its page. */
export const useReport = defineStore('report', () => {
  const engine = useEngine()
  /** not reactive in depth: a proxy cannot be sent over the port of the desktop app */
  const sections = shallowRef<ReportSectionId[]>([...REPORT_SECTION_IDS])
  const page = shallowRef<{ readonly style: string; readonly body: string } | null>(null)
  const loading = ref(false)
  const error = shallowRef<AppError | null>(null)
  let shown = ''
  let newest = 0
  let controller: AbortController | null = null

  /** The page of the result with the chosen sections; an answer that was overtaken is dropped. */
  async function load({ run }: ResultView): Promise<void> {
    const wanted = `${run.runId} ${run.resultHash} ${sections.value.join(' ')}`
    if (wanted === shown && !error.value) return
    if (!shown.startsWith(`${run.runId} ${run.resultHash} `)) page.value = null
    shown = wanted
    const call = ++newest
    controller?.abort()
    controller = new AbortController()
    const { signal } = controller
    loading.value = true
    error.value = null
    try {
      for (const part of inSteps(page.value === null)) {
        const next = await engine.call('run.preview', { runId: run.runId, sections: part }, { signal })
        if (call !== newest) return
        page.value = next
      }
    } catch (reason) {
      if (call === newest) error.value = asAppError(reason)
    } finally {
      if (call === newest) loading.value = false
    }
  }

  /** Nobody looks at it any more: what is still being worked out would only hold up other views. */
  function leave(): void {
    if (!loading.value) return
    newest++
    shown = ''
    loading.value = false
    controller?.abort()
  }

  /** The check on the study's own data takes seconds the first time: the page is shown without it until then. */
  const inSteps = (first: boolean): ReportSectionId[][] => {
    const all = [...sections.value]
    return first && all.includes('honesty') ? [all.filter((section) => section !== 'honesty'), all] : [all]
  }

  /** In the order of the page. */
  function toggle(section: ReportSectionId): void {
    const chosen = sections.value.includes(section)
    sections.value = REPORT_SECTION_IDS.filter((id) =>
      id === section ? !chosen : sections.value.includes(id),
    )
  }

  return { sections, page, loading, error, load, leave, toggle }
})
