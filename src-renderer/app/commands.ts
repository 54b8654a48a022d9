import { computed, type ComputedRef } from 'vue'
import { MENU_NAMES, type MenuDescription } from '../../src-shared/contract/host'
import { host } from '../services/host'
import type { ResultTab, Step } from '../services/route'
import { useCopying } from '../stores/copying'
import { useFigureSaving } from '../stores/figure-saving'
import { useNetworkView } from '../stores/network-view'
import { useOpenFiles } from '../stores/open-files'
import { usePreferences } from '../stores/preferences'
import { useProject } from '../stores/project'
import { useProjectFile } from '../stores/project-file'
import { useRerun } from '../stores/rerun'
import { useRoute } from '../stores/route'
import { useRuns } from '../stores/runs'
import { useTheme } from '../stores/theme'
import { text } from '../strings'
import type { Command } from './command'
import { useEdgeCommands } from './edge-commands'
import { useShell } from './shell'

export type { Command }

/** Every command once: menu bar, palette, shortcuts and the desktop's own menu all draw from this list. */
export function useCommands(): ComputedRef<readonly Command[]> {
  const files = useOpenFiles()
  const project = useProject()
  const file = useProjectFile()
  const route = useRoute()
  const network = useNetworkView()
  const edgeCommands = useEdgeCommands()
  const runs = useRuns()
  const rerun = useRerun()
  const theme = useTheme()
  const shell = useShell()
  const preferences = usePreferences()
  const copying = useCopying()
  const figures = useFigureSaving()
  const words = text.commands

  return computed((): Command[] => {
    const hasData = project.dataset !== null
    const onResult = runs.view !== null
    const canRun = project.canRun && runs.job === null
    const tab = (name: ResultTab) => (): void => {
      if (runs.view) route.go({ name: 'results', runId: runs.view.run.runId, tab: name })
    }
    const go = (name: 'start' | Step) => (): void => route.go({ name })
    return [
      {
        id: 'new',
        label: words.newProject,
        menu: 'file',
        shortcut: 'Ctrl+N',
        enabled: true,
        run: () => void file.newProject(),
      },
      { id: 'start', label: words.start, menu: 'file', enabled: true, run: go('start') },
      {
        id: 'open',
        label: words.open,
        menu: 'file',
        shortcut: 'Ctrl+O',
        enabled: true,
        run: () => void files.choose(),
      },
      {
        id: 'new-experiment',
        label: words.newExperiment,
        menu: 'file',
        enabled: onResult,
        run: () => void files.chooseExperiment(),
      },
      {
        id: 'save',
        label: words.save,
        menu: 'file',
        shortcut: 'Ctrl+S',
        divided: true,
        enabled: file.worthKeeping && !file.saving,
        run: () => void file.save(),
      },
      {
        id: 'save-as',
        label: words.saveAs,
        menu: 'file',
        shortcut: 'Ctrl+Shift+S',
        enabled: file.worthKeeping && !file.saving,
        run: () => void file.save(true),
      },
      {
        id: 'export-report',
        label: words.exportReport,
        menu: 'file',
        divided: true,
        enabled: onResult,
        run: () => void runs.save('report-html'),
      },
      {
        id: 'export-edges',
        label: words.exportEdges,
        menu: 'file',
        enabled: onResult,
        run: () => void runs.save('edges-tsv'),
      },
      {
        id: 'export-targets',
        label: words.exportTargets,
        menu: 'file',
        enabled: onResult,
        run: () => void runs.save('targets-tsv'),
      },
      {
        id: 'export-result',
        label: words.exportResult,
        menu: 'file',
        enabled: onResult,
        run: () => void runs.save('result-json'),
      },
      {
        id: 'save-figure',
        label: words.saveFigure,
        menu: 'file',
        enabled: onResult,
        run: () => figures.ask({ figure: 'network' }, true),
      },
      {
        id: 'copy-command',
        label: words.copyCommand,
        menu: 'file',
        divided: true,
        enabled: onResult,
        run: () => void copying.copyCommand(),
      },
      {
        id: 'copy-citation',
        label: words.copyCitation,
        menu: 'file',
        enabled: onResult,
        run: () => void copying.copyCitation(),
      },
      {
        id: 'undo',
        label: project.undoLabel ? words.undoNamed(project.undoLabel) : words.undo,
        menu: 'edit',
        shortcut: 'Ctrl+Z',
        enabled: project.undoLabel !== null,
        run: () => void project.undo(),
      },
      {
        id: 'redo',
        label: project.redoLabel ? words.redoNamed(project.redoLabel) : words.redo,
        menu: 'edit',
        shortcut: 'Ctrl+Shift+Z',
        enabled: project.redoLabel !== null,
        run: () => void project.redo(),
      },
      ...edgeCommands(),
      {
        id: 'show-hidden',
        label: text.undo.showAll,
        menu: 'edit',
        enabled: onResult && network.hidden.size > 0,
        run: () => network.showAll(),
      },
      {
        id: 'find',
        label: words.find,
        menu: 'edit',
        shortcut: 'Ctrl+K',
        divided: true,
        enabled: true,
        run: () => (shell.palette = true),
      },
      { id: 'network', label: words.network, menu: 'view', enabled: onResult, run: tab('network') },
      {
        id: 'constraints',
        label: words.constraints,
        menu: 'view',
        enabled: onResult,
        run: tab('constraints'),
      },
      { id: 'targets', label: words.targets, menu: 'view', enabled: onResult, run: tab('targets') },
      { id: 'what-if', label: words.whatIf, menu: 'view', enabled: onResult, run: tab('what-if') },
      { id: 'next', label: words.next, menu: 'view', enabled: onResult, run: tab('next') },
      { id: 'data', label: words.data, menu: 'view', enabled: onResult, run: tab('data') },
      { id: 'report', label: words.report, menu: 'view', enabled: onResult, run: tab('report') },
      {
        id: 'table',
        label: words.table,
        menu: 'view',
        divided: true,
        checked: shell.tableOpen,
        enabled: onResult,
        run: () => (shell.tableOpen = !shell.tableOpen),
      },
      {
        id: 'next-panel',
        label: words.nextPanel,
        menu: 'view',
        shortcut: 'F6',
        enabled: true,
        run: () => shell.nextPanel(1),
      },
      ...(['system', 'light', 'dark'] as const).map((choice): Command => ({
        id: `theme-${choice}`,
        label: { system: words.themeSystem, light: words.themeLight, dark: words.themeDark }[choice],
        menu: 'view',
        divided: choice === 'system',
        checked: theme.choice === choice,
        enabled: true,
        run: () => theme.choose(choice),
      })),
      {
        id: 'preferences',
        label: words.preferences,
        menu: 'view',
        shortcut: 'Ctrl+,',
        divided: true,
        enabled: true,
        run: () => (shell.preferences = true),
      },
      { id: 'import', label: words.import, menu: 'analysis', enabled: hasData, run: go('import') },
      {
        id: 'experiments',
        label: words.experiments,
        menu: 'analysis',
        enabled: hasData,
        run: go('experiments'),
      },
      { id: 'quality', label: words.quality, menu: 'analysis', enabled: hasData, run: go('quality') },
      { id: 'genes', label: words.genes, menu: 'analysis', enabled: hasData, run: go('genes') },
      { id: 'run-settings', label: words.runSettings, menu: 'analysis', enabled: hasData, run: go('run') },
      {
        id: 'run',
        label: words.run,
        menu: 'analysis',
        shortcut: 'Ctrl+Enter',
        divided: true,
        enabled: canRun,
        run: () => {
          // From a result it is a re-run, which ends with what it changed.
          if (route.current.name === 'results' && rerun.stale) void rerun.run()
          else {
            if (route.current.name !== 'results') route.go({ name: 'run' })
            void runs.run()
          }
        },
      },
      {
        id: 'cancel',
        label: words.cancel,
        menu: 'analysis',
        shortcut: 'Esc',
        enabled: runs.job !== null,
        run: () => runs.cancel(),
      },
      {
        id: 'finish',
        label: words.finish,
        menu: 'analysis',
        enabled: runs.canFinish,
        run: () => void runs.finish(),
      },
      {
        id: 'help',
        label: words.help,
        menu: 'help',
        shortcut: 'F1',
        enabled: true,
        run: () => (shell.help = true),
      },
      {
        id: 'tour',
        label: words.tour,
        menu: 'help',
        enabled: onResult,
        run: () => {
          preferences.startTour()
          tab('network')()
        },
      },
      {
        id: 'about',
        label: words.about,
        menu: 'help',
        divided: true,
        enabled: true,
        run: () => (shell.about = true),
      },
      { id: 'paper', label: words.paper, menu: 'help', enabled: true, run: () => host.openExternal('paper') },
    ]
  })
}

/** The commands as menus: the desktop shows them as its own, the browser in the menu bar. */
export function menusOf(commands: readonly Command[]): MenuDescription {
  return MENU_NAMES.map((name) => ({
    name,
    label: text.menu[name],
    items: commands
      .filter((command) => command.menu === name)
      .map(({ id, label, shortcut, enabled, divided, checked }) => ({
        id,
        label,
        enabled,
        ...(shortcut === undefined ? {} : { shortcut }),
        ...(divided === undefined ? {} : { divided }),
        ...(checked === undefined ? {} : { checked }),
      })),
  }))
}
