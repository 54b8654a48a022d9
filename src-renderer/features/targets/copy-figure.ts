import type { CopyCommand } from '../../components/CopyMenu.vue'
import type { CopiedTable } from '../../services/clipboard'
import type { Drawn, useCopying } from '../../stores/copying'

/** What a copy menu asks for, done for one figure and the table behind it. */
export function copyFigure(
  copying: ReturnType<typeof useCopying>,
  command: CopyCommand,
  figure: Drawn,
  table?: () => CopiedTable,
): void {
  if (command === 'table') {
    if (table) void copying.copyTable(table())
  } else if (command === 'png' || command === 'svg') void copying.copyFigure(figure, command)
  else
    void copying.saveFigure(figure, command === 'save-svg' ? 'svg' : command === 'save-pdf' ? 'pdf' : 'tsv')
}
