import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { AppError } from '../../src-shared/contract/errors'
import {
  figureInfo,
  type FigureChoice,
  type FigureFormat,
  type FigureName,
  type FigurePreset,
} from '../../src-shared/contract/figures'
import { host } from '../services/host'
import { fitsCanvas, paintFigure } from '../services/paint-figure'
import { text } from '../strings'
import { asAppError, useEngine } from './engine'
import { useNotices } from './notices'
import { useRuns } from './runs'

/** Of a figure: its name and what has to be named for it. */
export type Drawn = Partial<FigureChoice> & { readonly figure: FigureName }

/** as it will be saved */
export interface Preview {
  readonly svg: string
  /** of the file, ends in `.svg` */
  readonly fileName: string
  readonly widthMm: number
  readonly heightMm: number
  /** a remark about the size, or '' */
  readonly note: string
}

export const RESOLUTIONS = [300, 600, 1200] as const

/** One figure on its way into a file: which, how wide, in which format. The choices stay for the next figure. */
export const useFigureSaving = defineStore('figure-saving', () => {
  const engine = useEngine()
  const runs = useRuns()
  const notices = useNotices()

  /** null = nothing is asked */
  const figure = shallowRef<Drawn | null>(null)
  /** any figure may be taken, not only the one that was asked for */
  const anyFigure = ref(false)
  const format = ref<FigureFormat>('png')
  const preset = ref<FigurePreset>('89mm')
  const dpi = ref<(typeof RESOLUTIONS)[number]>(300)
  const preview = shallowRef<Preview | null>(null)
  const error = shallowRef<AppError | null>(null)
  const saving = ref(false)
  let newest = 0

  function ask(wanted: Drawn, any = false): void {
    preview.value = null
    anyFigure.value = any
    figure.value = wanted
  }
  function close(): void {
    figure.value = null
  }

  const isNamed = computed(() => {
    const choice = figure.value
    return choice !== null && figureInfo(choice.figure).needs.every((need) => choice[need] !== undefined)
  })

  const call = (choice: Drawn, as: FigureFormat) =>
    engine.call('run.figure', {
      runId: runs.view?.run.runId ?? '',
      request: { ...choice, preset: preset.value, format: as },
    })

  async function look(): Promise<void> {
    const order = ++newest
    error.value = null
    const choice = figure.value
    if (!choice || !isNamed.value) {
      preview.value = null
      return
    }
    try {
      const { bytes, fileName, widthMm, heightMm, note } = await call(choice, 'svg')
      if (order !== newest) return
      preview.value = { svg: new TextDecoder().decode(bytes), fileName, widthMm, heightMm, note }
    } catch (reason) {
      if (order !== newest) return
      preview.value = null
      error.value = asAppError(reason)
    }
  }
  watch([figure, preset], () => void look())

  const tooLarge = computed(
    () => format.value === 'png' && preview.value !== null && !fitsCanvas(preview.value, dpi.value),
  )

  /** @returns whether it was saved */
  async function save(): Promise<boolean> {
    const choice = figure.value
    const shown = preview.value
    if (!choice || !shown || saving.value) return false
    saving.value = true
    try {
      const file =
        format.value === 'png'
          ? {
              fileName: shown.fileName.replace(/svg$/, 'png'),
              mediaType: 'image/png',
              bytes: await paintFigure(shown.svg, shown, dpi.value),
            }
          : await call(choice, format.value)
      const name = await host.save(file.fileName, file.bytes, file.mediaType)
      if (name === null) return false
      notices.show(text.report.saved(name), 'ok')
      close()
      return true
    } catch (reason) {
      error.value = asAppError(reason)
      return false
    } finally {
      saving.value = false
    }
  }

  return {
    figure,
    anyFigure,
    format,
    preset,
    dpi,
    preview,
    error,
    saving,
    isNamed,
    tooLarge,
    ask,
    close,
    save,
  }
})
