import { defineStore } from 'pinia'
import { sampleSheetTemplate } from '../../src-shared/domain/sample-sheet-template'
import { host } from '../services/host'
import { text } from '../strings'
import { asAppError } from './engine'
import { useNotices } from './notices'
import { useProject } from './project'

/** The sample sheet of the open data: added, taken away, or begun as a template. */
export const useSampleSheet = defineStore('sample-sheet', () => {
  const project = useProject()
  const notices = useNotices()
  const words = text.importing

  async function add(): Promise<void> {
    try {
      const [sheet] = await host.chooseFiles('sheet')
      if (sheet) await project.reread(words.sheet, { sampleSheet: sheet.handle })
    } catch (error) {
      notices.show(asAppError(error).message, 'bad')
    }
  }

  function remove(): void {
    void project.reread(words.removeSheet, { sampleSheet: undefined })
  }

  /** Every sample with what is known of it. */
  async function saveTemplate(): Promise<void> {
    const { dataset, settings } = project
    if (!dataset) return
    const of = new Map(dataset.environments.map((each) => [each.name, each]))
    const rows = dataset.samples.map(({ name, environment, group, batch }) => ({
      name,
      environment: group ?? environment,
      isControl: environment !== '' && environment === dataset.control,
      controlGroup: of.get(environment)?.controlGroup ?? '',
      knownTargets: settings.knownTargets[environment]?.genes ?? [],
      direction: of.get(environment)?.direction ?? '',
      batch: batch ?? '',
    }))
    const bytes = new TextEncoder().encode(sampleSheetTemplate(rows))
    const saved = await host.save(words.sheetTemplateName, bytes, 'text/tab-separated-values')
    if (saved !== null) notices.show(text.report.saved(saved), 'ok')
  }

  return { add, remove, saveTemplate }
})
