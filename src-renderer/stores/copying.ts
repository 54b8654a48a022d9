import { defineStore } from 'pinia'
import type { FigureFormat } from '../../src-shared/contract/figures'
import { formatInfo } from '../../src-shared/contract/export-formats'
import { fileStem } from '../../src-shared/contract/file-stem'
import { commandOfRun } from '../services/cli-command'
import { copyPng, copySvg, copyTable as writeTable, type CopiedTable } from '../services/clipboard'
import { host } from '../services/host'
import { text } from '../strings'
import { asAppError, useEngine } from './engine'
import { useFigureSaving, type Drawn } from './figure-saving'
import { useNotices } from './notices'
import { useRuns } from './runs'

/** What a copy menu asks for. */
export type CopyCommand = 'table' | 'png' | 'svg' | 'save' | 'save-tsv'

/** of a copied picture */
const COPIED_DPI = 300

/** Copying tables, figures and the citation of the result on screen; every figure is drawn by the engine's one writer. */
export const useCopying = defineStore('copying', () => {
  const engine = useEngine()
  const notices = useNotices()
  const runs = useRuns()
  const figureSaving = useFigureSaving()
  const words = text.copying

  async function attempt(done: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
      notices.show(done, 'ok')
    } catch (error) {
      const failure = asAppError(error)
      notices.show(failure.code === 'INTERNAL' ? words.failed : failure.message, 'bad')
    }
  }

  const draw = (choice: Drawn, format: FigureFormat) =>
    engine.call('run.figure', { runId: runs.view?.run.runId ?? '', request: { ...choice, format } })

  const copyTable = (table: CopiedTable): Promise<void> =>
    attempt(words.table(table.rows.length), () => writeTable(table))

  const copyFigure = (choice: Drawn, as: 'png' | 'svg'): Promise<void> =>
    attempt(words.figure, async () => {
      const { bytes, widthMm, heightMm } = await draw(choice, 'svg')
      const svg = new TextDecoder().decode(bytes)
      if (as === 'svg') await copySvg(svg)
      else await copyPng(svg, { widthMm, heightMm }, COPIED_DPI)
    })

  async function saveData(choice: Drawn): Promise<void> {
    try {
      const { fileName, mediaType, bytes } = await draw(choice, 'tsv')
      const name = await host.save(fileName, bytes, mediaType)
      if (name !== null) notices.show(text.report.saved(name), 'ok')
    } catch (error) {
      notices.show(`${asAppError(error).message} ${text.errors.exportFailed}`, 'bad')
    }
  }

  const copyCitation = (): Promise<void> =>
    attempt(words.citation, async () => {
      const runId = runs.view?.run.runId ?? ''
      const { bytes } = await engine.call('run.export', { runId, format: 'citation-bib' })
      await navigator.clipboard.writeText(new TextDecoder().decode(bytes))
    })

  /** The command that makes the result on screen once more; where the clipboard is not available it is shown. */
  async function copyCommand(): Promise<void> {
    if (!runs.view) return
    const resultFile = `${fileStem(runs.view.run.name)}-${formatInfo('result-json').suffix}`
    const { command, needsResult } = commandOfRun(runs.view, resultFile)
    try {
      await navigator.clipboard.writeText(command)
      notices.show(needsResult ? words.commandOfResult(resultFile) : words.command, 'ok')
    } catch {
      notices.show(words.commandFailed + command, 'bad')
    }
  }

  /** Does what a copy menu asks for, for one figure and the table behind it. */
  function act(command: CopyCommand, choice: Drawn, table?: () => CopiedTable): void {
    switch (command) {
      case 'table':
        if (table) void copyTable(table())
        return
      case 'save':
        figureSaving.ask(choice)
        return
      case 'save-tsv':
        void saveData(choice)
        return
      case 'png':
      case 'svg':
        void copyFigure(choice, command)
    }
  }

  return { copyTable, act, copyCitation, copyCommand }
})
